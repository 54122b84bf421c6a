import type { CallEntry, Library } from '../library.js';

const query: CallEntry = { data: { operation: 'read', entity: 'sql' } };
const prepared: CallEntry = { data: { operation: 'read', entity: 'sql', statement: 'receiver' } };

function queries(client: string, methods: readonly string[]): Readonly<Record<string, CallEntry>> {
  return Object.fromEntries(methods.map((method) => [`${client}.${method}()`, query]));
}

const mysqls = ['mysql', 'mysql2', 'mysql2/promise'];

/** Clients that take the text of a statement with its parameters, as arguments, one object or a tagged template. */
export const sqlClients: Library = {
  packages: [
    'pg',
    'postgres',
    '@vercel/postgres',
    '@neondatabase/serverless',
    'mysql',
    'mysql2',
    'better-sqlite3',
    'sqlite3',
    'sqlite',
    'mssql',
    'pg-promise',
    '@libsql/client',
    '@planetscale/database',
  ],
  same: {
    'pg#Pool()': 'pg#Client()',
    'pg#PoolClient()': 'pg#Client()',
    'pg#ClientBase()': 'pg#Client()',
    'pg#native.Pool()': 'pg#Client()',
    'pg#native.Client()': 'pg#Client()',
    'pg#Client().connect()': 'pg#Client()',
    'pg-pool#()': 'pg#Client()',
    '@vercel/postgres#createPool()': 'pg#Client()',
    '@vercel/postgres#createClient()': 'pg#Client()',
    '@vercel/postgres#db': 'pg#Client()',
    '@vercel/postgres#sql.connect()': 'pg#Client()',
    '@neondatabase/serverless#Pool()': 'pg#Client()',
    '@neondatabase/serverless#Client()': 'pg#Client()',
    'postgres#Sql()': 'postgres#()',
    'postgres#TransactionSql()': 'postgres#()',
    'postgres#().reserve()': 'postgres#()',
    'bun:sqlite#Database()': 'better-sqlite3#()',
    'better-sqlite3#().query()': 'better-sqlite3#().prepare()',
    '@libsql/client/web#createClient()': '@libsql/client#createClient()',
    '@libsql/client/http#createClient()': '@libsql/client#createClient()',
    '@libsql/client/node#createClient()': '@libsql/client#createClient()',
    '@libsql/client#Client()': '@libsql/client#createClient()',
    '@libsql/client#createClient().transaction()': '@libsql/client#createClient()',
    '@planetscale/database#Client()': '@planetscale/database#connect()',
    '@planetscale/database#connect().connection()': '@planetscale/database#connect()',
    'pg-promise#IDatabase()': 'pg-promise#()()',
    'pg-promise#ITask()': 'pg-promise#()()',
    ...Object.fromEntries(
      mysqls.flatMap((name): readonly (readonly [string, string])[] => [
        [`${name}#createPool()`, 'mysql#createConnection()'],
        [`${name}#createPoolCluster().of()`, 'mysql#createConnection()'],
        [`${name}#createConnection()`, 'mysql#createConnection()'],
        ...['Pool', 'PoolConnection', 'Connection'].map((type): [string, string] => [
          `${name}#${type}()`,
          'mysql#createConnection()',
        ]),
      ]),
    ),
    'mysql#createConnection().getConnection()': 'mysql#createConnection()',
    'mysql#createConnection().promise()': 'mysql#createConnection()',
    'sqlite3#verbose().Database()': 'sqlite3#Database()',
    'sqlite3#cached.Database()': 'sqlite3#Database()',
    'sqlite#open()': 'sqlite3#Database()',
    'sqlite#Database()': 'sqlite3#Database()',
    'better-sqlite3#Database()': 'better-sqlite3#()',
    'sqlite#DatabaseSync()': 'better-sqlite3#()',
    'mssql#connect()': 'mssql#ConnectionPool()',
    'mssql#ConnectionPool().connect()': 'mssql#ConnectionPool()',
    'mssql#ConnectionPool().request()': 'mssql#Request()',
  },
  calls: {
    ...queries('pg#Client()', ['query']),
    ...queries('mysql#createConnection()', ['query', 'execute']),
    ...queries('sqlite3#Database()', ['get', 'all', 'run', 'each', 'exec']),
    ...queries('better-sqlite3#()', ['exec']),
    ...queries('mssql#ConnectionPool()', ['query']),
    ...queries('mssql#Request()', ['query', 'batch']),
    'mssql#query()': query,
    'mssql#Request().input()': { returns: 'receiver' },
    ...Object.fromEntries(
      ['get', 'all', 'run', 'iterate'].map((method) => [`better-sqlite3#().prepare().${method}()`, prepared]),
    ),
    ...Object.fromEntries(
      ['get', 'all', 'run'].map((method) => [`sqlite3#Database().prepare().${method}()`, prepared]),
    ),
    // Tagged templates; a part of a statement is a template of the same tag.
    'postgres#()()': query,
    'postgres#().unsafe()': query,
    'postgres#().begin()': { passes: 'postgres#()' },
    'postgres#().savepoint()': { passes: 'postgres#()' },
    '@vercel/postgres#sql()': query,
    '@vercel/postgres#sql.query()': query,
    'pg#Client().sql()': query,
    '@neondatabase/serverless#neon()()': query,
    '@neondatabase/serverless#neon().query()': query,
    '@neondatabase/serverless#neon().transaction()': { returns: 0 },
    ...Object.fromEntries(
      ['pluck', 'raw', 'expand', 'bind'].map((name) => [
        `better-sqlite3#().prepare().${name}()`,
        { returns: 'receiver' as const },
      ]),
    ),
    // https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md: a function that runs in a transaction
    'better-sqlite3#().transaction()': { returns: 0 },
    ...queries('@libsql/client#createClient()', ['execute']),
    ...queries('@planetscale/database#connect()', ['execute']),
    '@planetscale/database#connect().transaction()': { passes: '@planetscale/database#connect()' },
    // https://vitaly-t.github.io/pg-promise/Database.html
    ...queries('pg-promise#()()', [
      ...['one', 'oneOrNone', 'many', 'manyOrNone', 'any', 'none', 'query', 'result', 'multi', 'map', 'each'],
    ]),
    ...Object.fromEntries(
      ['tx', 'txIf', 'task', 'taskIf'].map((name) => [`pg-promise#()().${name}()`, { passes: 'pg-promise#()()' }]),
    ),
  },
};
