import type { Value } from './value.js';

/** What a call of something outside the project means for the flow of the program. */
export interface CallMeaning {
  /**
   * What is proved, and of which outcome: that it returned at all, that its result is truthy or falsy, or that there is
   * something in the list that it gives.
   */
  readonly proves?: { readonly kind: string; readonly when: 'returns' | 'truthy' | 'falsy' | 'held' } | undefined;
  /** Where it returns at all, the caller may do what it was asked about. */
  readonly permits?: boolean | undefined;
  /** It throws where its first argument is falsy. */
  readonly asserts?: boolean | undefined;
  /** It gives a promise: nothing is proved before somebody waits for it. */
  readonly promises?: boolean | undefined;
  /** The result is this argument: wrappers that keep the function's shape. */
  readonly returnsArgument?: number | undefined;
  /** The result is the receiver: fluent interfaces. */
  readonly returnsReceiver?: boolean | undefined;
  /** Functions among the arguments are kept and called later, by the framework. */
  readonly defers?: boolean | undefined;
  /** A function among the arguments is called once, with this, and its result is the result: transactions. */
  readonly passes?: Value | undefined;
  /** Kept in the record of what happened. */
  readonly observed?: boolean | undefined;
  /** The result is an object: never falsy. */
  readonly isThere?: boolean | undefined;
  /** It never returns: `process.exit`, a helper that throws. */
  readonly ends?: boolean | undefined;
}
