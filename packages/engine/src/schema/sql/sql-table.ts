import type { Place } from '../../finding/place.js';
import { limits } from '../../limits.js';

/** Words of the source and where they stand. */
export interface Clause {
  readonly text: string;
  readonly place: Place;
}

export interface SqlColumn {
  name: string;
  /** The type's words in upper case, without its arguments: `INTEGER`, `DOUBLE PRECISION`, '' where none is written. */
  type: string;
  /** What makes the database count: `SERIAL`, `AUTO_INCREMENT`, `GENERATED ALWAYS AS IDENTITY`. */
  counter?: Clause;
  default?: Clause;
  definition: Clause;
}

export interface SqlKey {
  /** '' where the database chooses it. */
  readonly name: string;
  readonly primary: boolean;
  columns: string[];
}

export interface SqlTable {
  name: string;
  readonly place: Place;
  columns: SqlColumn[];
  /** Primary key and unique constraints and indexes. */
  keys: SqlKey[];
  /** Names of the tables that columns refer to. */
  references: string[];
  /** SQLite's `WITHOUT ROWID`: an `INTEGER PRIMARY KEY` is a plain column then. */
  withoutRowid: boolean;
}

/** Databases fold unquoted names, each in its own way: names are compared without case. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

export function findColumn(table: SqlTable, name: string): SqlColumn | undefined {
  return table.columns.find((column) => sameName(column.name, name));
}

export function addColumn(table: SqlTable, column: SqlColumn): void {
  if (table.columns.length < limits.tableColumns) table.columns.push(column);
}

/** Gives a table a key. A second primary key replaces the first. */
export function addKey(table: SqlTable, key: SqlKey): void {
  if (key.primary) table.keys = table.keys.filter((other) => !other.primary);
  if (table.keys.length >= limits.tableColumns) return;
  // These names are PostgreSQL's own, by which a later migration drops the constraint.
  const standardName = key.primary ? `${table.name}_pkey` : `${[table.name, ...key.columns].join('_')}_key`;
  table.keys.push({ ...key, name: key.name === '' ? standardName : key.name });
}

export function dropColumn(table: SqlTable, name: string): void {
  table.columns = table.columns.filter((column) => !sameName(column.name, name));
  table.keys = table.keys.filter((key) => !key.columns.some((column) => sameName(column, name)));
}

export function renameColumn(table: SqlTable, from: string, to: string): void {
  const column = findColumn(table, from);
  if (!column) return;
  column.name = to;
  for (const key of table.keys) key.columns = key.columns.map((name) => (sameName(name, from) ? to : name));
}
