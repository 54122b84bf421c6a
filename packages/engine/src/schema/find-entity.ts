import { isPlural } from './english-plural.js';
import type { Entity } from './entity.js';
import { splitWords } from './name-words.js';

/**
 * Finds the entity that code means by a name: by its name in code, then by its table, then both without case, then in
 * any spelling (`orderItem`, `order_items`, `OrderItem`). Of several that fit equally well it is the first.
 */
export function entityFinder(entities: readonly Entity[]): (name: string) => Entity | undefined {
  const byName = new Map<string, Entity>();
  const byTable = new Map<string, Entity>();
  const byLower = new Map<string, Entity>();
  /** By all words but the last, which may be another number of the same word. */
  const byWords = new Map<string, { readonly last: string; readonly entity: Entity }[]>();
  for (const entity of entities) {
    setOnce(byName, entity.name, entity);
    setOnce(byTable, entity.table, entity);
    for (const name of [entity.name, entity.table]) {
      setOnce(byLower, name.toLowerCase(), entity);
      const words = splitWords(name);
      const last = words.at(-1);
      if (last === undefined) continue;
      const start = words.slice(0, -1).join('');
      const others = byWords.get(start);
      if (others) others.push({ last, entity });
      else byWords.set(start, [{ last, entity }]);
    }
  }
  const find = (name: string): Entity | undefined => {
    const exact = byName.get(name) ?? byTable.get(name) ?? byLower.get(name.toLowerCase());
    if (exact) return exact;
    const words = splitWords(name);
    const last = words.at(-1);
    if (last === undefined) return undefined;
    return byWords.get(words.slice(0, -1).join(''))?.find((other) => isSameWord(other.last, last))?.entity;
  };
  const found = new Map<string, Entity | undefined>();
  return (name) => {
    if (name === '') return undefined;
    if (!found.has(name)) found.set(name, find(name));
    return found.get(name);
  };
}

function setOnce(entities: Map<string, Entity>, name: string, entity: Entity): void {
  if (!entities.has(name)) entities.set(name, entity);
}

/** Equal but for the number. */
function isSameWord(a: string, b: string): boolean {
  return a === b || isPlural(a, b) || isPlural(b, a);
}
