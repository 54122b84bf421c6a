import { none } from '../lowering.js';
import type { Dictionary } from './dictionary.js';
import { continued } from './growing-bytes.js';

/** Where a part stands in the bytes of its file. */
export interface Part {
  readonly structure: number;
  readonly words: number;
  readonly places: number;
}

/** Reads one part of a file's facts, front to back. */
export class FactsReader {
  private structure: number;
  private words: number;
  private places: number;
  /** Of the last place that was read. */
  start: number;
  end = 0;

  /** @param start What the first place is relative to. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly dictionary: Dictionary,
    { structure, words, places }: Part,
    start: number,
  ) {
    this.structure = structure;
    this.words = words;
    this.places = places;
    this.start = start;
  }

  /** Where the structure goes on. */
  get position(): number {
    return this.structure;
  }

  /** Where the places go on. */
  get placesPosition(): number {
    return this.places;
  }

  byte(): number {
    return this.bytes[this.structure++] as number;
  }

  count(): number {
    const byte = this.bytes[this.structure++] as number;
    if (byte < continued) return byte;
    let value = byte - continued;
    for (let unit = continued; ; unit *= continued) {
      const next = this.bytes[this.structure++] as number;
      if (next < continued) return value + next * unit;
      value += (next - continued) * unit;
    }
  }

  text(): string {
    let value = this.bytes[this.words++] as number;
    if (value >= continued) {
      value -= continued;
      for (let unit = continued; ; unit *= continued) {
        const next = this.bytes[this.words++] as number;
        if (next < continued) {
          value += next * unit;
          break;
        }
        value += (next - continued) * unit;
      }
    }
    return this.dictionary.word(value);
  }

  /** Moves on to the next place: `start` and `end` tell it. */
  span(): void {
    this.start += this.moved();
    this.end = this.start + this.moved();
  }

  private moved(): number {
    let value = this.bytes[this.places++] as number;
    if (value >= continued) {
      value -= continued;
      for (let unit = continued; ; unit *= continued) {
        const next = this.bytes[this.places++] as number;
        if (next < continued) {
          value += next * unit;
          break;
        }
        value += (next - continued) * unit;
      }
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  list<Item>(read: (reader: this) => Item): readonly Item[] {
    const length = this.count();
    if (length === 0) return none;
    // Written out, as most lists are short, and one that was pushed to keeps room for more.
    if (length === 1) return [read(this)];
    if (length === 2) return [read(this), read(this)];
    const items = [read(this), read(this), read(this)];
    if (length === 3) return items;
    for (let index = 3; index < length; index++) items.push(read(this));
    return items.slice();
  }
}
