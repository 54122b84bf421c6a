import type { CallEntry, DataEntry, Library } from '../library.js';

const database = 'kysely#Kysely()';
const makers: Readonly<Record<string, DataEntry['operation']>> = {
  selectFrom: 'read',
  insertInto: 'create',
  replaceInto: 'create',
  updateTable: 'write',
  deleteFrom: 'write',
  mergeInto: 'write',
};
const fluent = [
  ...[
    'where',
    'whereRef',
    'having',
    'select',
    'selectAll',
    'distinct',
    'distinctOn',
    'as',
    'from',
    'using',
    'top',
    'fetch',
    'modifyFront',
    'modifyEnd',
  ],
  ...[
    'innerJoin',
    'leftJoin',
    'rightJoin',
    'fullJoin',
    'crossJoin',
    'innerJoinLateral',
    'leftJoinLateral',
    'clearSelect',
    'clearWhere',
    'clearOrderBy',
  ],
  ...[
    'orderBy',
    'groupBy',
    'limit',
    'offset',
    'union',
    'unionAll',
    'intersect',
    'except',
    'forUpdate',
    'forShare',
    'skipLocked',
    'noWait',
  ],
  ...[
    'values',
    'defaultValues',
    'columns',
    'expression',
    'set',
    'onConflict',
    'onDuplicateKeyUpdate',
    'ignore',
    'returning',
    'returningAll',
    'output',
    'outputAll',
  ],
  ...['withPlugin', 'withSchema', '$castTo', '$narrowType', '$assertType', '$asScalar', 'clone'],
];
const runners = ['execute', 'executeTakeFirst', 'executeTakeFirstOrThrow', 'stream'];

function entriesFor(maker: string, operation: DataEntry['operation']): Readonly<Record<string, CallEntry>> {
  const query = `${database}.${maker}()`;
  return Object.fromEntries<CallEntry>([
    ...fluent.map((name) => [`${query}.${name}()`, { returns: 'receiver' }] as const),
    ...['$if', '$call'].map((name) => [`${query}.${name}()`, { passes: 'receiver' }] as const),
    ...runners.map(
      (name) =>
        [
          `${query}.${name}()`,
          { data: { operation, entity: 'receiver', conditions: ['where'], fills: ['values', 'set'] } },
        ] as const,
    ),
  ]);
}

/** https://kysely.dev: a builder of SQL queries. */
export const kysely: Library = {
  packages: ['kysely', 'nestjs-kysely'],
  same: {
    'kysely#Transaction()': database,
    'kysely#ControlledTransaction()': database,
    [`${database}.withSchema()`]: database,
    [`${database}.withTables()`]: database,
    [`${database}.withPlugin()`]: database,
    [`${database}.with()`]: database,
    [`${database}.withRecursive()`]: database,
    [`${database}.transaction().setIsolationLevel()`]: `${database}.transaction()`,
  },
  calls: {
    ...Object.fromEntries(
      Object.entries(makers).flatMap(([maker, operation]) => Object.entries(entriesFor(maker, operation))),
    ),
    [`${database}.transaction().execute()`]: { passes: database },
    [`${database}.connection().execute()`]: { passes: database },
    'kysely#sql().execute()': { data: { operation: 'read', entity: 'sql', statement: 'receiver' } },
  },
};
