import type { CallEntry, Library } from '../library.js';

const first = { argument: 0 };
const options = { argument: 0, property: 'where' };

const repository: Readonly<Record<string, CallEntry>> = {
  find: { data: { operation: 'read', entity: 'receiver', where: options } },
  findBy: { data: { operation: 'read', entity: 'receiver', where: first } },
  findAndCount: { data: { operation: 'read', entity: 'receiver', where: options } },
  findAndCountBy: { data: { operation: 'read', entity: 'receiver', where: first } },
  findOne: { data: { operation: 'read', entity: 'receiver', where: options } },
  findOneOrFail: { data: { operation: 'read', entity: 'receiver', where: options } },
  findOneBy: { data: { operation: 'read', entity: 'receiver', where: first } },
  findOneByOrFail: { data: { operation: 'read', entity: 'receiver', where: first } },
  findOneById: { data: { operation: 'read', entity: 'receiver', key: first } },
  findByIds: { data: { operation: 'read', entity: 'receiver', key: first } },
  exists: {},
  existsBy: {},
  count: {},
  save: { data: { operation: 'create', entity: 'receiver' } },
  insert: { data: { operation: 'create', entity: 'receiver' } },
  upsert: { data: { operation: 'write', entity: 'receiver' } },
  update: { data: { operation: 'write', entity: 'receiver', where: first, key: first } },
  delete: { data: { operation: 'write', entity: 'receiver', where: first, key: first } },
  softDelete: { data: { operation: 'write', entity: 'receiver', where: first, key: first } },
  restore: { data: { operation: 'write', entity: 'receiver', where: first, key: first } },
  remove: { data: { operation: 'write', entity: 'receiver' } },
};

const builder = ['select', 'addSelect', 'leftJoinAndSelect', 'innerJoinAndSelect', 'leftJoin', 'innerJoin', 'where', 'andWhere', 'orWhere', 'orderBy', 'addOrderBy', 'skip', 'take', 'limit', 'offset', 'from', 'set', 'groupBy', 'searchByString', 'withDeleted', 'setParameter', 'setParameters', 'into', 'values', 'returning', 'cache'];
const readers = ['getOne', 'getOneOrFail', 'getMany', 'getManyAndCount', 'getRawOne', 'getRawMany', 'stream'];

/** https://typeorm.io: repositories, entity managers and the active record. */
export const typeorm: Library = {
  packages: ['typeorm', '@nestjs/typeorm'],
  calls: {
    ...Object.fromEntries(Object.entries(repository).map(([name, entry]) => [`typeorm#Repository().${name}()`, entry])),
    ...Object.fromEntries(Object.entries(repository).map(([name, entry]) => [`typeorm#BaseEntity.${name}()`, entry])),
    ...Object.fromEntries(
      ['find', 'findOne', 'findOneBy', 'findOneOrFail', 'findOneByOrFail', 'findBy'].map((name) => [
        `typeorm#EntityManager().${name}()`,
        {
          data: {
            operation: 'read' as const,
            entity: 'argument' as const,
            where: name.includes('By') ? { argument: 1 } : { argument: 1, property: 'where' },
          },
        },
      ]),
    ),
    ...Object.fromEntries(
      ['update', 'delete', 'softDelete'].map((name) => [
        `typeorm#EntityManager().${name}()`,
        { data: { operation: 'write' as const, entity: 'argument' as const, where: { argument: 1 }, key: { argument: 1 } } },
      ]),
    ),
    'typeorm#EntityManager().save()': { data: { operation: 'create', entity: 'argument' } },
    'typeorm#EntityManager().getRepository()': { produces: 'typeorm#Repository()' },
    'typeorm#EntityManager().transaction()': { passesReceiver: true },
    'typeorm#DataSource().getRepository()': { produces: 'typeorm#Repository()' },
    'typeorm#DataSource().getTreeRepository()': { produces: 'typeorm#Repository()' },
    'typeorm#getRepository()': { produces: 'typeorm#Repository()' },
    'typeorm#getConnection()': { produces: 'typeorm#DataSource()' },
    'typeorm#createConnection()': { produces: 'typeorm#DataSource()' },
    'typeorm#Connection().getRepository()': { produces: 'typeorm#Repository()' },
    'typeorm#DataSource().query()': { data: { operation: 'write', entity: 'sql' } },
    'typeorm#EntityManager().query()': { data: { operation: 'write', entity: 'sql' } },
    'typeorm#Repository().query()': { data: { operation: 'write', entity: 'sql' } },
    'typeorm#Repository().create()': {},
    'typeorm#Repository().createQueryBuilder()': {},
    ...Object.fromEntries(
      builder.map((name) => [`typeorm#Repository().createQueryBuilder().${name}()`, { returns: 'receiver' as const }]),
    ),
    ...Object.fromEntries(
      readers.map((name) => [
        `typeorm#Repository().createQueryBuilder().${name}()`,
        { data: { operation: 'read' as const, entity: 'receiver' as const } },
      ]),
    ),
    'typeorm#Repository().createQueryBuilder().update()': { returns: 'receiver' },
    'typeorm#Repository().createQueryBuilder().delete()': { returns: 'receiver' },
    'typeorm#Repository().createQueryBuilder().execute()': { data: { operation: 'write', entity: 'receiver' } },
  },
};
