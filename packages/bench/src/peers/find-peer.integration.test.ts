import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { findPeer } from './find-peer.js';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'blastradius-peers-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test('finds nothing and leaves nothing where the registry cannot be reached', () => {
  // Nobody listens on the port of "discard".
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  vi.stubEnv('npm_config_fetch_retries', '0');
  vi.stubEnv('npm_config_cache', join(cache, 'npm'));
  expect(findPeer({ name: 'nestjs-doctor', version: '0.4.30', kind: 'command' }, cache)).toBeUndefined();
  expect(readdirSync(cache).filter((name) => name !== 'npm')).toEqual([]);
});

test('finds a program on the PATH, or nothing', () => {
  const peer = { version: undefined, kind: 'command' } as const;
  expect(findPeer({ ...peer, name: 'node' }, cache)).toMatchObject({ kind: 'program' });
  expect(findPeer({ ...peer, name: 'no-such-program-anywhere' }, cache)).toBeUndefined();
});
