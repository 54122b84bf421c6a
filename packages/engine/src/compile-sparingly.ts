import { setFlagsFromString } from 'node:v8';

/** A flag of V8, what an analysis is best run with, and what V8 sets it to (`node --v8-options`). */
type Flag = readonly [name: string, sparing: number, usual: number];

const inlining: readonly Flag[] = [
  ['max-inlined-bytecode-size', 200, 460],
  ['max-inlined-bytecode-size-cumulative', 200, 920],
];

/** By the version of V8: a flag that one does not know is an error that it prints. */
const flags: ReadonlyMap<string, readonly Flag[]> = new Map([
  // Node 20.
  ['11.3', [...inlining, ['interrupt-budget', 200_000, 67_584]]],
  // Node 22.
  ['12.4', [...inlining, ['invocation-count-for-turbofan', 9_000, 3_000]]],
]);

/**
 * Runs something in which a lot of code runs for some seconds and not longer, as an analysis is. V8 inlines so much into what it optimizes, and so soon,
 * that a third of the processor's time goes into code that is hardly used by then. Whatever else runs in the process finds the flags as V8 sets them.
 */
export function compileSparingly<Result>(work: () => Result): Result {
  const known = flags.get(process.versions.v8.split('.').slice(0, 2).join('.')) ?? [];
  for (const [name, sparing] of known) setFlagsFromString(`--${name}=${String(sparing)}`);
  try {
    return work();
  } finally {
    for (const [name, , usual] of known) setFlagsFromString(`--${name}=${String(usual)}`);
  }
}
