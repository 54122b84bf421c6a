import type { Span } from '../file-facts.js';
import type { Dictionary } from './dictionary.js';
import { GrowingBytes } from './growing-bytes.js';
import { Words } from './words.js';

/** Writes one file's facts, part by part. */
export class FactsWriter {
  private readonly structure = new GrowingBytes();
  private readonly words = new GrowingBytes();
  private readonly places = new GrowingBytes();
  private readonly content = new GrowingBytes();
  private readonly header = new GrowingBytes();
  private parts: number[] = [];
  private lastStart = 0;
  /** By their numbers in the dictionary: the words of this file in it. */
  private numbers: number[] = [];
  /** By number in the dictionary: that of the word in the file that had it last, and which file that was. */
  private ownNumbers = new Int32Array(1 << 12);
  private files = new Int32Array(1 << 12);
  private file = 1;

  constructor(private readonly dictionary: Dictionary) {}

  /** Writes a part. Places are told relative to `start`, so that those of a body do not move with it. */
  part(start: number, write: () => void): void {
    this.structure.length = 0;
    this.words.length = 0;
    this.places.length = 0;
    this.lastStart = start;
    write();
    this.parts.push(this.structure.length, this.words.length, this.places.length);
    this.content.append(this.structure);
    this.content.append(this.words);
    this.content.append(this.places);
  }

  /** Gives what was written, and begins anew. */
  take(lineStarts: readonly number[]): { readonly bytes: Uint8Array; readonly words: Words } {
    const { header, content, parts } = this;
    header.length = 0;
    header.count(parts.length / 3);
    for (const length of parts) header.count(length);
    header.append(content);
    for (let line = 1; line < lineStarts.length; line++)
      header.count((lineStarts[line] ?? 0) - (lineStarts[line - 1] ?? 0));
    content.length = 0;
    this.parts = [];
    const numbers = Int32Array.from(this.numbers);
    this.numbers = [];
    this.file += 1;
    return { bytes: header.copy(), words: new Words(this.dictionary, numbers) };
  }

  byte(value: number): void {
    this.structure.byte(value);
  }

  /** Up to seven yes or no, the first the lowest bit. */
  flags(a: boolean, b = false, c = false, d = false, e = false, f = false, g = false): void {
    this.structure.byte(
      (a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0) | (e ? 16 : 0) | (f ? 32 : 0) | (g ? 64 : 0),
    );
  }

  count(value: number): void {
    this.structure.count(value);
  }

  text(value: string): void {
    const number = this.dictionary.numberOf(value);
    if (number >= this.files.length) this.grow(number);
    if (this.files[number] !== this.file) {
      this.files[number] = this.file;
      this.ownNumbers[number] = this.numbers.push(number) - 1;
    }
    this.words.count(this.ownNumbers[number] as number);
  }

  span({ start, end }: Span): void {
    this.places.whole(start - this.lastStart);
    this.places.whole(end - start);
    this.lastStart = start;
  }

  private grow(number: number): void {
    const length = Math.max(number + 1, this.files.length * 2);
    const grown = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(length);
      larger.set(array);
      return larger;
    };
    this.files = grown(this.files);
    this.ownNumbers = grown(this.ownNumbers);
  }
}
