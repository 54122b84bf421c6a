import { none } from '../lowering.js';
import { ByteCursor } from './byte-cursor.js';
import type { Words } from './words.js';

/** Where structure, words and places of a part begin in the bytes of its file. */
export interface Part {
  readonly structure: number;
  readonly words: number;
  readonly places: number;
}

/** Reads one part of a file's facts, front to back. */
export class FactsReader {
  private readonly structure: ByteCursor;
  private readonly texts: ByteCursor;
  private readonly places: ByteCursor;
  /** Of the last place that was read. */
  start: number;
  end = 0;

  /** @param start What the first place is relative to. */
  constructor(
    bytes: Uint8Array,
    private readonly words: Words,
    part: Part,
    start: number,
  ) {
    this.structure = new ByteCursor(bytes, part.structure);
    this.texts = new ByteCursor(bytes, part.words);
    this.places = new ByteCursor(bytes, part.places);
    this.start = start;
  }

  /** Where the places go on. */
  get placesPosition(): number {
    return this.places.at;
  }

  byte(): number {
    return this.structure.byte();
  }

  count(): number {
    return this.structure.count();
  }

  text(): string {
    return this.words.word(this.texts.count());
  }

  /** Moves on to the next place: `start` and `end` tell it. */
  span(): void {
    this.start += this.places.whole();
    this.end = this.start + this.places.whole();
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
