import type { Entity } from './entity.js';

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

/** `userAPIKeys`, `user_api_keys` and `user-api-keys` have the same words. */
function splitWords(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Equal but for the number of the last word. */
function isSameThing(a: readonly string[], b: readonly string[]): boolean {
  const last = a.at(-1);
  const otherLast = b.at(-1);
  if (last === undefined || otherLast === undefined) return false;
  if (a.slice(0, -1).join('') !== b.slice(0, -1).join('')) return false;
  return last === otherLast || isPlural(last, otherLast) || isPlural(otherLast, last);
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['data', 'datum'],
  ['media', 'medium'],
  ['indices', 'index'],
  ['criteria', 'criterion'],
]);

/** Whether `many` is an English plural of `one`. */
function isPlural(many: string, one: string): boolean {
  if (irregular.get(many) === one) return true;
  if (many === `${one}s`) return true;
  if (many === `${one}es`) return /(?:s|x|z|ch|sh|o)$/.test(one);
  return one.endsWith('y') && many === `${one.slice(0, -1)}ies`;
}
