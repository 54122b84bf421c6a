import { setFlagsFromString } from 'node:v8';

/**
 * A flag of V8, what it is set to for some time, and what V8 sets it to (`node --v8-options`). V8 may be optimizing meanwhile, on a thread of its own: none of
 * these is read there. One of inlining is, twice, and ends the process where it was changed in between.
 */
type Flag = readonly [name: string, value: number, usual: number];

/** By how much memory grows before garbage is looked for; as V8 sees fit, it more than doubles. */
const growth: readonly Flag[] = [['heap-growing-percent', 25, 0]];

/** By the version of V8: a flag that one does not know is an error that it prints. */
const versions: ReadonlyMap<string, { readonly optimization: readonly Flag[]; readonly memory: readonly Flag[] }> =
  new Map([
    // Node 20.
    ['11.3', { optimization: [['interrupt-budget', 200_000, 67_584]], memory: growth }],
    // Node 22.
    ['12.4', { optimization: [['invocation-count-for-turbofan', 9_000, 3_000]], memory: growth }],
    // Node 24, which has a second compiler that optimizes fast.
    ['13.6', { optimization: [], memory: growth }],
  ]);

const known = versions.get(process.versions.v8.split('.').slice(0, 2).join('.'));

/**
 * Runs something in which a lot of code runs for some seconds and not longer, as an analysis is: V8 optimizes so much of that, and so soon, that
 * much of the processor's time goes into code that hardly runs afterwards.
 */
export function optimizingLess<Result>(work: () => Result): Result {
  return withFlags(known?.optimization ?? [], work);
}

/**
 * Runs something that makes more garbage than it keeps: V8 would let it lie until it takes more memory than all the rest. How long it lets it lie is
 * decided when it has looked for it, so this begins before there is much.
 */
export function collectingSooner<Result>(work: () => Result): Result {
  return withFlags(known?.memory ?? [], work);
}

/** V8 does not tell how a flag is set: afterwards it is at V8's own default, also where the process was started with another value. */
function withFlags<Result>(flags: readonly Flag[], work: () => Result): Result {
  for (const [name, value] of flags) setFlagsFromString(`--${name}=${String(value)}`);
  try {
    return work();
  } finally {
    for (const [name, , usual] of flags) setFlagsFromString(`--${name}=${String(usual)}`);
  }
}
