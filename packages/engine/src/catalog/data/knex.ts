import type { CallEntry, DataEntry, Library } from '../library.js';

const database = 'knex#()';
/** Methods that narrow a query: https://knexjs.org/guide/query-builder.html#where-clauses. `undefined` in one of them throws. */
const conditions = [
  ...['where', 'andWhere', 'orWhere', 'whereIn', 'andWhereIn', 'orWhereIn', 'whereRaw', 'andWhereRaw', 'orWhereRaw'],
];
const fluent = [
  ...[
    'select',
    'column',
    'columns',
    'distinct',
    'distinctOn',
    'from',
    'into',
    'as',
    'withSchema',
    'with',
    'withRecursive',
  ],
  ...[
    'whereNot',
    'andWhereNot',
    'orWhereNot',
    'whereNotIn',
    'orWhereNotIn',
    'whereNull',
    'whereNotNull',
    'orWhereNull',
  ],
  ...['orWhereNotNull', 'whereBetween', 'whereNotBetween', 'whereLike', 'whereILike', 'orWhereLike', 'orWhereILike'],
  ...['whereExists', 'whereNotExists', 'whereColumn', 'whereJsonPath', 'whereJsonObject', 'having', 'havingRaw'],
  ...['join', 'innerJoin', 'leftJoin', 'leftOuterJoin', 'rightJoin', 'fullOuterJoin', 'crossJoin', 'joinRaw'],
  ...['orderBy', 'orderByRaw', 'groupBy', 'groupByRaw', 'limit', 'offset', 'union', 'unionAll', 'intersect'],
  ...[
    'first',
    'pluck',
    'insert',
    'update',
    'upsert',
    'del',
    'delete',
    'truncate',
    'increment',
    'decrement',
    'returning',
  ],
  ...['onConflict', 'merge', 'ignore', 'transacting', 'forUpdate', 'forShare', 'skipLocked', 'noWait', 'timeout'],
  ...['clone', 'debug', 'options', 'connection', 'clearSelect', 'clearOrder', 'throwIfNotFound', 'execute', 'stream'],
  ...['count', 'countDistinct', 'min', 'max', 'sum', 'avg'],
];

/** What Objection's queries have beside those of Knex: https://vincit.github.io/objection.js/api/query-builder */
const byKey = ['findById', 'findByIds', 'deleteById', 'patchAndFetchById', 'updateAndFetchById', 'whereComposite'];
const further = [
  ...['findOne', 'patch', 'insertAndFetch', 'insertGraph', 'insertGraphAndFetch', 'upsertGraph', 'patchAndFetch'],
  ...['updateAndFetch', 'withGraphFetched', 'withGraphJoined', 'joinRelated', 'leftJoinRelated', 'modifyGraph'],
  ...['allowGraph', 'context', 'page', 'range', 'resultSize', 'relate', 'unrelate', 'castTo', 'alias', 'skipUndefined'],
];

const query: Omit<DataEntry, 'entity'> = {
  operation: 'read',
  grows: true,
  conditions,
  fills: ['insert', 'update', 'upsert'],
  becomes: {
    ...{ insert: 'create', update: 'write', upsert: 'write', del: 'write', delete: 'write', truncate: 'write' },
    ...{ increment: 'write', decrement: 'write' },
  },
  lists: { single: ['first'] },
};

function built(path: string, methods: readonly string[], groups: readonly string[]): [string, CallEntry][] {
  return [...methods, ...groups].map((name) => [
    `${path}.${name}()`,
    groups.includes(name) ? { returns: 'receiver', groups: true } : { returns: 'receiver' },
  ]);
}

/** A builder for a table: `knex('users')`, `knex.from('users')`, `knex.select().from('users')`. */
function entriesFor(path: string, entity: DataEntry['entity']): [string, CallEntry][] {
  return [
    [path, { data: { ...query, entity } }],
    ...built(path, fluent, conditions),
    [`${path}.modify()`, { passes: 'receiver' }],
  ];
}

/** https://knexjs.org: a builder of SQL queries. */
export const knex: Library = {
  packages: ['knex'],
  same: {
    'knex#knex()': database,
    'knex#Knex()': database,
    'knex#Knex.Transaction()': database,
    'knex#().transaction()': database,
    'knex#().withUserParams()': database,
  },
  calls: Object.fromEntries([
    ...entriesFor(`${database}()`, 'argument'),
    ...entriesFor(`${database}.table()`, 'argument'),
    ...entriesFor(`${database}.from()`, 'argument'),
    ...entriesFor(`${database}.into()`, 'argument'),
    ...['select', 'distinct', 'column', 'columns'].flatMap((name) =>
      entriesFor(`${database}.${name}().from()`, 'argument'),
    ),
    [`${database}.transaction()`, { passes: database }],
    [`${database}.raw()`, { data: { operation: 'read', entity: 'sql' } }],
  ]),
};

const record = 'objection#Model.prototype';
const model: Omit<DataEntry, 'entity'> = {
  ...query,
  conditions: [...conditions, ...byKey, 'findOne'],
  fills: [
    ...['insert', 'insertAndFetch', 'insertGraph', 'update', 'updateAndFetch', 'patch', 'patchAndFetch'],
    ...['upsertGraph', 'patchAndFetchById', 'updateAndFetchById'],
  ],
  becomes: {
    ...query.becomes,
    ...{ insertAndFetch: 'create', insertGraph: 'create', insertGraphAndFetch: 'create', upsertGraph: 'write' },
    ...{ patch: 'write', patchAndFetch: 'write', patchAndFetchById: 'write', updateAndFetch: 'write' },
    ...{ updateAndFetchById: 'write', deleteById: 'write', relate: 'write', unrelate: 'write' },
  },
  lists: { single: ['first', 'findById', 'findOne', 'patchAndFetchById', 'updateAndFetchById', 'insert'] },
};

function modelQuery(path: string, entity: DataEntry['entity']): [string, CallEntry][] {
  return [
    [path, { data: { ...model, entity, records: record } }],
    ...built(path, [...fluent, ...further, ...byKey], conditions),
    [`${path}.modify()`, { passes: 'receiver' }],
  ];
}

/** https://vincit.github.io/objection.js: classes of models over Knex. */
export const objection: Library = {
  packages: ['objection'],
  calls: Object.fromEntries([
    ...modelQuery('objection#Model.query()', 'receiver'),
    ...modelQuery(`${record}.$query()`, 'receiver'),
    ...modelQuery(`${record}.$relatedQuery()`, 'argument'),
    ['objection#transaction()', { passes: database }],
    ['objection#Model.transaction()', { passes: database }],
    ['objection#Model.startTransaction()', { produces: database }],
  ]),
};
