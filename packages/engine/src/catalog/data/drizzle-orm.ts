import type { CallEntry, DataEntry, Library } from '../library.js';

const database = 'drizzle-orm#drizzle()';

/** What a query stays: each of these gives the builder that it was called on. */
const fluent = [
  ...['where', 'having', 'groupBy', 'orderBy', 'limit', 'offset', 'for', 'as', 'top', 'fetch', 'comment'],
  ...['innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin'],
  ...['innerJoinLateral', 'leftJoinLateral', 'crossJoinLateral'],
  ...['union', 'unionAll', 'intersect', 'intersectAll', 'except', 'exceptAll'],
  ...['values', 'set', 'from', 'returning', '$returningId', 'output', 'overridingSystemValue', 'select'],
  ...['onConflictDoNothing', 'onConflictDoUpdate', 'onDuplicateKeyUpdate', 'ignore'],
  ...['$dynamic', '$withCache', 'prepare', 'execute', 'all', 'get', 'run', 'sync', 'iterator', 'mapWith'],
];

/** `where` takes the place of an earlier one, and a condition that is `undefined` is left out: both run with 0.45.4. */
const built: Pick<DataEntry, 'entity' | 'conditions' | 'joins' | 'fills' | 'whereReplaces' | 'grows' | 'lists'> = {
  entity: 'argument',
  conditions: ['where'],
  joins: ['innerJoin'],
  fills: ['values', 'set'],
  whereReplaces: true,
  grows: true,
  lists: { single: ['get'] },
};

/** A query runs when it is waited for; until then its methods say more of it. */
function query(path: string, operation: DataEntry['operation'], but: readonly string[] = []): [string, CallEntry][] {
  return [
    [path, { data: { ...built, operation } }],
    ...fluent
      .filter((name) => !but.includes(name))
      .map((name): [string, CallEntry] => [`${path}.${name}()`, { returns: 'receiver' }]),
  ];
}

/** Relational queries: the filter is a condition, a function that gives one, or, from version 1, an object of columns. */
function relational(path: string): [string, CallEntry][] {
  return ['findFirst', 'findMany'].flatMap((name) => [
    [
      `${path}.*.${name}()`,
      { data: { operation: 'read', entity: 'member', where: { argument: 0, property: 'where' } } },
    ] as [string, CallEntry],
    ...['prepare', 'execute', 'sync', 'all', 'get'].map((after): [string, CallEntry] => [
      `${path}.*.${name}().${after}()`,
      { returns: 'receiver' },
    ]),
  ]);
}

const selects = ['select', 'selectDistinct', 'selectDistinctOn'];
const statement: CallEntry = { data: { operation: 'read', entity: 'sql' } };

