import type { CallEntry, DataEntry, Library } from '../library.js';

const record = 'typeorm#BaseEntity.prototype';
const findOptions = [
  ...[
    'where',
    'relations',
    'select',
    'order',
    'cache',
    'lock',
    'withDeleted',
    'loadEagerRelations',
    'transaction',
    'join',
  ],
  ...['loadRelationIds', 'relationLoadStrategy', 'comment', 'skip', 'take'],
];

/** What each method does; `filter` says what its first argument is: options with `where`, columns, or the key. */
const methods: Readonly<
  Record<
    string,
    {
      readonly operation: DataEntry['operation'];
      readonly filter?: 'options' | 'columns' | 'keys';
      readonly tallies?: boolean;
    }
  >
> = {
  find: { operation: 'read', filter: 'options' },
  findBy: { operation: 'read', filter: 'columns' },
  findAndCount: { operation: 'read', filter: 'options' },
  findAndCountBy: { operation: 'read', filter: 'columns' },
  findOne: { operation: 'read', filter: 'options' },
  findOneOrFail: { operation: 'read', filter: 'options' },
  findOneBy: { operation: 'read', filter: 'columns' },
  findOneByOrFail: { operation: 'read', filter: 'columns' },
  findOneById: { operation: 'read', filter: 'keys' },
  findByIds: { operation: 'read', filter: 'keys' },
  preload: { operation: 'read', filter: 'columns' },
  findTrees: { operation: 'read' },
  count: { operation: 'read', filter: 'options', tallies: true },
  countBy: { operation: 'read', filter: 'columns', tallies: true },
  exists: { operation: 'read', filter: 'options', tallies: true },
  existsBy: { operation: 'read', filter: 'columns', tallies: true },
  exist: { operation: 'read', filter: 'options', tallies: true },
  save: { operation: 'save' },
  insert: { operation: 'create' },
  upsert: { operation: 'write' },
  update: { operation: 'write', filter: 'columns' },
  delete: { operation: 'write', filter: 'columns' },
  softDelete: { operation: 'write', filter: 'columns' },
  restore: { operation: 'write', filter: 'columns' },
  increment: { operation: 'write', filter: 'columns' },
  decrement: { operation: 'write', filter: 'columns' },
  remove: { operation: 'write' },
  softRemove: { operation: 'write' },
  recover: { operation: 'write' },
  clear: { operation: 'write' },
};

function entriesFor(path: string, entity: 'receiver' | 'argument'): Readonly<Record<string, CallEntry>> {
  const argument = entity === 'receiver' ? 0 : 1;
  return Object.fromEntries(
    Object.entries(methods).map(([name, { operation, filter, tallies }]) => [
      `${path}.${name}()`,
      {
        data: {
          operation,
          entity,
          ...(operation === 'read' && !tallies ? { records: record } : {}),
          ...(tallies ? { tallies } : {}),
          // Up to 0.3; 1.0 throws: https://typeorm.io/docs/data-source/null-and-undefined-handling
          ...(filter === undefined ? {} : { dropsUndefined: true }),
          ...(filter === 'options'
            ? { where: { argument, property: 'where' }, key: { argument }, options: findOptions }
            : {}),
          ...(filter === 'columns' ? { where: { argument }, key: { argument } } : {}),
          ...(filter === 'keys' ? { key: { argument } } : {}),
        },
      },
    ]),
  );
}

const builder = 'typeorm#QueryBuilder()';
/** https://typeorm.io/docs/query-builder/select-query-builder/#adding-where-expression */
const whereReplaces = true;
const conditions = [
  'where',
  'andWhere',
  'orWhere',
  'whereInIds',
  'andWhereInIds',
  'orWhereInIds',
  'having',
  'andHaving',
];
const fluent = [
  ...conditions,
  ...['select', 'addSelect', 'distinct', 'distinctOn', 'from', 'addFrom', 'of', 'relation'],
  ...[
    'leftJoinAndSelect',
    'innerJoinAndSelect',
    'leftJoin',
    'innerJoin',
    'leftJoinAndMapOne',
    'leftJoinAndMapMany',
    'innerJoinAndMapOne',
    'innerJoinAndMapMany',
    'loadRelationCountAndMap',
  ],
  ...[
    'orderBy',
    'addOrderBy',
    'groupBy',
    'addGroupBy',
    'skip',
    'take',
    'limit',
    'offset',
    'withDeleted',
    'setParameter',
    'setParameters',
  ],
  ...[
    'insert',
    'update',
    'delete',
    'softDelete',
    'restore',
    'into',
    'values',
    'set',
    'orUpdate',
    'orIgnore',
    'returning',
    'output',
  ],
  ...[
    'cache',
    'setLock',
    'setOnLocked',
    'useTransaction',
    'printSql',
    'callListeners',
    'clone',
    'comment',
    'setFindOptions',
    'addCommonTableExpression',
  ],
];
const readers = [
  'getOne',
  'getOneOrFail',
  'getMany',
  'getManyAndCount',
  'getRawOne',
  'getRawMany',
  'getRawAndEntities',
  'stream',
];

