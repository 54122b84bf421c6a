import { isPlural } from './english-plural.js';
import type { Entity } from './entity.js';
import { splitWords } from './name-words.js';

/**
 * The entity that code means by a name: by its name in code, then by its table, then both without case, then in any spelling
 * (`orderItem`, `order_items`, `OrderItem`). Of several that fit equally well it is the first.
 */
export function findEntity(entities: readonly Entity[], name: string): Entity | undefined {
  if (name === '') return undefined;
  const lower = name.toLowerCase();
  const words = splitWords(name);
  return (
    entities.find((entity) => entity.name === name) ??
    entities.find((entity) => entity.table === name) ??
    entities.find((entity) => entity.name.toLowerCase() === lower || entity.table.toLowerCase() === lower) ??
    entities.find(
      (entity) => isSameThing(splitWords(entity.name), words) || isSameThing(splitWords(entity.table), words),
    )
  );
}

/** Equal but for the number of the last word. */
function isSameThing(a: readonly string[], b: readonly string[]): boolean {
  const last = a.at(-1);
  const otherLast = b.at(-1);
  if (last === undefined || otherLast === undefined) return false;
  if (a.slice(0, -1).join('') !== b.slice(0, -1).join('')) return false;
  return last === otherLast || isPlural(last, otherLast) || isPlural(otherLast, last);
}
