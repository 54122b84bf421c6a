import { isPlural } from './english-plural.js';
import type { Entity } from './entity.js';
import { splitWords } from './name-words.js';

/** The names of an entity, taken apart once. */
interface Spelled {
  readonly entity: Entity;
  readonly lower: readonly string[];
  readonly words: readonly (readonly string[])[];
}

/**
 * Finds the entity that code means by a name: by its name in code, then by its table, then both without case, then in
 * any spelling (`orderItem`, `order_items`, `OrderItem`). Of several that fit equally well it is the first.
 */
export function entityFinder(entities: readonly Entity[]): (name: string) => Entity | undefined {
  const spelled = entities.map((entity): Spelled => {
    const names = [entity.name, entity.table];
    return { entity, lower: names.map((name) => name.toLowerCase()), words: names.map(splitWords) };
  });
  const found = new Map<string, Entity | undefined>();
  return (name) => {
    if (!found.has(name)) found.set(name, find(spelled, name));
    return found.get(name);
  };
}

function find(spelled: readonly Spelled[], name: string): Entity | undefined {
  if (name === '') return undefined;
  const lower = name.toLowerCase();
  const words = splitWords(name);
  const fitting =
    spelled.find(({ entity }) => entity.name === name) ??
    spelled.find(({ entity }) => entity.table === name) ??
    spelled.find((item) => item.lower.includes(lower)) ??
    spelled.find((item) => item.words.some((other) => isSameThing(other, words)));
  return fitting?.entity;
}

/** Equal but for the number of the last word. */
function isSameThing(a: readonly string[], b: readonly string[]): boolean {
  const last = a.at(-1);
  const otherLast = b.at(-1);
  if (last === undefined || otherLast === undefined) return false;
  if (a.slice(0, -1).join('') !== b.slice(0, -1).join('')) return false;
  return last === otherLast || isPlural(last, otherLast) || isPlural(otherLast, last);
}
