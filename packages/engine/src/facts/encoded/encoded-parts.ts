import { hash } from 'node:crypto';
import { none } from '../lowering.js';
import { ByteCursor } from './byte-cursor.js';
import type { EncodedFacts } from './encoded-facts.js';
import { FactsReader, type Part } from './facts-reader.js';

/** Where structure, words and places of a part begin, and where it ends. */
interface Bounds extends Part {
  readonly end: number;
}

/**
 * Where the parts of one file's facts stand, and what can be said of them without reading them. Most of them are never asked for, so the head of the
 * file is read each time.
 */
export class EncodedParts {
  constructor(private readonly encoded: EncodedFacts) {}

  /** @param start Where what the part is of begins. */
  reader(part: number, start: number): FactsReader {
    return this.readerAt(this.bounds()[part] ?? { structure: 0, words: 0, places: 0 }, start);
  }

  lineStarts(): readonly number[] {
    const { bytes } = this.encoded;
    const lengths = new ByteCursor(bytes, this.bounds().at(-1)?.end ?? 0);
    const starts = [0];
    for (let start = 0; lengths.at < bytes.length;) starts.push((start += lengths.count()));
    return starts.slice();
  }

  /** The numbers of the parts in which a name or text matches. */
  mentioning(pattern: RegExp): readonly number[] {
    const matching = this.encoded.words.matching(pattern);
    if (matching.size === 0) return none;
    return this.bounds().flatMap((bounds, part) => (this.holdsAny(bounds, matching) ? [part] : []));
  }

  /** Of structures and words of some parts, and so of all that they say but where it stands. */
  digest(parts: readonly number[]): string {
    const { bytes, words: known } = this.encoded;
    const all = this.bounds();
    const said: unknown[] = [];
    const structures: Uint8Array[] = [];
    for (const part of parts) {
      const bounds = all[part];
      // A part that is not there any more leaves another digest.
      if (!bounds) continue;
      const { structure, words } = bounds;
      structures.push(bytes.subarray(structure, words));
      said.push([part, words - structure, this.words(bounds).map((word) => known.word(word))]);
    }
    said.push(hash('sha256', Buffer.concat(structures), 'base64url'));
    return hash('sha256', JSON.stringify(said), 'base64url');
  }

  /**
   * Visits the places of some parts, in the order in which they were written.
   *
   * @param startOf Where what a part is of begins.
   */
  eachPlace(
    parts: readonly number[],
    startOf: (part: number) => number,
    visit: (start: number, end: number) => void,
  ): void {
    const all = this.bounds();
    for (const part of parts) {
      const bounds = all[part];
      if (!bounds) continue;
      const reader = this.readerAt(bounds, startOf(part));
      while (reader.placesPosition < bounds.end) {
        reader.span();
        visit(reader.start, reader.end);
      }
    }
  }

  private readerAt(part: Part, start: number): FactsReader {
    const { bytes, words } = this.encoded;
    return new FactsReader(bytes, words, part, start);
  }

  private holdsAny({ words, places }: Bounds, among: ReadonlySet<number>): boolean {
    const cursor = new ByteCursor(this.encoded.bytes, words);
    while (cursor.at < places) if (among.has(cursor.count())) return true;
    return false;
  }

  private words({ words, places }: Bounds): readonly number[] {
    const cursor = new ByteCursor(this.encoded.bytes, words);
    const found: number[] = [];
    while (cursor.at < places) found.push(cursor.count());
    return found;
  }

  private bounds(): readonly Bounds[] {
    const head = new ByteCursor(this.encoded.bytes, 0);
    const lengths = Array.from({ length: head.count() }, () => [head.count(), head.count(), head.count()] as const);
    let end = head.at;
    return lengths.map(([forStructure, forWords, forPlaces]) => {
      const structure = end;
      const words = structure + forStructure;
      const places = words + forWords;
      end = places + forPlaces;
      return { structure, words, places, end };
    });
  }
}
