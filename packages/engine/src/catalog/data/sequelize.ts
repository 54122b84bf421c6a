import type { CallEntry, Library } from '../library.js';

const where = { argument: 0, property: 'where' };
const statics: Readonly<Record<string, CallEntry>> = {
  findByPk: { data: { operation: 'read', entity: 'receiver', key: { argument: 0 } } },
  findById: { data: { operation: 'read', entity: 'receiver', key: { argument: 0 } } },
  findOne: { data: { operation: 'read', entity: 'receiver', where } },
  find: { data: { operation: 'read', entity: 'receiver', where } },
  findAll: { data: { operation: 'read', entity: 'receiver', where } },
  findAndCountAll: { data: { operation: 'read', entity: 'receiver', where } },
  findOrCreate: { data: { operation: 'create', entity: 'receiver', where } },
  create: { data: { operation: 'create', entity: 'receiver' } },
  bulkCreate: { data: { operation: 'create', entity: 'receiver' } },
  upsert: { data: { operation: 'write', entity: 'receiver' } },
  update: { data: { operation: 'write', entity: 'receiver', where: { argument: 1, property: 'where' } } },
  destroy: { data: { operation: 'write', entity: 'receiver', where } },
  increment: { data: { operation: 'write', entity: 'receiver', where: { argument: 1, property: 'where' } } },
};
const models = ['sequelize#Model', 'sequelize#Sequelize().define()', 'sequelize#().define()', 'sequelize-typescript#Model', '?.define()', 'sequelize#Model()'];
const clients = ['sequelize#Sequelize()', 'sequelize#()', 'sequelize-typescript#Sequelize()'];

/** https://sequelize.org/docs/v6/core-concepts/model-querying-basics */
export const sequelize: Library = {
  packages: ['sequelize', 'sequelize-typescript', '@nestjs/sequelize'],
  calls: {
    ...Object.fromEntries(
      models.flatMap((model) => Object.entries(statics).map(([name, entry]) => [`${model}.${name}()`, entry])),
    ),
    ...Object.fromEntries(
      clients.flatMap((client) => [
        [`${client}.query()`, { data: { operation: 'write' as const, entity: 'sql' as const } }],
        [`${client}.transaction()`, {}],
      ]),
    ),
  },
};
