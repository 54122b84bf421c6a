/** Seven bits of a number a byte, the lowest first; this one says that there are more. */
export const continued = 0x80;

/** Bytes that grow, to be used over and over. */
export class GrowingBytes {
  private held = new Uint8Array(1 << 12);
  length = 0;

  byte(value: number): void {
    if (this.length === this.held.length) this.grow(this.length + 1);
    this.held[this.length++] = value;
  }

  /** A whole number that is not negative. */
  count(value: number): void {
    if (value < continued) {
      this.byte(value);
      return;
    }
    let rest = value;
    while (rest >= continued) {
      this.byte((rest % continued) + continued);
      rest = Math.floor(rest / continued);
    }
    this.byte(rest);
  }

  /** A whole number, of either sign. */
  whole(value: number): void {
    this.count(value < 0 ? -2 * value - 1 : 2 * value);
  }

  append(other: GrowingBytes): void {
    const end = this.length + other.length;
    if (end > this.held.length) this.grow(end);
    this.held.set(other.held.subarray(0, other.length), this.length);
    this.length = end;
  }

  copy(): Uint8Array {
    return this.held.slice(0, this.length);
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.held.length * 2));
    larger.set(this.held);
    this.held = larger;
  }
}
