import type { Value } from './value.js';

/** What a call of something outside the project means for the flow of the program. */
export interface CallMeaning {
  /**
   * What is proved, and of which outcome: that it returned at all, that its result is truthy or falsy, or that there is
   * something in the list that it gives.
   */
  readonly proves?: { readonly kind: string; readonly when: 'returns' | 'truthy' | 'falsy' | 'held' };
  /** Where it returns at all, the caller may do what it was asked about. */
  readonly permits?: boolean;
  /** It throws where its first argument is falsy. */
  readonly asserts?: boolean;
  /** It gives a promise: nothing is proved before somebody waits for it. */
  readonly promises?: boolean;
  /** The result is this argument: wrappers that keep the function's shape. */
  readonly returnsArgument?: number;
  /** The result is the receiver: fluent interfaces. */
  readonly returnsReceiver?: boolean;
  /** Functions among the arguments are kept and called later, by the framework. */
  readonly defers?: boolean;
  /** A function among the arguments is called once, with this, and its result is the result: transactions. */
  readonly passes?: Value;
  /** Kept in the record of what happened. */
  readonly observed?: boolean;
  /** The result is an object: never falsy. */
  readonly isThere?: boolean;
  /** It never returns: `process.exit`, a helper that throws. */
  readonly ends?: boolean;
}
