import type { CallEntry, Library } from '../library.js';

const where = { argument: 0, property: 'where' };
const model = 'sequelize#Model';
const record = 'sequelize#Model.prototype';
const statics: Readonly<Record<string, CallEntry>> = {
  findByPk: { data: { operation: 'read', entity: 'receiver', key: { argument: 0 }, records: record } },
  findById: { data: { operation: 'read', entity: 'receiver', key: { argument: 0 }, records: record } },
  findByPrimary: { data: { operation: 'read', entity: 'receiver', key: { argument: 0 }, records: record } },
  findOne: { data: { operation: 'read', entity: 'receiver', where, records: record } },
  find: { data: { operation: 'read', entity: 'receiver', where, records: record } },
  findAll: { data: { operation: 'read', entity: 'receiver', where, records: record } },
  findAndCountAll: { data: { operation: 'read', entity: 'receiver', where, records: record } },
  count: { data: { operation: 'read', entity: 'receiver', where, tallies: true } },
  findOrCreate: { data: { operation: 'create', entity: 'receiver', where, records: record } },
  findOrBuild: { data: { operation: 'read', entity: 'receiver', where, records: record } },
  create: { data: { operation: 'create', entity: 'receiver', records: record } },
  bulkCreate: { data: { operation: 'create', entity: 'receiver', records: record } },
  upsert: { data: { operation: 'write', entity: 'receiver' } },
  update: { data: { operation: 'write', entity: 'receiver', where: { argument: 1, property: 'where' } } },
  destroy: { data: { operation: 'write', entity: 'receiver', where } },
  restore: { data: { operation: 'write', entity: 'receiver', where } },
  truncate: { data: { operation: 'write', entity: 'receiver' } },
  increment: { data: { operation: 'write', entity: 'receiver', where: { argument: 1, property: 'where' } } },
  decrement: { data: { operation: 'write', entity: 'receiver', where: { argument: 1, property: 'where' } } },
};
const changes = ['save', 'update', 'updateAttributes', 'destroy', 'restore', 'increment', 'decrement'];
const changesRecord: CallEntry = { data: { operation: 'write', entity: 'receiver' } };
const client = 'sequelize#Sequelize()';

/** https://sequelize.org/docs/v6/core-concepts/model-querying-basics */
export const sequelize: Library = {
  packages: ['sequelize', 'sequelize-typescript', '@nestjs/sequelize'],
  same: {
    'sequelize#()': client,
    'sequelize-typescript#Sequelize()': client,
    'sequelize#Sequelize().Sequelize()': client,
    'sequelize-typescript#Model': model,
    'sequelize#ModelStatic()': model,
    'sequelize#ModelCtor()': model,
    '?.define()': model,
    ...Object.fromEntries(['define()', 'model()'].map((name) => [`${client}.${name}`, model])),
    [`${model}.build()`]: `${model}()`,
    'sequelize-typescript#Sequelize().getRepository()': model,
    'sequelize#Sequelize().getRepository()': model,
  },
  calls: {
    ...Object.fromEntries(
      Object.entries(statics).flatMap(([name, entry]) =>
        ['', '.scope()', '.withScope()'].map((scope) => [`${model}${scope}.${name}()`, entry] as const),
      ),
    ),
    ...Object.fromEntries(changes.map((name) => [`${record}.${name}()`, changesRecord])),
    [`${model}().save()`]: { data: { operation: 'create', entity: 'receiver' } },
    [`${client}.query()`]: { data: { operation: 'read', entity: 'sql' } },
    // What it is called with says how the model is narrowed, not which one it is.
    [`${model}.scope()`]: { aliases: true },
    [`${model}.withScope()`]: { aliases: true },
    ...Object.fromEntries(
      ['unscoped', 'schema'].map((name) => [`${model}.${name}()`, { returns: 'receiver' as const }]),
    ),
    // Without a function among its arguments it gives a transaction.
    [`${client}.transaction()`]: { passes: 'sequelize#Transaction()' },
    'sequelize#literal()': { converts: 0 },
    [`${client}.literal()`]: { converts: 0 },
    'sequelize#Sequelize.literal()': { converts: 0 },
  },
};
