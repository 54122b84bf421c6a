import type { Span } from '../file-facts.js';
import type { EncodedParts } from './encoded-parts.js';

interface ReadFunction extends Span {
  readonly isRead: boolean;
}

/** What has been read of a file's facts. All that stands outside of functions is; the body of a function is where somebody asked for it. */
export class FactsReading {
  constructor(
    private readonly parts: EncodedParts,
    private readonly functions: readonly ReadFunction[],
  ) {}

  /** Functions whose bodies have been read, by their numbers in the file. */
  bodies(): readonly number[] {
    return this.functions.flatMap(({ isRead }, id) => (isRead ? [id] : []));
  }

  /** Of all outside of functions and of these bodies: what they say, but not where it stands. */
  digest(bodies: readonly number[]): string {
    return this.parts.digest([0, ...bodies.map((id) => id + 1)]);
  }

  /** Where everything stands that the digest of the same bodies is of, in a fixed order. */
  places(bodies: readonly number[]): readonly Span[] {
    const inside = bodies.flatMap((id) => this.parts.places(id + 1, this.functions[id]?.start ?? 0));
    return [...this.parts.places(0, 0), ...inside];
  }

  /** Whether one of the bodies that are not among these has a name or text that matches one of the patterns. */
  mentionsBeside(bodies: readonly number[], patterns: readonly RegExp[]): boolean {
    const among = new Set(bodies);
    return this.functions.some(
      (_, id) => !among.has(id) && patterns.some((pattern) => this.parts.mentions(id + 1, pattern)),
    );
  }
}
