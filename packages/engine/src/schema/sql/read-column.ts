import type { SqlCursor } from './sql-cursor.js';
import type { ReadClause } from './sql-source.js';
import type { Clause, SqlColumn } from './sql-table.js';

/** A column's definition with what it says beside the column itself. */
export interface ColumnDefinition {
  readonly column: SqlColumn;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly references: readonly string[];
}

/** Where a type or a default ends. */
const clauseWords = new Set(
  (
    'NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED AS AUTO_INCREMENT AUTOINCREMENT IDENTITY COLLATE ' +
    'COMMENT ON KEY ENCODE DEFERRABLE ROWGUIDCOL STORED VIRTUAL FIRST AFTER INVISIBLE VISIBLE FOR USING SET'
  ).split(' '),
);
/** PostgreSQL's words for an integer with a sequence of its own; the numbers are the bytes. */
const serialType = /^(?:SMALL|BIG)?SERIAL[248]?$/;

/** `id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY`: undefined where no name comes first. */
export function readColumn(cursor: SqlCursor, clause: ReadClause): ColumnDefinition | undefined {
  const start = cursor.peek()?.start ?? 0;
  const name = cursor.takeName();
  if (!name) return undefined;
  const { type, counter: serial } = readType(cursor, clause);
  let counter = serial;
  let standard: Clause | undefined;
  let primary = false;
  let unique = false;
  const references: string[] = [];
  while (!cursor.done) {
    const token = cursor.peek();
    if (cursor.takes('PRIMARY', 'KEY')) primary = true;
    else if (cursor.takes('UNIQUE')) unique = true;
    else if (cursor.takes('REFERENCES')) references.push(cursor.takeName()?.name ?? '');
    else if (cursor.takes('DEFAULT')) standard = readDefault(cursor, clause);
    else if (cursor.sees('GENERATED') || cursor.sees('IDENTITY')) counter = readIdentity(cursor, clause) ?? counter;
    else if (cursor.takes('AUTO_INCREMENT') || cursor.takes('AUTOINCREMENT'))
      counter = clause(token?.start ?? 0, cursor.end);
    else cursor.take();
  }
  const column: SqlColumn = {
    name: name.name,
    type,
    ...(counter && { counter }),
    ...(standard && { default: standard }),
    definition: clause(start, cursor.end),
  };
  return { column, primary, unique, references: references.filter((reference) => reference !== '') };
}

/** The type that comes next, up to the first constraint. */
export function readType(cursor: SqlCursor, clause: ReadClause): { readonly type: string; readonly counter?: Clause } {
  const words: string[] = [];
  const start = cursor.peek()?.start ?? 0;
  while (!cursor.done) {
    const token = cursor.peek();
    if (!token || (token.keyword !== '' && clauseWords.has(token.keyword))) break;
    const name = cursor.takeName();
    if (name) words.push(name.name.toUpperCase());
    else if (token.text === '(') {
      words.push('()');
      cursor.take();
    } else cursor.take();
  }
  const type = words.filter((word) => word !== '()').join(' ');
  if (serialType.test(type)) return { type: 'INTEGER', counter: clause(start, cursor.end) };
  // Only the bare word makes SQLite's row id: `INTEGER(11)` does not.
  return { type: words.join(' ') };
}

/** What comes after `DEFAULT`. */
export function readDefault(cursor: SqlCursor, clause: ReadClause): Clause {
  cursor.takes('ON', 'NULL');
  const start = cursor.peek()?.start ?? cursor.end;
  cursor.take();
  while (!cursor.done && !clauseWords.has(cursor.peek()?.keyword ?? '')) cursor.take();
  return clause(start, Math.max(start, cursor.end));
}

/** `GENERATED … AS IDENTITY (…)` and `IDENTITY(1,1)`; undefined for a computed column, which is stepped over. */
export function readIdentity(cursor: SqlCursor, clause: ReadClause): Clause | undefined {
  const start = cursor.peek()?.start ?? 0;
  if (cursor.takes('GENERATED')) {
    if (!cursor.takes('ALWAYS')) cursor.takes('BY', 'DEFAULT');
    cursor.takes('ON', 'NULL');
    if (!cursor.takes('AS')) return undefined;
  }
  if (!cursor.takes('IDENTITY')) return undefined;
  const next = cursor.peek();
  const settings = cursor.seesSymbol('(') && cursor.peek(1)?.kind === 'number';
  const end = cursor.end;
  if (next?.text === '(') cursor.take();
  return clause(start, settings ? cursor.end : end);
}
