import { comparePlaces } from '../finding/place.js';
import type { Entity, Identifier } from './entity.js';

/**
 * One list of entities from all sources, in the order of their places. A table of SQL that code declares too is the same thing twice:
 * the declaration in code stays, because code speaks of it by that name. Where the declaration leaves open how a key comes about, the
 * table tells.
 */
export function mergeEntities(...sources: readonly (readonly Entity[])[]): readonly Entity[] {
  const entities = sources.flat();
  const tables = new Map<string, Entity>();
  for (const entity of entities) {
    const key = entity.table.toLowerCase();
    if (entity.origin === 'sql' && !tables.has(key)) tables.set(key, entity);
  }
  const declared = entities.filter((entity) => entity.origin !== 'sql');
  const declaredTables = new Set(declared.map((entity) => entity.table.toLowerCase()));
  return [
    ...declared.map((entity) => complete(entity, tables.get(entity.table.toLowerCase()))),
    ...entities.filter((entity) => entity.origin === 'sql' && !declaredTables.has(entity.table.toLowerCase())),
  ].sort((a, b) => comparePlaces(a.place, b.place));
}

function complete(entity: Entity, table: Entity | undefined): Entity {
  if (!table) return entity;
  return { ...entity, identifiers: entity.identifiers.map((identifier) => decide(identifier, table)) };
}

function decide(identifier: Identifier, table: Entity): Identifier {
  if (identifier.kind === 'sequential' || identifier.kind === 'random') return identifier;
  const column = table.identifiers.find((other) => other.column.toLowerCase() === identifier.column.toLowerCase());
  if (column?.kind !== 'sequential' && column?.kind !== 'random') return identifier;
  return { ...identifier, kind: column.kind, evidence: column.evidence, place: column.place };
}
