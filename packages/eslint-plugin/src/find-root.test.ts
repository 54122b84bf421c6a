import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRoot } from './find-root.js';

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-root-')));
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

it.each([
  { marker: 'blastradius.config.ts', text: '' },
  { marker: 'blastradius.config.json', text: '{}' },
  { marker: 'pnpm-workspace.yaml', text: 'packages: []' },
  { marker: 'package.json', text: '{"workspaces":["packages/*"]}' },
  { marker: '.git/HEAD', text: 'ref: refs/heads/main' },
])('is the folder with $marker above the file', ({ marker, text }) => {
  put(join('shop', marker), text);
  put('shop/packages/api/package.json', '{"name":"api"}');
  put('shop/packages/api/src/main.ts', '');
  expect(findRoot(join(base, 'shop/packages/api/src'))).toBe(join(base, 'shop'));
});

it('is the nearest of them: a package with its own configuration stands alone', () => {
  put('pnpm-workspace.yaml', '');
  put('packages/api/blastradius.config.mjs', '');
  put('packages/api/src/main.ts', '');
  expect(findRoot(join(base, 'packages/api/src'))).toBe(join(base, 'packages/api'));
  put('packages/web/package.json', '{ broken');
  expect(findRoot(join(base, 'packages/web'))).toBe(base);
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}
