import { join } from 'node:path';
import type { StoredFacts } from '../facts/encoded/stored-facts.js';
import { limits } from '../limits.js';
import { CacheFiles } from './cache-files.js';

/** Of one file: its path, the digest of its text, and how long the bytes of its facts and the places of their words are. */
type Entry = readonly [path: string, text: string, bytes: number, places: number];

/** The facts of one file, and the digest of the text that they were made of. */
export interface KeptFacts {
  readonly text: string;
  readonly facts: StoredFacts;
}

const lineFeed = 10;

/**
 * The facts of a project's files on disk, in one file, as they are read together: a line of JSON with its entries, and what each has in their order. Facts
 * are kept without their words, so no text of the project is. Nothing here throws.
 */
export class FactsCache {
  readonly #files: CacheFiles;

  constructor(folder: string) {
    this.#files = new CacheFiles(join(folder, 'facts'), [{ name: /^[0-9a-f]{64}\.facts$/, kept: limits.keptFacts }]);
  }

  /** By path; nothing where there is none. */
  read(key: string): ReadonlyMap<string, KeptFacts> {
    return this.#files.read(`${key}.facts`, decode) ?? new Map();
  }

  write(key: string, kept: ReadonlyMap<string, KeptFacts>): void {
    const entries = Array.from(kept, ([path, { text, facts }]): Entry => {
      return [path, text, facts.bytes.length, facts.places.length];
    });
    const parts = Array.from(kept.values(), ({ facts }) => [facts.bytes, facts.places]);
    this.#files.write(`${key}.facts`, [Buffer.from(`${JSON.stringify(entries)}\n`), ...parts.flat()]);
  }
}

function decode(content: Buffer): ReadonlyMap<string, KeptFacts> {
  const kept = new Map<string, KeptFacts>();
  const head = content.indexOf(lineFeed);
  let at = head + 1;
  const take = (length: number): Uint8Array => content.subarray(at, (at += length));
  for (const [path, text, bytes, places] of JSON.parse(content.toString('utf8', 0, head)) as readonly Entry[])
    kept.set(path, { text, facts: { bytes: take(bytes), places: take(places) } });
  return kept;
}
