import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FactsCache, type KeptFacts } from './facts-cache.js';

const base = mkdtempSync(join(tmpdir(), 'blastradius-facts-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

const key = 'a'.repeat(64);
const kept = new Map<string, KeptFacts>([
  ['src/a.ts', { text: 'x', facts: { bytes: Uint8Array.of(1, 2, 10), places: Uint8Array.of(3) } }],
  ['src/ä.ts', { text: 'y', facts: { bytes: Uint8Array.of(), places: Uint8Array.of(4, 5) } }],
]);

function plain(facts: ReadonlyMap<string, KeptFacts>): unknown {
  return Array.from(facts, ([path, { text, facts: each }]) => [path, text, [...each.bytes], [...each.places]]);
}

it('gives facts as they were kept, under their own key only', () => {
  const cache = new FactsCache(join(base, 'kept'));
  cache.write(key, kept);
  expect(plain(cache.read(key))).toEqual(plain(kept));
  expect(cache.read('b'.repeat(64)).size).toBe(0);
});

it('gives as many as there are', () => {
  const cache = new FactsCache(join(base, 'many'));
  const many = new Map<string, KeptFacts>();
  for (let file = 0; file < 3000; file++)
    many.set(`${file}.ts`, { text: 'x', facts: { bytes: Uint8Array.of(file % 256), places: Uint8Array.of(1) } });
  cache.write(key, many);
  expect(plain(cache.read(key))).toEqual(plain(many));
});