const sql: CallEntry = { data: { operation: 'read', entity: 'sql' } };
const repository: CallEntry = { produces: 'typeorm#Repository()' };
const transaction: CallEntry = { passes: 'typeorm#EntityManager()' };

/** https://typeorm.io: repositories, entity managers, query builders and the active record. */
export const typeorm: Library = {
  packages: ['typeorm', '@nestjs/typeorm'],
  same: {
    'typeorm#Connection()': 'typeorm#DataSource()',
    'typeorm#getConnection()': 'typeorm#DataSource()',
    'typeorm#createConnection()': 'typeorm#DataSource()',
    'typeorm#getDataSource()': 'typeorm#DataSource()',
    'typeorm#DataSource().initialize()': 'typeorm#DataSource()',
    'typeorm#DataSource().connect()': 'typeorm#DataSource()',
    'typeorm#EntityManager().connection': 'typeorm#DataSource()',
    'typeorm#DataSource().createQueryRunner()': 'typeorm#QueryRunner()',
    'typeorm#QueryRunner().connection': 'typeorm#DataSource()',
    'typeorm#getManager()': 'typeorm#EntityManager()',
    'typeorm#DataSource().manager': 'typeorm#EntityManager()',
    'typeorm#DataSource().createEntityManager()': 'typeorm#EntityManager()',
    'typeorm#QueryRunner().manager': 'typeorm#EntityManager()',
    'typeorm#Repository().manager': 'typeorm#EntityManager()',
    'typeorm#MongoEntityManager()': 'typeorm#EntityManager()',
    'typeorm#TreeRepository()': 'typeorm#Repository()',
    'typeorm#MongoRepository()': 'typeorm#Repository()',
    'typeorm#AbstractRepository().repository': 'typeorm#Repository()',
    'typeorm#AbstractRepository().manager': 'typeorm#EntityManager()',
    'typeorm#BaseEntity.getRepository()': 'typeorm#Repository()',
    'typeorm#SelectQueryBuilder()': builder,
    'typeorm#UpdateQueryBuilder()': builder,
    'typeorm#DeleteQueryBuilder()': builder,
    'typeorm#InsertQueryBuilder()': builder,
    'typeorm#Repository().createQueryBuilder()': builder,
    'typeorm#EntityManager().createQueryBuilder()': builder,
    'typeorm#DataSource().createQueryBuilder()': builder,
    'typeorm#QueryRunner().createQueryBuilder()': builder,
    'typeorm#BaseEntity.createQueryBuilder()': builder,
    'typeorm#getRepository().createQueryBuilder()': builder,
  },
  calls: {
    ...entriesFor('typeorm#Repository()', 'receiver'),
    ...entriesFor('typeorm#BaseEntity', 'receiver'),
    ...entriesFor('typeorm#EntityManager()', 'argument'),
    'typeorm#BaseEntity().save()': { data: { operation: 'create', entity: 'receiver' } },
    ...Object.fromEntries(
      ['save', 'remove', 'softRemove', 'recover'].map((name) => [
        `${record}.${name}()`,
        { data: { operation: 'write' as const, entity: 'receiver' as const } },
      ]),
    ),
    [builder]: { aliases: true },
    ...Object.fromEntries(fluent.map((name) => [`${builder}.${name}()`, { returns: 'receiver' as const }])),
    ...Object.fromEntries(
      readers.map((name) => [
        `${builder}.${name}()`,
        {
          data: { operation: 'read' as const, entity: 'receiver' as const, conditions, whereReplaces, records: record },
        },
      ]),
    ),
    [`${builder}.execute()`]: { data: { operation: 'write', entity: 'receiver', conditions, whereReplaces } },
    [`${builder}.getCount()`]: {
      data: { operation: 'read', entity: 'receiver', conditions, whereReplaces, tallies: true },
    },
    [`${builder}.getExists()`]: {
      data: { operation: 'read', entity: 'receiver', conditions, whereReplaces, tallies: true },
    },
    'typeorm#EntityManager().getRepository()': repository,
    'typeorm#EntityManager().getTreeRepository()': repository,
    'typeorm#EntityManager().getMongoRepository()': repository,
    'typeorm#EntityManager().withRepository()': { returns: 0 },
    'typeorm#DataSource().getRepository()': repository,
    'typeorm#DataSource().getTreeRepository()': repository,
    'typeorm#DataSource().getMongoRepository()': repository,
    'typeorm#getRepository()': repository,
    'typeorm#getTreeRepository()': repository,
    'typeorm#EntityManager().transaction()': transaction,
    'typeorm#DataSource().transaction()': transaction,
    'typeorm#DataSource().query()': sql,
    'typeorm#EntityManager().query()': sql,
    'typeorm#QueryRunner().query()': sql,
    'typeorm#Repository().query()': sql,
    ...Object.fromEntries(
      ['In', 'Equal', 'Any', 'ArrayContains'].map((name) => [`typeorm#${name}()`, { converts: 0 }]),
    ),
  },
};
