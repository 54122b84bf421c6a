import type { Value } from '../program/value.js';

/** The values in lists within lists, each list once: one may hold itself. Any other value is its own only item. */
export function* nestedItems(value: Value, seen = new Set<Value>()): Iterable<Value> {
  if (value.kind !== 'array') {
    yield value;
    return;
  }
  if (seen.has(value)) return;
  seen.add(value);
  for (const item of value.items) yield* nestedItems(item, seen);
}
