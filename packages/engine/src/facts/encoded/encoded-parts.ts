import { createHash, hash } from 'node:crypto';
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

  /** The numbers of the parts in which a name or text matches. */
  mentioning(pattern: RegExp): readonly number[] {
    const { bytes, dictionary } = this.encoded;
    const matching = dictionary.matching(pattern);
    const header = this.header();
    const count = header.count();
    const lengths: number[] = [];
    for (let index = 0; index < count * 3; index++) lengths.push(header.count());
    for (let rest = header.count() - 1; rest > 0; rest--) header.count();
    const found: number[] = [];
    let at = header.position;
    for (let part = 0; part < count; part++) {
      at += lengths[part * 3] ?? 0;
      const places = at + (lengths[part * 3 + 1] ?? 0);
      if (holdsAny(bytes, at, places, matching)) found.push(part);
      at = places + (lengths[part * 3 + 2] ?? 0);
    }
    return found;
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

  /**
   * Of which places of some parts begin and end in one line, and in which order lines follow one another; not of how long they are, nor of lines
   * between them. The same for two texts that differ by comments and by white space within lines.
   *
   * @param starts Where what each of the parts is of begins.
   */
  lineDigest(parts: readonly number[], starts: readonly number[]): string {
    const lineStarts = this.lineStarts();
    const lines: number[] = [];
    parts.forEach((part, index) => {
      const { end } = this.bounds(part);
      const reader = this.reader(part, starts[index] ?? 0);
      let line = 0;
      while (reader.placesPosition < end) {
        reader.span();
        line = lineFrom(line, reader.start, lineStarts);
        lines.push(line, lineFrom(line, reader.end, lineStarts));
      }
    });
    const ranks = new Uint32Array(lineStarts.length);
    for (const line of lines) ranks[line] = 1;
    for (let line = 1; line < ranks.length; line++) ranks[line] = (ranks[line] ?? 0) + (ranks[line - 1] ?? 0);
    return hash(
      'sha256',
      Uint32Array.from(lines, (line) => ranks[line] ?? 0),
      'base64url',
    );
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

/** The line of an offset, looked for from a line that is near. */
function lineFrom(near: number, offset: number, lineStarts: readonly number[]): number {
  let line = near;
  while ((lineStarts[line] ?? 0) > offset) line -= 1;
  while ((lineStarts[line + 1] ?? Infinity) <= offset) line += 1;
  return line;
}

/** Whether one of the numbers that stand between two places is among some. */
function holdsAny(bytes: Uint8Array, start: number, end: number, among: ReadonlySet<number>): boolean {
  let number = 0;
  let unit = 1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= continued) {
      number += (byte - continued) * unit;
      unit *= continued;
      continue;
    }
    if (among.has(number + byte * unit)) return true;
    number = 0;
    unit = 1;
  }
  return false;
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