/** Each driver's classes of databases and transactions, of 0.45 and of 1.0. */
const classes: Readonly<Record<string, readonly string[]>> = {
  'aws-data-api/pg': ['AwsDataApiPgDatabase', 'AwsDataApiTransaction'],
  'better-sqlite3': ['BetterSQLite3Database', 'BetterSQLiteTransaction'],
  'bun-sql': ['BunSQLDatabase', 'BunSQLTransaction'],
  'bun-sqlite': ['BunSQLiteDatabase', 'SQLiteBunDatabase', 'SQLiteBunTransaction'],
  cockroach: ['NodeCockroachDatabase', 'NodeCockroachTransaction'],
  'cockroach-core': ['CockroachDatabase', 'CockroachTransaction'],
  d1: ['DrizzleD1Database', 'AnyD1Database', 'D1Transaction'],
  'durable-sqlite': ['DrizzleSqliteDODatabase', 'SQLiteDOTransaction'],
  'gel-core': ['GelDatabase', 'GelTransaction'],
  gel: ['GelJsDatabase', 'GelDbTransaction'],
  libsql: ['LibSQLDatabase', 'LibSQLTransaction'],
  'mssql-core': ['MsSqlDatabase', 'MsSqlTransaction'],
  'mysql-core': ['MySqlDatabase', 'MySqlTransaction', 'MySqlAsyncDatabase', 'MySqlAsyncTransaction'],
  'mysql-proxy': ['MySqlRemoteDatabase', 'MySqlProxyTransaction'],
  mysql2: ['MySql2Database', 'MySql2Transaction'],
  'neon-http': ['NeonHttpDatabase', 'NeonTransaction'],
  'neon-serverless': ['NeonDatabase', 'NeonTransaction'],
  'netlify-db': ['NetlifyDbDatabase', 'NetlifyDbTransaction'],
  'node-mssql': ['NodeMsSqlDatabase', 'NodeMsSqlTransaction'],
  'node-postgres': ['NodePgDatabase', 'NodePgTransaction'],
  'node-sqlite': ['NodeSQLiteDatabase', 'NodeSQLiteTransaction'],
  'pg-core': ['PgDatabase', 'PgTransaction', 'PgAsyncDatabase', 'PgAsyncTransaction'],
  'pg-proxy': ['PgRemoteDatabase', 'PgProxyTransaction'],
  pglite: ['PgliteDatabase', 'PgliteTransaction'],
  'planetscale-serverless': ['PlanetScaleDatabase', 'PlanetScaleTransaction'],
  'postgres-js': ['PostgresJsDatabase', 'PostgresJsTransaction'],
  'singlestore-core': ['SingleStoreDatabase', 'SingleStoreTransaction'],
  singlestore: ['SingleStoreDriverDatabase', 'SingleStoreDriverTransaction'],
  'sql-js': ['SQLJsDatabase', 'SQLJsTransaction'],
  'sqlite-core': ['BaseSQLiteDatabase', 'SQLiteTransaction', 'SQLiteAsyncDatabase', 'SQLiteAsyncTransaction'],
  'sqlite-proxy': ['SqliteRemoteDatabase', 'SQLiteProxyTransaction'],
  'tidb-serverless': ['TiDBServerlessDatabase', 'TiDBServerlessTransaction'],
  'vercel-postgres': ['VercelPgDatabase', 'VercelPgTransaction'],
  'xata-http': ['XataHttpDatabase', 'XataTransaction'],
};
/** Where the same is exported once more: https://orm.drizzle.team/docs/connect-turso */
const further: Readonly<Record<string, readonly string[]>> = {
  libsql: ['node', 'web', 'http', 'sqlite3', 'wasm', 'ws'].map((kind) => `libsql/${kind}`),
  'bun-sql': ['postgres', 'mysql', 'sqlite'].map((kind) => `bun-sql/${kind}`),
  'aws-data-api/pg': [],
};

const modules = Object.entries(classes).flatMap(([module, names]) =>
  [module, ...(further[module] ?? [])].map((name) => ({ module: `drizzle-orm/${name}`, names })),
);

/** https://orm.drizzle.team: tables and queries in the words of SQL. What its operators say is read by a shape. */
export const drizzle: Library = {
  packages: ['drizzle-orm'],
  same: {
    ...Object.fromEntries(
      modules.flatMap(({ module, names }) => [
        [`${module}#drizzle()`, database],
        ...names.map((name) => [`${module}#${name}()`, database] as const),
      ]),
    ),
    [`${database}.with()`]: database,
    [`${database}.$primary`]: database,
    [`${database}.$withAuth()`]: database,
  },
  calls: {
    ...Object.fromEntries([
      ...selects.flatMap((name) => query(`${database}.${name}().from()`, 'read')),
      ...query(`${database}.update()`, 'write'),
      ...query(`${database}.delete()`, 'write'),
      ...query(`${database}.insert()`, 'create'),
      ...relational(`${database}.query`),
      ...relational(`${database}._query`),
    ]),
    [`${database}.$count()`]: {
      data: { operation: 'read', entity: 'argument', where: { argument: 1 }, tallies: true },
    },
    [`${database}.transaction()`]: { passes: database },
    [`${database}.batch()`]: { returns: 0 },
    [`${database}.execute()`]: statement,
    // https://orm.drizzle.team/docs/sql: SQLite's drivers
    [`${database}.all()`]: statement,
    [`${database}.get()`]: statement,
    [`${database}.run()`]: statement,
    [`${database}.values()`]: statement,
    ...Object.fromEntries(
      ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct'].map((name) => [
        `drizzle-orm#${name}()`,
        { tallies: true },
      ]),
    ),
    'drizzle-orm/pg-core#withReplicas()': { returns: 0 },
    'drizzle-orm/mysql-core#withReplicas()': { returns: 0 },
    'drizzle-orm/sqlite-core#withReplicas()': { returns: 0 },
  },
};
