import type { Entity } from '../schema/entity.js';
import type { Ownership, Parent } from './access.js';
import type { EntityFinder } from './read-data.js';

/** Finds what the records of an entity belong to, where that belongs to somebody: by columns that refer to it. */
export function parentFinder(
  entities: readonly Entity[],
  findEntity: EntityFinder,
  ownerships: ReadonlyMap<string, Ownership>,
): (entity: string | undefined) => readonly Parent[] {
  const known = new Map<string, readonly Parent[]>();
  return (name) => {
    const entity = name === undefined ? undefined : entities.find((item) => item.name === name);
    if (!entity) return [];
    let parents = known.get(entity.name);
    if (!parents) known.set(entity.name, (parents = parentsOf(entity, findEntity, ownerships)));
    return parents;
  };
}

function parentsOf(
  entity: Entity,
  findEntity: EntityFinder,
  ownerships: ReadonlyMap<string, Ownership>,
): readonly Parent[] {
  const parents = entity.fields.flatMap((column) => {
    const [, referred = column] = /^(\w+?)_?(?:id|uid|uuid)$/i.exec(column) ?? [];
    const parent = findEntity(referred);
    // `project` refers to one, `projects` is the other side of it.
    if (referred === column && parent?.name.toLowerCase() !== column.toLowerCase()) return [];
    const ownership = parent && ownerships.get(parent.name);
    if (!parent || parent === entity || !ownership?.isPrivate || ownership.isAccount) return [];
    return [{ entity: parent.name, column, ownership }];
  });
  // `projectId` before `project`, where a schema has both: queries are bound to the former.
  return parents.sort((a, b) => b.column.length - a.column.length);
}
