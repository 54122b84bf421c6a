/** Every bound of the interpretation, with the reason for its size. They are listed in docs/known-blind-spots.md. */
export const limits = {
  /** Calls within calls: real handlers reach their queries within a dozen. */
  callDepth: 32,
  /** The same function within itself while modules run: trees of routes are nested no deeper than that. */
  recursion: 2,
  /** The same while a request is followed: what an inner round gives, the other branches of the first one give as well. */
  handlerRecursion: 1,
  /** Expressions evaluated for one module or one entry point. */
  steps: 60_000,
  /** Expressions evaluated for one handler or guard. */
  handlerSteps: 12_000,
  /** Expressions that any call may use, however little is left around it. */
  smallestShare: 60,
  /** Items of a list, and spreads of an object: tables of routes are shorter. */
  items: 250,
  /** Parts of a text that is put together, some of them unknown: statements of SQL have fewer. */
  textParts: 500,
  /** Characters of a text that is put together from known ones: a loop may double it each time. */
  textLength: 200_000,
  /** Rounds of a loop over a list that is known. */
  loopRounds: 400,
} as const;
