import { hash } from 'node:crypto';
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

  /**
   * Of which places of these parts begin and end in one line, and of the order of lines; not of how long lines are, nor of lines between them. The
   * same for two texts that differ by comments and by white space within lines.
   */
  lineDigest(parts: readonly number[]): string {
    const lineStarts = this.encoded.lineStarts();
    const lines: number[] = [];
    let line = 0;
    this.eachPlace(parts, (start, end) => {
      line = lineFrom(line, start, lineStarts);
      lines.push(line, lineFrom(line, end, lineStarts));
    });
    const ranks = new Uint32Array(lineStarts.length);
    for (const each of lines) ranks[each] = 1;
    ranks.forEach((own, each) => (ranks[each] = own + (ranks[each - 1] ?? 0)));
    const ranked = Uint32Array.from(lines, (each) => ranks[each] ?? 0);
    return hash('sha256', ranked, 'base64url');
  }

  /** Where everything stands that the digest of the same parts is of, in a fixed order. */
  places(parts: readonly number[]): readonly Span[] {
    const found: Span[] = [];
    this.eachPlace(parts, (start, end) => found.push({ start, end }));
    return found;
  }

  private eachPlace(parts: readonly number[], visit: (start: number, end: number) => void): void {
    this.encoded.eachPlace(parts, (part) => this.functions[part - firstFunctionPart]?.start ?? 0, visit);
  }

  /** Whether a function that is not among these parts has a name or text that matches one of the patterns. */
  mentionsBeside(parts: readonly number[], patterns: readonly RegExp[]): boolean {
    const among = new Set(parts);
    return patterns.some((pattern) =>
      this.encoded.mentioning(pattern).some((part) => part >= firstFunctionPart && !among.has(part)),
    );
  }
}

/** The line of an offset, looked for from a line that is near. */
function lineFrom(near: number, offset: number, lineStarts: readonly number[]): number {
  let line = near;
  while ((lineStarts[line] ?? 0) > offset) line -= 1;
  while ((lineStarts[line + 1] ?? Infinity) <= offset) line += 1;
  return line;
}
