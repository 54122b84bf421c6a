import { describe, expect, it } from 'vitest';
import { AccessPath } from '../program/access-path.js';
import { Catalog } from './catalog.js';
import { libraries } from './libraries.js';

const catalog = new Catalog(libraries);
const operationOf = (path: string) => catalog.find(AccessPath.of(path))?.data?.operation;

describe('a path of the catalog', () => {
  it.each([
    ['mongoose#model().findOne()', 'read'],
    ['mongoose#createConnection().model().findOne()', 'read'],
    ['mongoose#model().findOne().save()', 'write'],
    ['mongoose#model().find().[].save()', 'write'],
    ['mongoose#model().find().forEach().[].deleteOne()', 'write'],
    ['mongoose#model()().save()', 'create'],
    ['sequelize#().define().findByPk().destroy()', 'write'],
    ['sequelize#().define().build().save()', 'create'],
    ['sequelize#Model.findAndCountAll().rows.0.update()', 'write'],
    ['typeorm#DataSource().manager.findOneBy()', 'read'],
    ['typeorm#getConnection().createQueryRunner().manager.save()', 'save'],
    ['typeorm#DataSource().createQueryBuilder().getOne()', 'read'],
    ['pg#Pool().connect().query()', 'read'],
    ['mysql2/promise#createPool().getConnection().execute()', 'read'],
    ['@mikro-orm/postgresql#MikroORM.init().em.fork().findOne()', 'read'],
    ['@prisma/client#Prisma.TransactionClient().user.delete()', 'write'],
    ['kysely#Kysely().selectFrom().executeTakeFirst()', 'read'],
  ])('finds what %s does', (path, operation) => {
    expect(operationOf(path)).toBe(operation);
  });

  it.each([
    'mongoose#model().find().map()',
    'mongoose#model().find().[]',
    'mongoose#model().findOne().name',
    'sequelize#().define()',
    'typeorm#Repository().find().length',
    'unheard-of#model().find()',
  ])('finds nothing in %s', (path) => {
    expect(operationOf(path)).toBeUndefined();
  });
});
