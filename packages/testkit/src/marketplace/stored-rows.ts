import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Value = string | number | Uint8Array | null;

interface SqlJs {
  readonly Database: new (file: Uint8Array) => {
    exec(sql: string): { readonly columns: readonly string[]; readonly values: readonly (readonly Value[])[] }[];
    close(): void;
  };
}

export interface StoredRow {
  readonly table: string;
  readonly values: Readonly<Record<string, Value>>;
}

// A package of the fixtures: the applications keep their data with it.
const fixture = createRequire(new URL('../../../../fixtures/package.json', import.meta.url));

/** Everything in a copy of the database. */
export async function readRows(file: string): Promise<readonly StoredRow[]> {
  const { Database } = await (fixture('sql.js') as () => Promise<SqlJs>)();
  const database = new Database(readFileSync(file));
  const tables = database.exec(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  const rows = (tables[0]?.values ?? []).flatMap(([table]) => {
    const [result] = database.exec(`SELECT * FROM "${String(table)}"`);
    if (!result) return [];
    const { columns, values } = result;
    return values.map((row) => ({
      table: String(table),
      values: Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])),
    }));
  });
  database.close();
  return rows;
}
