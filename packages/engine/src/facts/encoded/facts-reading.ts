import type { Span } from '../file-facts.js';
import { firstFunctionPart, outsidePart, typesPart } from './encoded-facts.js';
import type { EncodedParts } from './encoded-parts.js';

interface ReadFunction extends Span {
  readonly isRead: boolean;
}

/** What has been read of a file's facts. All that stands outside of functions is; types and what is within a function are where somebody asked. */
export class FactsReading {
  constructor(
    private readonly encoded: EncodedParts,
    private readonly functions: readonly ReadFunction[],
    private readonly hasReadTypes: boolean,
  ) {}

  /** The numbers of the parts that have been read. */
  parts(): readonly number[] {
    const functions = this.functions.flatMap(({ isRead }, id) => (isRead ? [firstFunctionPart + id] : []));
    return [outsidePart, ...(this.hasReadTypes ? [typesPart] : []), ...functions];
  }

  /** Of what these parts say, but not where it stands. */
  digest(parts: readonly number[]): string {
    return this.encoded.digest(parts);
  }

  /** Of how what these parts say is laid out in lines. */
  lineDigest(parts: readonly number[]): string {
    return this.encoded.lineDigest(
      parts,
      parts.map((part) => this.startOf(part)),
    );
  }

  /** Where everything stands that the digest of the same parts is of, in a fixed order. */
  places(parts: readonly number[]): readonly Span[] {
    return parts.flatMap((part) => this.encoded.places(part, this.startOf(part)));
  }

  /** Whether a function that is not among these parts has a name or text that matches one of the patterns. */
  mentionsBeside(parts: readonly number[], patterns: readonly RegExp[]): boolean {
    const among = new Set(parts);
    return patterns.some((pattern) =>
      this.encoded.mentioning(pattern).some((part) => part >= firstFunctionPart && !among.has(part)),
    );
  }

  private startOf(part: number): number {
    return this.functions[part - firstFunctionPart]?.start ?? 0;
  }
}
