import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { CacheFiles } from './cache-files.js';

const folder = mkdtempSync(join(tmpdir(), 'blastradius-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = new CacheFiles(folder, []);
const name = `${'a'.repeat(64)}.json`;
const text = (content: Buffer): string => content.toString();

it('reads what was written, part behind part', () => {
  files.write(name, [Buffer.from('one, '), Buffer.from(''), Buffer.from('two')]);
  expect(files.read(name, text)).toBe('one, two');
});

it('finds nothing in a file that was cut or changed anywhere', () => {
  files.write(name, [Buffer.from('one, two')]);
  const path = join(folder, name);
  const whole = readFileSync(path);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, change, cut) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ change;
      writeFileSync(path, cut ? whole.subarray(0, at) : changed);
      expect(files.read(name, text)).toBeUndefined();
    }),
  );
});

it('finds nothing in what says something else than is looked for', () => {
  files.write(name, [Buffer.from('one')]);
  expect(files.read(name, (content) => JSON.parse(content.toString()) as unknown)).toBeUndefined();
});
