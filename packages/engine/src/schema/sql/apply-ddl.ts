import { addTableItem } from './add-table-item.js';
import { applyAlterTable } from './apply-alter-table.js';
import { readKeyColumns } from './read-key.js';
import { SqlCursor } from './sql-cursor.js';
import type { SqlName } from './sql-cursor.js';
import type { SqlSchema } from './sql-schema.js';
import type { SqlSource } from './sql-source.js';
import { addColumn, addKey, sameName } from './sql-table.js';
import type { SqlTable } from './sql-table.js';
import { tokenizeSql } from './tokenize-sql.js';
import type { SqlToken } from './tokenize-sql.js';

/**
 * Applies the statements that make, change or drop tables. They are looked for anywhere outside parentheses, because not every
 * dialect ends its statements with `;`; everything else is stepped over.
 */
export function applyDdl(schema: SqlSchema, tokens: readonly SqlToken[], source: SqlSource): void {
  const closes = matchParentheses(tokens);
  let start = 0;
  for (let index = 0; index <= tokens.length; index += 1) {
    const token = tokens[index];
    if (token && (token.kind !== 'symbol' || token.text !== ';')) continue;
    applyStatement(schema, new SqlCursor(tokens, closes, start, index), source);
    start = index + 1;
  }
}

/** No parenthesis reaches over a `;`. */
function matchParentheses(tokens: readonly SqlToken[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  let open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'symbol') return;
    if (token.text === ';') open = [];
    else if (token.text === '(') open.push(index);
    else if (token.text === ')') {
      const opener = open.pop();
      if (opener !== undefined) closes.set(opener, index);
    }
  });
  return closes;
}

const tableModifiers = new Set(['OR', 'REPLACE', 'GLOBAL', 'LOCAL', 'UNLOGGED', 'COLUMN', 'ROW']);

function applyStatement(schema: SqlSchema, cursor: SqlCursor, source: SqlSource): void {
  while (!cursor.done) {
    const keyword = cursor.peek()?.keyword;
    if (keyword === 'CREATE') {
      cursor.take();
      while (tableModifiers.has(cursor.peek()?.keyword ?? '')) cursor.take();
      if (cursor.takes('TABLE')) createTable(schema, cursor, source);
      else if (cursor.takes('UNIQUE')) createUniqueIndex(schema, cursor);
    } else if (cursor.takes('ALTER', 'TABLE')) {
      applyAlterTable(schema, cursor, source);
    } else if (cursor.takes('DROP', 'TABLE')) {
      cursor.takes('IF', 'EXISTS');
      eachName(cursor, (name) => schema.drop(name));
    } else if (cursor.takes('DROP', 'INDEX')) {
      dropIndex(schema, cursor);
    } else if (cursor.takes('RENAME', 'TABLE')) {
      renameTables(schema, cursor);
    } else if (keyword === 'SP_RENAME') {
      cursor.take();
      renameByProcedure(schema, cursor);
    } else if (keyword === 'DO') {
      cursor.take();
      const body = cursor.take();
      if (body?.kind === 'body') applyBody(schema, body, source);
    } else cursor.take();
  }
}

/** `DO $$ BEGIN … END $$` runs at once; the bodies of functions do not. */
function applyBody(schema: SqlSchema, body: SqlToken, source: SqlSource): void {
  const quote = (body.end - body.start - body.text.length) / 2;
  const { tokens, problem } = tokenizeSql(source.text, body.start + quote, body.end - quote);
  if (problem) source.report(problem);
  applyDdl(
    schema,
    tokens.filter((token) => token.kind !== 'body'),
    source,
  );
}

