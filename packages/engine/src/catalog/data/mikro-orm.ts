import type { CallEntry, DataEntry, Library } from '../library.js';

const core = '@mikro-orm/core';
const manager = `${core}#EntityManager()`;
const repository = `${core}#EntityRepository()`;
const builder = `${core}#QueryBuilder()`;
const drivers = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'better-sqlite', 'libsql', 'mongodb', 'mssql', 'knex'].map(
  (name) => `@mikro-orm/${name}`,
);

const operations: Readonly<Record<string, DataEntry['operation']>> = {
  find: 'read',
  findOne: 'read',
  findOneOrFail: 'read',
  findAll: 'read',
  findAndCount: 'read',
  findByCursor: 'read',
  getReference: 'read',
  refresh: 'read',
  upsert: 'write',
  upsertMany: 'write',
  insert: 'create',
  insertMany: 'create',
  nativeInsert: 'create',
  nativeUpdate: 'write',
  nativeDelete: 'write',
};
const changes: Readonly<Record<string, DataEntry['operation']>> = {
  persist: 'save',
  persistAndFlush: 'save',
  remove: 'write',
  removeAndFlush: 'write',
};

function entriesFor(path: string, entity: 'receiver' | 'argument'): Readonly<Record<string, CallEntry>> {
  const argument = entity === 'receiver' ? 0 : 1;
  return Object.fromEntries<CallEntry>([
    ...Object.entries(operations).map(([name, operation]): [string, CallEntry] => [
      `${path}.${name}()`,
      { data: { operation, entity, where: { argument }, key: { argument } } },
    ]),
    ...Object.entries(changes).map(([name, operation]): [string, CallEntry] => [
      `${path}.${name}()`,
      { data: { operation, entity } },
    ]),
  ]);
}

const conditions = ['where', 'andWhere', 'orWhere'];
const fluent = [
  ...conditions,
  'select',
  'addSelect',
  'leftJoin',
  'leftJoinAndSelect',
  'join',
  'innerJoin',
  'orderBy',
  'groupBy',
  'having',
  'limit',
  'offset',
  'populate',
  'update',
  'delete',
  'insert',
  'from',
  'clone',
];

/** https://mikro-orm.io/docs/entity-manager-api */
export const mikroOrm: Library = {
  packages: [core, ...drivers, '@mikro-orm/nestjs'],
  same: {
    ...Object.fromEntries(
      drivers.flatMap((driver) => [
        [`${driver}#EntityManager()`, manager],
        [`${driver}#SqlEntityManager()`, manager],
        [`${driver}#EntityRepository()`, repository],
        [`${driver}#SqlEntityRepository()`, repository],
        [`${driver}#MikroORM()`, `${core}#MikroORM()`],
        [`${driver}#MikroORM.init()`, `${core}#MikroORM()`],
        [`${driver}#QueryBuilder()`, builder],
      ]),
    ),
    [`${core}#MikroORM.init()`]: `${core}#MikroORM()`,
    [`${core}#MikroORM.initSync()`]: `${core}#MikroORM()`,
    [`${core}#MikroORM().em`]: manager,
    [`${manager}.fork()`]: manager,
    [`${repository}.getEntityManager()`]: manager,
    [`${repository}.em`]: manager,
    [`${manager}.createQueryBuilder()`]: builder,
    [`${manager}.qb()`]: builder,
    [`${repository}.createQueryBuilder()`]: builder,
    [`${repository}.qb()`]: builder,
  },
  calls: {
    ...entriesFor(manager, 'argument'),
    ...entriesFor(repository, 'receiver'),
    // Changes of records that were read are written by it.
    [`${manager}.flush()`]: { data: { operation: 'write', entity: 'receiver' } },
    [`${manager}.getRepository()`]: { produces: repository },
    [`${manager}.transactional()`]: { passes: 'receiver' },
    [`${manager}.getConnection().execute()`]: { data: { operation: 'read', entity: 'sql' } },
    [`${manager}.execute()`]: { data: { operation: 'read', entity: 'sql' } },
    [builder]: { aliases: true },
    ...Object.fromEntries(fluent.map((name) => [`${builder}.${name}()`, { returns: 'receiver' as const }])),
    ...Object.fromEntries(
      ['getResult', 'getResultList', 'getSingleResult', 'getResultAndCount'].map((name) => [
        `${builder}.${name}()`,
        { data: { operation: 'read' as const, entity: 'receiver' as const, conditions } },
      ]),
    ),
    [`${builder}.execute()`]: { data: { operation: 'write', entity: 'receiver', conditions } },
  },
};
