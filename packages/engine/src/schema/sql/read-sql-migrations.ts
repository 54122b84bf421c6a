import { comparePlaces } from '../../finding/place.js';
import { limits } from '../../limits.js';
import { classifyDefault } from '../classify-default.js';
import type { Entity, Identifier, IdentifierKind, SchemaProblem, SchemaResult } from '../entity.js';
import type { SchemaDocument } from '../schema-document.js';
import { createTextPlaces } from '../text-places.js';
import { applyDdl } from './apply-ddl.js';
import { blankDownSections } from './blank-down-sections.js';
import { createDialectHints } from './dialect-hints.js';
import type { DialectHints } from './dialect-hints.js';
import { orderMigrations } from './order-migrations.js';
import { SqlSchema } from './sql-schema.js';
import { sameName } from './sql-table.js';
import type { Clause, SqlColumn, SqlTable } from './sql-table.js';
import { tokenizeSql } from './tokenize-sql.js';

/**
 * The tables that SQL files leave behind when they are applied in the order of their paths, each folder of migrations for itself.
 * PostgreSQL, MySQL, SQLite, SQL Server and Oracle are read alike; what takes a migration back is left out. An entity's name is the
 * table's name. A quote, comment or column list that does not end is a problem; what is around it is read all the same. Never throws.
 */
export function readSqlMigrations(documents: readonly SchemaDocument[]): SchemaResult {
  const problems: SchemaProblem[] = [];
  const entities = orderMigrations(documents).flatMap((migrations) => {
    const schema = new SqlSchema();
    const hints = createDialectHints();
    for (const document of migrations) applyFile(document, schema, hints.see, problems);
    const names = new Map(schema.tables.map((table) => [table.name.toLowerCase(), table.name]));
    return schema.tables.map((table) => toEntity(table, names, hints.isSqlite()));
  });
  entities.sort((a, b) => comparePlaces(a.place, b.place));
  return { entities, problems };
}

type See = DialectHints['see'];

function applyFile(document: SchemaDocument, schema: SqlSchema, see: See, problems: SchemaProblem[]): void {
  const text = blankDownSections(document.text.replace(/^\uFEFF/, ''));
  const places = createTextPlaces(document.path, text);
  const report = (problem: { readonly offset: number; readonly message: string }): void => {
    problems.push({ file: document.path, line: places.line(problem.offset), message: `SQL: ${problem.message}` });
  };
  const { tokens, problem } = tokenizeSql(text);
  see(tokens);
  applyDdl(schema, tokens, {
    text,
    report,
    place: places.place,
    clause: (start, end) => ({ text: shorten(text.slice(start, end)), place: places.place(start, end) }),
  });
  if (problem) report(problem);
}

function shorten(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > limits.shownClauseCharacters ? `${line.slice(0, limits.shownClauseCharacters - 1)}…` : line;
}

function toEntity(table: SqlTable, names: ReadonlyMap<string, string>, sqlite: boolean): Entity {
  const primaryKey = table.keys.find((key) => key.primary)?.columns ?? [];
  const uniqueColumns = new Set(
    table.keys.flatMap((key) => (key.columns.length === 1 ? key.columns.map((name) => name.toLowerCase()) : [])),
  );
  const identifiers = table.columns.flatMap((column): Identifier[] => {
    const primary = primaryKey.some((name) => sameName(name, column.name));
    const unique = uniqueColumns.has(column.name.toLowerCase());
    const rowId = sqlite && primary && primaryKey.length === 1 && column.type === 'INTEGER' && !table.withoutRowid;
    const { kind, clause } = decideKind(column, rowId);
    if (!primary && !unique && kind !== 'sequential') return [];
    return [{ field: column.name, column: column.name, kind, primary, evidence: clause.text, place: clause.place }];
  });
  const references = new Set(table.references.map((name) => name.toLowerCase()));
  return {
    name: table.name,
    table: table.name,
    origin: 'sql',
    place: table.place,
    identifiers,
    fields: table.columns.map((column) => column.name),
    declaredAt: new Map(table.columns.map(({ name, definition }) => [name, definition.place])),
    relations: [...references].flatMap((name) => names.get(name) ?? []),
  };
}

const drawnTypes = new Set(['UUID', 'UNIQUEIDENTIFIER']);

function decideKind(column: SqlColumn, rowId: boolean): { readonly kind: IdentifierKind; readonly clause: Clause } {
  const typeDraws = drawnTypes.has(column.type);
  // A counter of an earlier type does not outlive the change to a uuid.
  if (column.counter && !typeDraws) return { kind: 'sequential', clause: column.counter };
  const byDefault = column.default && classifyDefault(column.default.text);
  if (column.default && (byDefault === 'sequential' || byDefault === 'random')) {
    return { kind: byDefault, clause: column.default };
  }
  if (typeDraws) return { kind: 'random', clause: column.definition };
  if (rowId) return { kind: 'sequential', clause: column.definition };
  if (column.default && byDefault === 'unknown') return { kind: 'unknown', clause: column.default };
  return { kind: 'assigned', clause: column.definition };
}
