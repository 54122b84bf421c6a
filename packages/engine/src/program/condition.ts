import type { Origin, Value } from './value.js';

/** A test on the way to a point of the program, and the side of it that leads there. */
export interface Condition {
  /** What was asked: one value for whether it is truthy, two for whether they are equal. */
  readonly values: readonly Value[];
  readonly truthy: boolean;
  readonly origin: Origin;
  /** The test before this one. */
  readonly outer: Condition | undefined;
  readonly depth: number;
}

export function under(
  outer: Condition | undefined,
  values: readonly Value[],
  truthy: boolean,
  origin: Origin,
): Condition {
  return { values, truthy, origin, outer, depth: (outer?.depth ?? 0) + 1 };
}

/** The tests that two ways have in common. */
export function sharedCondition(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  while (a !== b) {
    if (!a || !b) return undefined;
    if (a.depth >= b.depth) a = a.outer;
    else b = b.outer;
  }
  return a;
}

/** The tests from `outer` on down to `inner`, the innermost first. */
export function conditionsSince(inner: Condition | undefined, outer: Condition | undefined): readonly Condition[] {
  const found: Condition[] = [];
  for (let current = inner; current && current !== outer; current = current.outer) found.push(current);
  return found;
}

/** Whether every way to `inner` passes `outer`: a call under no further test is met on all of them. */
export function isWithin(inner: Condition | undefined, outer: Condition | undefined): boolean {
  if (!outer) return true;
  for (let current = inner; current && current.depth >= outer.depth; current = current.outer)
    if (current === outer) return true;
  return false;
}
