import { limits } from '../limits.js';
import type { Proof } from '../program/proof.js';
import type { ExternalValue, Value } from '../program/value.js';

/** The calls of `filter` that a value has gone through on its way into what is sent. */
export function filtersBetween(haystack: Value, needle: ExternalValue): readonly ExternalValue[] {
  const found: ExternalValue[] = [];
  for (let current: Value | undefined = haystack; current?.kind === 'external'; current = current.receiver) {
    if (current === needle) return found;
    if (/\.filter\(\)$/.test(current.path)) found.push(current);
  }
  return [];
}

/** Whether what is sent holds the value somewhere. */
export function contains(haystack: Value, needle: ExternalValue): boolean {
  return look(haystack, needle).has(needle);
}

/**
 * All that a value holds, itself included.
 *
 * @param asked Queries that only read: what they are asked by is not part of what they give.
 */
export function valuesWithin(start: Value, asked: ReadonlySet<Value> = nothing): ReadonlySet<Value> {
  return look(start, undefined, asked);
}

/** What a value holds, as far as the needle. */
function look(start: Value, needle: Value | undefined, asked: ReadonlySet<Value> = nothing): ReadonlySet<Value> {
  const seen = new Set<Value>();
  const waiting: Value[] = [start];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (seen.size > limits.valuesWithin) break;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value === needle) break;
    addInner(value, waiting, asked);
  }
  return seen;
}

const nothing: ReadonlySet<Value> = new Set();

/**
 * What was proved on each of the ways on which a value came to be part of another one: those of the alternatives that
 * hold it. One empty list where nothing was.
 */
export function proofsAlong(
  start: Value,
  needle: ExternalValue,
  asked: ReadonlySet<Value>,
): readonly (readonly Proof[])[] {
  const found: (readonly Proof[])[] = [];
  const seen = new Set<Value>();
  const waiting: { value: Value; proofs: readonly Proof[] }[] = [{ value: start, proofs: [] }];
  for (let item = waiting.pop(); item && seen.size <= limits.valuesWithin; item = waiting.pop()) {
    const { value, proofs } = item;
    if (value === needle) {
      if (found.push(proofs) >= limits.waysIntoAnswer) break;
      continue;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === 'union') {
      for (const option of value.options)
        waiting.push({
          value: option.value,
          proofs: option.proofs.length > 0 ? [...proofs, ...option.proofs] : proofs,
        });
      continue;
    }
    const inner: Value[] = [];
    addInner(value, inner, asked);
    for (const next of inner) waiting.push({ value: next, proofs });
  }
  return found.length > 0 ? found : [[]];
}

/** The last one that is added is looked at first. */
function addInner(value: Value, waiting: Value[], asked: ReadonlySet<Value>): void {
  switch (value.kind) {
    case 'object': {
      const start = waiting.length;
      waiting.push(...value.spread, ...value.properties.values());
      reverseFrom(waiting, start);
      return;
    }
    case 'array':
      for (let index = value.items.length - 1; index >= 0; index--) waiting.push(value.items[index] as Value);
      return;
    case 'union':
      for (let index = value.options.length - 1; index >= 0; index--) {
        const option = value.options[index];
        if (option) waiting.push(option.value);
      }
      return;
    case 'text':
      waiting.push(...value.parts);
      return;
    case 'external': {
      // Whether it is there is less than what is in it.
      if (value.path.startsWith('global#') && test.test(value.path)) return;
      // And so is how many there are.
      if (!value.call && /\.(length|size)$/.test(value.path)) return;
      if (value.call && !asked.has(value)) waiting.push(...value.call.args);
      // What a callback makes of each item: `ids.map((id) => find(id))`.
      if (value.yields && /\.(map|flatMap|then|reduce)\(\)$/.test(value.path)) waiting.push(value.yields);
      if (value.receiver) waiting.push(value.receiver);
      return;
    }
    default:
  }
}

const test = /^global#(!|typeof|Boolean|includes|[=!<>]+)\(\)$/;

function reverseFrom(values: Value[], start: number): void {
  for (let low = start, high = values.length - 1; low < high; low++, high--) {
    const value = values[low] as Value;
    values[low] = values[high] as Value;
    values[high] = value;
  }
}
