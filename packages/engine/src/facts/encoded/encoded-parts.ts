import { createHash } from 'node:crypto';
import type { Span } from '../file-facts.js';
import type { EncodedFacts } from './encoded-facts.js';
import { FactsReader, type Part } from './facts-reader.js';
import { continued } from './growing-bytes.js';

/** Where the parts of one file's facts stand, and what can be said of them without reading them. */
export class EncodedParts {
  constructor(private readonly encoded: EncodedFacts) {}

  /** @param start Where what the part is of begins. */
  reader(part: number, start: number): FactsReader {
    const { bytes, dictionary } = this.encoded;
    return new FactsReader(bytes, dictionary, this.bounds(part), start);
  }

  lineStarts(): readonly number[] {
    const header = this.header();
    for (let rest = header.count() * 3; rest > 0; rest--) header.count();
    return readLineStarts(header);
  }

  /** Whether a name or text of the part matches. */
  mentions(part: number, pattern: RegExp): boolean {
    const matching = this.encoded.dictionary.matching(pattern);
    return this.words(this.bounds(part)).some((word) => matching.has(word));
  }

  /** Of structures and words of some parts, and so of all that they say but where it stands. */
  digest(parts: readonly number[]): string {
    const { bytes, dictionary } = this.encoded;
    const digest = createHash('sha256');
    for (const part of parts) {
      const bounds = this.bounds(part);
      const { structure, words } = bounds;
      digest.update(`${String(part)} ${String(words - structure)} `).update(bytes.subarray(structure, words));
      digest.update(JSON.stringify(this.words(bounds).map((word) => dictionary.word(word))));
    }
    return digest.digest('base64url');
  }

  /** The places of a part, in the order in which it was written. */
  places(part: number, start: number): readonly Span[] {
    const found: Span[] = [];
    const { end } = this.bounds(part);
    const reader = this.reader(part, start);
    while (reader.placesPosition < end) {
      reader.span();
      found.push({ start: reader.start, end: reader.end });
    }
    return found;
  }

  private words({ words, places }: Bounds): readonly number[] {
    const { bytes } = this.encoded;
    const found: number[] = [];
    let number = 0;
    let unit = 1;
    for (let at = words; at < places; at++) {
      const byte = bytes[at] ?? 0;
      number += (byte % continued) * unit;
      unit *= continued;
      if (byte >= continued) continue;
      found.push(number);
      number = 0;
      unit = 1;
    }
    return found;
  }

  /** Most parts of most files are never asked for, so this is told from the head of the file each time. */
  private bounds(part: number): Bounds {
    const header = this.header();
    const count = header.count();
    let before = 0;
    let lengths: readonly [number, number, number] = [0, 0, 0];
    for (let index = 0; index < count; index++) {
      const own = [header.count(), header.count(), header.count()] as const;
      if (index === part) lengths = own;
      if (index < part) before += own[0] + own[1] + own[2];
    }
    for (let rest = header.count() - 1; rest > 0; rest--) header.count();
    const structure = header.position + before;
    const words = structure + lengths[0];
    const places = words + lengths[1];
    return { structure, words, places, end: places + lengths[2] };
  }

  private header(): FactsReader {
    const { bytes, dictionary } = this.encoded;
    return new FactsReader(bytes, dictionary, { structure: 0, words: 0, places: 0 }, 0);
  }
}

/** Where structure, words and places of a part begin, and where it ends. */
interface Bounds extends Part {
  readonly end: number;
}

function readLineStarts(from: FactsReader): readonly number[] {
  const count = from.count();
  const starts = [0];
  for (let line = 1; line < count; line++) starts.push((starts[line - 1] ?? 0) + from.count());
  return starts.slice();
}
