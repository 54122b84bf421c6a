import type { CallEntry, Library } from '../library.js';

const manager = (operation: 'read' | 'write' | 'create'): CallEntry => ({
  data: { operation, entity: 'argument', where: { argument: 1 }, key: { argument: 1 } },
});
const repository = (operation: 'read' | 'write' | 'create'): CallEntry => ({
  data: { operation, entity: 'receiver', where: { argument: 0 }, key: { argument: 0 } },
});
const operations = {
  find: 'read',
  findOne: 'read',
  findOneOrFail: 'read',
  findAll: 'read',
  findAndCount: 'read',
  nativeUpdate: 'write',
  nativeDelete: 'write',
  nativeInsert: 'create',
} as const;

/** https://mikro-orm.io/docs/entity-manager-api */
export const mikroOrm: Library = {
  packages: ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/nestjs', '@mikro-orm/knex'],
  calls: Object.fromEntries(
    ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/knex'].flatMap((name) => [
      ...Object.entries(operations).flatMap(([method, operation]) => [
        [`${name}#EntityManager().${method}()`, manager(operation)] as const,
        [`${name}#EntityRepository().${method}()`, repository(operation)] as const,
      ]),
      ...['persistAndFlush', 'persist', 'flush', 'removeAndFlush', 'remove'].flatMap((method) => [
        [`${name}#EntityManager().${method}()`, { data: { operation: method.startsWith('remove') ? 'write' : 'create', entity: 'argument' } } as const] as const,
        [`${name}#EntityRepository().${method}()`, { data: { operation: method.startsWith('remove') ? 'write' : 'create', entity: 'receiver' } } as const] as const,
      ]),
      [`${name}#EntityManager().getConnection().execute()`, { data: { operation: 'write', entity: 'sql' } } as const] as const,
    ]),
  ),
};
