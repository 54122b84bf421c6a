import type { SqlName } from './sql-cursor.js';
import { sameName } from './sql-table.js';
import type { SqlTable } from './sql-table.js';

/** The schemas that a name without a schema means. */
const standardSchemas = new Set(['public', 'dbo', 'main']);

/** The tables as they stand after the statements so far. */
export class SqlSchema {
  /** By schema and name, and by name alone. */
  private readonly byKey = new Map<string, SqlTable>();
  private readonly byName = new Map<string, Map<string, SqlTable>>();

  get tables(): readonly SqlTable[] {
    return [...this.byKey.values()];
  }

  find(name: SqlName): SqlTable | undefined {
    const exact = this.byKey.get(keyOf(name));
    if (exact) return exact;
    // A search path or `USE db` may leave the schema out on one side.
    const alike = [...(this.byName.get(name.name.toLowerCase())?.values() ?? [])];
    return alike.length === 1 ? alike[0] : undefined;
  }

  put(name: SqlName, table: SqlTable): void {
    const key = keyOf(name);
    this.byKey.set(key, table);
    const alike = this.byName.get(name.name.toLowerCase());
    if (alike) alike.set(key, table);
    else this.byName.set(name.name.toLowerCase(), new Map([[key, table]]));
  }

  drop(name: SqlName): void {
    const table = this.find(name);
    if (table) this.remove(table);
  }

  /** A name without a schema stays in the table's schema. */
  rename(table: SqlTable, to: SqlName): void {
    const key = this.remove(table);
    const schema = to.parts.length === 1 && key.includes('.') ? [key.slice(0, key.lastIndexOf('.'))] : [];
    for (const other of [...this.byKey.values(), table]) {
      other.references = other.references.map((reference) => (sameName(reference, table.name) ? to.name : reference));
    }
    table.name = to.name;
    this.put({ ...to, parts: [...schema, ...to.parts] }, table);
  }

  private remove(table: SqlTable): string {
    const alike = this.byName.get(table.name.toLowerCase());
    const key = [...(alike ?? [])].find(([, value]) => value === table)?.[0] ?? '';
    alike?.delete(key);
    this.byKey.delete(key);
    return key;
  }
}

function keyOf(name: SqlName): string {
  const parts = name.parts.slice(-2).map((part) => part.toLowerCase());
  return parts.length > 1 && standardSchemas.has(parts[0] ?? '') ? parts.slice(1).join('.') : parts.join('.');
}
