/** What a fixture says about one line: `found` must be reported, `miss` should be and is not yet, `noise` should not be and still is. */
export type MarkKind = 'found' | 'miss' | 'noise';

export interface Mark {
  readonly kind: MarkKind;
  readonly ruleId: string;
  /** The line that the finding must stand on: POSIX, relative to the fixture's root. */
  readonly file: string;
  readonly line: number;
  /** Each must occur in the message, case-sensitively. */
  readonly words: readonly string[];
  /** The finding's entity, in full. */
  readonly entity?: string;
  /** The least number of steps that the finding shows. */
  readonly steps?: number;
  /** Why it is missed or reported, for `miss` and `noise`. */
  readonly reason?: string;
  /** Where the comment itself stands. */
  readonly writtenAt: { readonly file: string; readonly line: number };
}

/** A comment that starts like a mark and is none: names its place and what is wrong with it. */
export class MarkError extends Error {
  override readonly name = 'MarkError';
}
