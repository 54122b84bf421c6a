import type { Span } from '../file-facts.js';
import type { Dictionary } from './dictionary.js';
import { GrowingBytes } from './growing-bytes.js';

/** Writes one file's facts, part by part. */
export class FactsWriter {
  private readonly structure = new GrowingBytes();
  private readonly words = new GrowingBytes();
  private readonly places = new GrowingBytes();
  private readonly content = new GrowingBytes();
  private readonly header = new GrowingBytes();
  private parts: number[] = [];
  private lastStart = 0;

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
  take(lineStarts: readonly number[]): Uint8Array {
    const { header, content, parts } = this;
    header.length = 0;
    header.count(parts.length / 3);
    for (const length of parts) header.count(length);
    header.count(lineStarts.length);
    for (let line = 1; line < lineStarts.length; line++)
      header.count((lineStarts[line] ?? 0) - (lineStarts[line - 1] ?? 0));
    header.append(content);
    content.length = 0;
    this.parts = [];
    return header.copy();
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
    this.words.count(this.dictionary.numberOf(value));
  }

  span({ start, end }: Span): void {
    this.places.whole(start - this.lastStart);
    this.places.whole(end - start);
    this.lastStart = start;
  }
}