function createTable(schema: SqlSchema, cursor: SqlCursor, source: SqlSource): void {
  const onlyWhereAbsent = cursor.takes('IF', 'NOT', 'EXISTS');
  const name = cursor.takeName();
  if (!name || cursor.sees('PARTITION', 'OF')) return;
  const table: SqlTable = {
    name: name.name,
    place: source.place(name.start, name.end),
    columns: [],
    keys: [],
    references: [],
    withoutRowid: false,
  };
  const opens = cursor.seesSymbol('(');
  const items = cursor.takeList();
  if (opens && !items) {
    source.report({ offset: name.start, message: `the column list of table ${name.name} is not closed` });
    cursor.take();
    return;
  }
  for (const item of items ?? []) addTableItem(table, item, source.clause);
  while (!cursor.done && !cursor.sees('CREATE') && !cursor.sees('ALTER', 'TABLE') && !cursor.sees('DROP')) {
    if (cursor.takes('WITHOUT', 'ROWID')) table.withoutRowid = true;
    else if (cursor.takes('INHERITS')) inherit(schema, table, cursor);
    else cursor.take();
  }
  if (!onlyWhereAbsent || !schema.find(name)) schema.put(name, table);
}

/** PostgreSQL: the columns of the parents are columns of the child. */
function inherit(schema: SqlSchema, table: SqlTable, cursor: SqlCursor): void {
  for (const item of cursor.takeList() ?? []) {
    const name = item.takeName();
    const parent = name && schema.find(name);
    for (const column of parent?.columns ?? []) addColumn(table, { ...column });
  }
}

function createUniqueIndex(schema: SqlSchema, cursor: SqlCursor): void {
  if (!cursor.takes('INDEX')) {
    cursor.takes('CLUSTERED');
    cursor.takes('NONCLUSTERED');
    if (!cursor.takes('INDEX')) return;
  }
  cursor.takes('CONCURRENTLY');
  cursor.takes('IF', 'NOT', 'EXISTS');
  const index = cursor.sees('ON') ? undefined : cursor.takeName();
  if (!cursor.takes('ON')) return;
  cursor.takes('ONLY');
  const name = cursor.takeName();
  const table = name && schema.find(name);
  if (cursor.takes('USING')) cursor.take();
  const columns = readKeyColumns(cursor.takeList() ?? []);
  let partial = false;
  while (!cursor.done && !cursor.sees('CREATE') && !cursor.sees('ALTER', 'TABLE')) {
    partial ||= cursor.sees('WHERE');
    cursor.take();
  }
  if (table && columns && !partial) addKey(table, { name: index?.name ?? '', primary: false, columns: [...columns] });
}

function dropIndex(schema: SqlSchema, cursor: SqlCursor): void {
  cursor.takes('CONCURRENTLY');
  cursor.takes('IF', 'EXISTS');
  eachName(cursor, ({ name }) => {
    for (const table of schema.tables)
      table.keys = table.keys.filter((key) => key.primary || !sameName(key.name, name));
  });
}

/** MySQL: `RENAME TABLE a TO b, c TO d`. */
function renameTables(schema: SqlSchema, cursor: SqlCursor): void {
  do {
    const from = cursor.takeName();
    const to = cursor.takes('TO') ? cursor.takeName() : undefined;
    const table = from && schema.find(from);
    if (table && to) schema.rename(table, to);
  } while (takeComma(cursor));
}

/** SQL Server: `EXEC sp_rename 'dbo.User', 'Account'`. Columns and indexes, which take a third argument, stay as they are. */
function renameByProcedure(schema: SqlSchema, cursor: SqlCursor): void {
  const takeText = (): string | undefined => {
    cursor.takes('N');
    return cursor.peek()?.kind === 'string' ? cursor.take()?.text : undefined;
  };
  const from = takeText();
  const to = takeComma(cursor) ? takeText() : undefined;
  if (from === undefined || to === undefined || cursor.seesSymbol(',')) return;
  const table = schema.find(textName(from));
  if (table) schema.rename(table, textName(to));
}

function textName(text: string): SqlName {
  const parts = text.split('.').map((part) => part.replace(/^\[|\]$/g, ''));
  return { parts, name: parts.at(-1) ?? '', start: 0, end: 0 };
}

function eachName(cursor: SqlCursor, visit: (name: SqlName) => void): void {
  do {
    const name = cursor.takeName();
    if (name) visit(name);
  } while (takeComma(cursor));
}

function takeComma(cursor: SqlCursor): boolean {
  if (!cursor.seesSymbol(',')) return false;
  cursor.take();
  return true;
}
