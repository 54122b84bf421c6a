import { readColumn } from './read-column.js';
import { readConstraint, seesConstraint } from './read-key.js';
import type { SqlCursor } from './sql-cursor.js';
import type { ReadClause } from './sql-source.js';
import { addColumn, addKey } from './sql-table.js';
import type { SqlTable } from './sql-table.js';

/** One column or constraint of a table's list. */
export function addTableItem(table: SqlTable, item: SqlCursor, clause: ReadClause): void {
  if (seesConstraint(item)) {
    const { key, references } = readConstraint(item);
    if (key) addKey(table, key);
    table.references.push(...references);
    return;
  }
  const definition = readColumn(item, clause);
  if (!definition) return;
  const { column, primary, unique, references } = definition;
  addColumn(table, column);
  if (primary) addKey(table, { name: '', primary: true, columns: [column.name] });
  if (unique) addKey(table, { name: '', primary: false, columns: [column.name] });
  table.references.push(...references);
}
