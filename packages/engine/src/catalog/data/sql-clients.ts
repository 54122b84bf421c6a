import type { Library } from '../library.js';

const query = { data: { operation: 'write', entity: 'sql' } } as const;

/** Clients that take SQL text first and its parameters second. */
export const sqlClients: Library = {
  packages: ['pg', 'mysql', 'mysql2', 'mysql2/promise', 'better-sqlite3', 'sqlite3', 'mssql'],
  calls: Object.fromEntries(
    [
      ...['pg#Pool()', 'pg#Client()', 'pg#Pool().connect()'],
      ...['mysql', 'mysql2', 'mysql2/promise'].flatMap((name) => [
        `${name}#createConnection()`,
        `${name}#createPool()`,
        `${name}#createPool().getConnection()`,
      ]),
      ...['sqlite3#Database()', 'sqlite3#verbose().Database()'],
    ].flatMap((client) => ['query', 'execute', 'get', 'all', 'run'].map((method) => [`${client}.${method}()`, query])),
  ),
};
