import { limits } from '../limits.js';
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

/** All that a value holds, itself included. */
export function valuesWithin(start: Value): ReadonlySet<Value> {
  return look(start, undefined);
}

/** What a value holds, as far as the needle. */
function look(start: Value, needle: Value | undefined): ReadonlySet<Value> {
  const seen = new Set<Value>();
  const waiting: Value[] = [start];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (seen.size > limits.valuesWithin) break;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value === needle) break;
    addInner(value, waiting);
  }
  return seen;
}

/** The last one that is added is looked at first. */
function addInner(value: Value, waiting: Value[]): void {
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
      if (value.call) waiting.push(...value.call.args);
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
