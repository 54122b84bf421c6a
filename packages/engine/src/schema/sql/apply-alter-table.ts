import { addTableItem } from './add-table-item.js';
import { readColumn, readDefault, readIdentity, readType } from './read-column.js';
import { seesConstraint } from './read-key.js';
import type { SqlCursor } from './sql-cursor.js';
import type { SqlSchema } from './sql-schema.js';
import type { ReadClause, SqlSource } from './sql-source.js';
import { dropColumn, findColumn, renameColumn, sameName } from './sql-table.js';
import type { SqlColumn, SqlTable } from './sql-table.js';

/** What comes after `ALTER TABLE`: a table's name and a list of actions. A table that nothing created is stepped over. */
export function applyAlterTable(schema: SqlSchema, cursor: SqlCursor, source: SqlSource): void {
  cursor.takes('IF', 'EXISTS');
  cursor.takes('ONLY');
  const name = cursor.takeName();
  const table = name && schema.find(name);
  let adding = false;
  for (const action of cursor.splitUntil(
    (rest) => rest.sees('CREATE') || rest.sees('ALTER', 'TABLE') || rest.sees('DROP', 'TABLE'),
  )) {
    if (!table) continue;
    if (action.takes('WITH') && !action.takes('CHECK')) action.takes('NOCHECK');
    if (action.takes('ADD')) {
      adding = true;
      add(table, action, source.clause);
    } else if (action.takes('ALTER')) {
      alterColumn(table, action, source.clause);
    } else if (action.takes('MODIFY')) {
      action.takes('COLUMN');
      redefine(table, action.peek()?.text ?? '', action, source.clause);
    } else if (action.takes('CHANGE')) {
      action.takes('COLUMN');
      const from = action.takeName();
      if (from) redefine(table, from.name, action, source.clause);
    } else if (action.takes('DROP')) {
      drop(table, action);
    } else if (action.takes('RENAME')) {
      rename(schema, table, action);
    } else if (adding && action.peek(1)) {
      // SQL Server: `ADD a INT, b INT`.
      addTableItem(table, action, source.clause);
    }
  }
}

function add(table: SqlTable, action: SqlCursor, clause: ReadClause): void {
  if (action.sees('PARTITION')) return;
  action.takes('COLUMN');
  action.takes('IF', 'NOT', 'EXISTS');
  const list = action.seesSymbol('(') ? action.takeList() : undefined;
  if (list) {
    for (const item of list) addTableItem(table, item, clause);
  } else if (!addDefault(table, action, clause) && !isKnownColumn(table, action)) {
    addTableItem(table, action, clause);
  }
}

/** A column that stands already, for which `ADD COLUMN IF NOT EXISTS` does nothing. */
function isKnownColumn(table: SqlTable, action: SqlCursor): boolean {
  return !seesConstraint(action) && findColumn(table, action.peek()?.text ?? '') !== undefined;
}

/** SQL Server: `ADD CONSTRAINT name DEFAULT newid() FOR id`. */
function addDefault(table: SqlTable, action: SqlCursor, clause: ReadClause): boolean {
  const named = action.sees('CONSTRAINT') && action.peek(2)?.keyword === 'DEFAULT';
  if (!named && !action.sees('DEFAULT')) return false;
  if (named) {
    action.take();
    action.take();
  }
  action.take();
  const value = readDefault(action, clause);
  const name = action.takes('FOR') ? action.takeName() : undefined;
  const column = name && findColumn(table, name.name);
  if (column) column.default = value;
  return true;
}

function alterColumn(table: SqlTable, action: SqlCursor, clause: ReadClause): void {
  if (action.sees('INDEX') || action.sees('CONSTRAINT')) return;
  action.takes('COLUMN');
  const name = action.takeName();
  const column = name && findColumn(table, name.name);
  if (!column) return;
  if (action.takes('SET', 'DEFAULT')) {
    delete column.counter;
    column.default = readDefault(action, clause);
  } else if (action.takes('DROP', 'DEFAULT')) {
    delete column.default;
    delete column.counter;
  } else if (action.takes('DROP', 'IDENTITY')) {
    delete column.counter;
  } else if (action.takes('ADD')) {
    const counter = readIdentity(action, clause);
    if (counter) column.counter = counter;
  } else if (action.takes('SET', 'DATA', 'TYPE') || action.takes('TYPE')) {
    retype(column, action, clause);
  } else if (!action.sees('SET') && !action.sees('DROP') && !action.sees('RESTART')) {
    // SQL Server: `ALTER COLUMN id BIGINT NOT NULL`; identity and default stay.
    retype(column, action, clause);
  }
}

function retype(column: SqlColumn, action: SqlCursor, clause: ReadClause): void {
  const { type, counter } = readType(action, clause);
  column.type = type;
  if (counter) column.counter = counter;
}

/** MySQL's `MODIFY` and `CHANGE` give the whole definition anew; keys stay with the column. */
function redefine(table: SqlTable, from: string, action: SqlCursor, clause: ReadClause): void {
  const column = findColumn(table, from);
  const list = action.takeList();
  if (list) {
    for (const item of list) redefine(table, item.peek()?.text ?? '', item, clause);
    return;
  }
  const definition = readColumn(action, clause);
  if (!column || !definition) return;
  renameColumn(table, from, definition.column.name);
  table.columns[table.columns.indexOf(column)] = definition.column;
}

function drop(table: SqlTable, action: SqlCursor): void {
  if (action.takes('PRIMARY', 'KEY')) {
    table.keys = table.keys.filter((key) => !key.primary);
    return;
  }
  const key = action.takes('CONSTRAINT') || action.takes('INDEX') || action.takes('KEY');
  if (!key) action.takes('COLUMN');
  action.takes('IF', 'EXISTS');
  const name = action.takeName();
  if (!name) return;
  if (key) table.keys = table.keys.filter((other) => !sameName(other.name, name.name));
  else dropColumn(table, name.name);
}

function rename(schema: SqlSchema, table: SqlTable, action: SqlCursor): void {
  if (action.sees('CONSTRAINT') || action.sees('INDEX') || action.sees('KEY')) return;
  if (action.takes('TO') || action.takes('AS')) {
    const to = action.takeName();
    if (to) schema.rename(table, to);
    return;
  }
  action.takes('COLUMN');
  const from = action.takeName();
  const to = action.takes('TO') ? action.takeName() : undefined;
  if (from && to) renameColumn(table, from.name, to.name);
  // MySQL takes `RENAME accounts` without a TO.
  else if (from && action.done) schema.rename(table, from);
}
