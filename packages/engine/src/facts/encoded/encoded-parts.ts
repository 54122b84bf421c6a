import { createHash } from 'node:crypto';
import type { Span } from '../file-facts.js';
import type { Dictionary } from './dictionary.js';
import type { EncodedFacts } from './encoded-facts.js';
import { FactsReader } from './facts-reader.js';
import { continued } from './growing-bytes.js';

/** Where the parts of one file's facts stand, and what can be said of them without reading them. */
export class EncodedParts {
  readonly lineStarts: readonly number[];
  private readonly bytes: Uint8Array;
  private readonly dictionary: Dictionary;
  /** Where structure, words and places of each part begin, one after the other, and at the end where the last one ends. */
  private readonly bounds: Int32Array;

  constructor({ bytes, dictionary }: EncodedFacts) {
    this.bytes = bytes;
    this.dictionary = dictionary;
    const header = new FactsReader(bytes, dictionary, { structure: 0, words: 0, places: 0 }, 0);
    const count = header.count() * 3;
    const bounds = new Int32Array(count + 1);
    for (let index = 1; index <= count; index++) bounds[index] = header.count();
    this.lineStarts = readLineStarts(header);
    bounds[0] = header.position;
    for (let index = 1; index <= count; index++) bounds[index] = (bounds[index] ?? 0) + (bounds[index - 1] ?? 0);
    this.bounds = bounds;
  }

  get count(): number {
    return (this.bounds.length - 1) / 3;
  }

  /** @param start Where what the part is of begins. */
  reader(part: number, start: number): FactsReader {
    const at = { structure: this.bound(part, 0), words: this.bound(part, 1), places: this.bound(part, 2) };
    return new FactsReader(this.bytes, this.dictionary, at, start);
  }

  /** Whether a name or text of the part matches. */
  mentions(part: number, pattern: RegExp): boolean {
    const matching = this.dictionary.matching(pattern);
    return this.words(part).some((word) => matching.has(word));
  }

  /** Of structures and words of some parts, and so of all that they say but where it stands. */
  digest(parts: readonly number[]): string {
    const digest = createHash('sha256');
    for (const part of parts) {
      digest.update(`${String(part)} ${String(this.bound(part, 1) - this.bound(part, 0))} `);
      digest.update(this.bytes.subarray(this.bound(part, 0), this.bound(part, 1)));
      digest.update(JSON.stringify(this.words(part).map((word) => this.dictionary.word(word))));
    }
    return digest.digest('base64url');
  }

  /** The places of a part, in the order in which it was written. */
  places(part: number, start: number): readonly Span[] {
    const found: Span[] = [];
    const reader = this.reader(part, start);
    while (reader.placesPosition < this.bound(part, 3)) {
      reader.span();
      found.push({ start: reader.start, end: reader.end });
    }
    return found;
  }

  private words(part: number): readonly number[] {
    const found: number[] = [];
    const end = this.bound(part, 2);
    let number = 0;
    let unit = 1;
    for (let at = this.bound(part, 1); at < end; at++) {
      const byte = this.bytes[at] ?? 0;
      number += (byte % continued) * unit;
      unit *= continued;
      if (byte >= continued) continue;
      found.push(number);
      number = 0;
      unit = 1;
    }
    return found;
  }

  /** Where its structure (0), its words (1) or its places (2) begin, or the part after it (3). */
  private bound(part: number, what: 0 | 1 | 2 | 3): number {
    return this.bounds[part * 3 + what] ?? 0;
  }
}

function readLineStarts(from: FactsReader): readonly number[] {
  const count = from.count();
  const starts = [0];
  for (let line = 1; line < count; line++) starts.push((starts[line - 1] ?? 0) + from.count());
  return starts.slice();
}
