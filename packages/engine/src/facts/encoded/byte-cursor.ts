import { continued } from './growing-bytes.js';

/** Reads what `GrowingBytes` has written, front to back. */
export class ByteCursor {
  constructor(
    private readonly bytes: Uint8Array,
    /** Where it stands. */
    public at: number,
  ) {}

  byte(): number {
    return this.bytes[this.at++] as number;
  }

  /** A whole number that is not negative. */
  count(): number {
    const byte = this.byte();
    if (byte < continued) return byte;
    let value = byte - continued;
    for (let unit = continued; ; unit *= continued) {
      const next = this.byte();
      if (next < continued) return value + next * unit;
      value += (next - continued) * unit;
    }
  }

  /** A whole number, of either sign. */
  whole(): number {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
