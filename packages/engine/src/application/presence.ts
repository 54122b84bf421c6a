import { limits } from '../limits.js';
import { textOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import type { Presence } from './token-mint.js';

/** Whether an object has one of the properties. What could not be followed may have it. */
export function presenceOf(
  holder: Value | undefined,
  names: readonly string[],
  semantics: CatalogSemantics,
  depth = 0,
): Presence {
  if (!holder) return 'missing';
  if (depth > limits.claimDepth) return 'unknown';
  switch (holder.kind) {
    case 'object': {
      const own = names.map((name) => holder.properties.get(name)).filter((value) => value !== undefined);
      const found = anyOf(own.map((value) => presenceOfValue(value)));
      if (found === 'set') return 'set';
      const spread = holder.spread.map((value) => presenceOf(value, names, semantics, depth + 1));
      return anyOf([found, ...spread, ...(holder.base ? (['unknown'] as const) : [])]);
    }
    case 'union':
      return all(holder.options.map((option) => presenceOf(option.value, names, semantics, depth + 1)));
    case 'external':
      return isRecord(holder, semantics) ? 'missing' : 'unknown';
    case 'unknown':
      return 'unknown';
    default:
      // A text as payload carries no claims, and a callback in the place of the options sets none.
      return 'missing';
  }
}

/** Whether it is there at all. */
export function presenceOfValue(value: Value | undefined): Presence {
  if (!value) return 'missing';
  switch (value.kind) {
    case 'undefined':
      return 'missing';
    case 'literal':
      return value.value === null || value.value === '' || value.value === false ? 'missing' : 'set';
    case 'union':
      return all(value.options.map((option) => presenceOfValue(option.value)));
    default:
      return 'set';
  }
}

/** It is said in one of several places. */
export function anyOf(presences: readonly Presence[]): Presence {
  if (presences.includes('set')) return 'set';
  return presences.includes('unknown') ? 'unknown' : 'missing';
}

/** It is said on each of several ways. */
export function all(presences: readonly Presence[]): Presence {
  const [first] = presences;
  return first !== undefined && presences.every((presence) => presence === first) ? first : 'unknown';
}

/** The texts that a value may be, or a list of them. */
export function textsOf(value: Value | undefined, depth = 0): readonly string[] {
  if (!value || depth > limits.claimDepth) return [];
  const text = textOf(value);
  if (text !== undefined) return [text];
  if (value.kind === 'array') return value.items.flatMap((item) => textsOf(item, depth + 1));
  return value.kind === 'union' ? value.options.flatMap((option) => textsOf(option.value, depth + 1)) : [];
}

/** A record of a store, in whatever form, has columns, and no claims. */
function isRecord(value: ExternalValue, semantics: CatalogSemantics): boolean {
  if (inputOf(value, semantics.catalog) !== undefined) return false;
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
    const entry = current.call && semantics.catalog.find(current.at);
    if (entry?.data) return true;
    if (entry?.proves ?? entry?.decodes) return false;
  }
  return false;
}
