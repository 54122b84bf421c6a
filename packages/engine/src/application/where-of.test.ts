import { describe, expect, it } from 'vitest';
import { Catalog } from '../catalog/catalog.js';
import { libraries } from '../catalog/libraries.js';
import { extractFacts } from '../facts/extract-facts.js';
import { Interpreter } from '../program/interpreter.js';
import { externalValue, optionsOf, type Value } from '../program/value.js';
import { CatalogSemantics } from './catalog-semantics.js';
import { sequelizeShape } from './shapes/sequelize-shape.js';
import { typeormShape } from './shapes/typeorm-shape.js';
import { alternativesOf, type Alternative } from './where-of.js';

/** The ways in which the first query of a handler chooses its records. */
function waysOf(head: string, body: string): readonly Alternative[] {
  const facts = extractFacts('app.ts', `${head}\nexport async function handle(req) { ${body} }`);
  const semantics = new CatalogSemantics(new Catalog(libraries), [], [sequelizeShape, typeormShape]);
  const interpreter = new Interpreter(new Map([[facts.path, facts]]), () => undefined, semantics);
  semantics.interpreter = interpreter;
  const record = interpreter.module(facts.path);
  const handle = record && interpreter.exported(record, 'handle');
  if (handle?.kind !== 'function') throw new Error('there is no handler');
  const origin = { file: facts, span: handle.facts };
  const request = externalValue('express#Request', origin);
  for (const { call } of interpreter.follow(handle, { kind: 'undefined' }, [request], origin, []).events) {
    const data = semantics.catalog.find(call.at)?.data;
    if (data) return alternativesOf(call, data);
  }
  throw new Error('there is no query');
}

/** `id=params.id owner=user.id`, a text for each way. */
function print({ columns, bySetting }: Alternative): string {
  const names = columns.map(({ column = 'key', owner, value }) => {
    const name = owner === undefined ? column : `${owner}.${column}`;
    return `${name}=${optionsOf(value)
      .map((option) => nameOf(option.value))
      .join('|')}`;
  });
  return [...names, ...(bySetting ? ['by setting'] : [])].join(' ');
}

function nameOf(value: Value): string {
  if (value.kind === 'external') return value.path.replace('express#Request.', '').replace('global#', '');
  return value.kind === 'literal' ? JSON.stringify(value.value) : value.kind;
}

const prisma = `import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();`;

describe('with Prisma', () => {
  it.each([
    ['no filter', `{}`, ['']],
    ['a key', `{ where: { id: req.params.id } }`, ['id=params.id']],
    ['two columns', `{ where: { id: req.params.id, ownerId: req.user.id } }`, ['id=params.id ownerId=user.id']],
    ['a relation', `{ where: { id: req.params.id, owner: { id: req.user.id } } }`, ['id=params.id owner.id=user.id']],
    [
      'a key of two columns',
      `{ where: { id_ownerId: { id: req.params.id, ownerId: req.user.id } } }`,
      ['id=params.id ownerId=user.id'],
    ],
    ['a list', `{ where: { id: { in: req.body.ids } } }`, ['id=body.ids']],
    [
      'a comparison that names no record',
      `{ where: { id: req.params.id, ownerId: { not: req.user.id } } }`,
      ['id=params.id'],
    ],
    [
      'OR',
      `{ where: { id: req.params.id, OR: [{ ownerId: req.user.id }, { shared: true }] } }`,
      ['id=params.id ownerId=user.id', 'id=params.id shared=true'],
    ],
    ['AND', `{ where: { AND: [{ id: req.params.id }, { ownerId: req.user.id }] } }`, ['id=params.id ownerId=user.id']],
    [
      'OR of AND',
      `{ where: { OR: [{ AND: [{ id: req.params.id }, { ownerId: req.user.id }] }, { code: req.body.code }] } }`,
      ['id=params.id ownerId=user.id', 'code=body.code'],
    ],
    ['a spread', `{ where: { id: req.params.id, ...{ ownerId: req.user.id } } }`, ['id=params.id ownerId=user.id']],
    [
      'a column that is there or not',
      `{ where: { id: req.params.id, ...(req.user.isAdmin ? {} : { ownerId: req.user.id }) } }`,
      ['id=params.id', 'id=params.id ownerId=user.id'],
    ],
    [
      'the same, with &&',
      `{ where: { id: req.params.id, ...(req.query.mine && { ownerId: req.user.id }) } }`,
      ['id=params.id', 'id=params.id ownerId=user.id'],
    ],
    [
      'a column that a setting drops',
      `{ where: { id: req.params.id, ...(process.env.OPEN ? {} : { ownerId: req.user.id }) } }`,
      ['id=params.id by setting', 'id=params.id ownerId=user.id by setting'],
    ],
    [
      'one filter or another',
      `{ where: req.user.isAdmin ? { id: req.params.id } : { id: req.params.id, ownerId: req.user.id } }`,
      ['id=params.id', 'id=params.id ownerId=user.id'],
    ],
    [
      'a value of one column',
      `{ where: { id: req.params.id, ownerId: req.query.owner ?? req.user.id } }`,
      ['id=params.id ownerId=query.owner|user.id'],
    ],
  ])('%s', (_, query, expected) => {
    expect(waysOf(prisma, `await prisma.order.findFirst(${query});`).map(print)).toEqual(expected);
  });

  it('keeps the test that leads to each way', () => {
    const [without] = waysOf(
      prisma,
      `await prisma.order.findMany({ where: { ...(req.user.isAdmin ? {} : { ownerId: req.user.id }) } });`,
    );
    expect(without?.condition?.truthy).toBe(true);
    expect(without?.condition?.values.map(nameOf)).toEqual(['user.isAdmin']);
  });

  it('is bounded', () => {
    const pairs = Array.from({ length: 20 }, (_, at) => `{ OR: [{ a${String(at)}: 1 }, { b${String(at)}: 1 }] }`);
    expect(waysOf(prisma, `await prisma.order.findMany({ where: { AND: [${pairs.join()}] } });`).length).toBeLessThan(
      100,
    );
  });
});

const typeorm = `import { DataSource } from 'typeorm'; class Order {}
const orders = new DataSource({ type: 'postgres' }).getRepository(Order);`;

describe('with TypeORM', () => {
  it.each([
    [
      'a list of filters',
      `orders.find({ where: [{ id: req.params.id }, { owner: { id: req.user.id } }] })`,
      ['id=params.id', 'owner.id=user.id'],
    ],
    [
      'where and andWhere',
      `orders.createQueryBuilder('o').where('o.id = :id', { id: req.params.id }).andWhere('o.ownerId = :owner', { owner: req.user.id }).getOne()`,
      ['o.id=params.id o.ownerId=user.id'],
    ],
    [
      'orWhere',
      `orders.createQueryBuilder('o').where('o.id = :id', { id: req.params.id }).orWhere('o.ownerId = :owner', { owner: req.user.id }).getOne()`,
      ['o.id=params.id', 'o.ownerId=user.id'],
    ],
    [
      'where, which replaces',
      `orders.createQueryBuilder('o').where('o.ownerId = :owner', { owner: req.user.id }).where('o.id = :id', { id: req.params.id }).getOne()`,
      ['o.id=params.id'],
    ],
    [
      'OR in a text',
      `orders.createQueryBuilder('o').where('o.id = :id AND (o.ownerId = :owner OR o.shared = true)', { id: req.params.id, owner: req.user.id }).getOne()`,
      ['o.id=params.id o.ownerId=user.id', 'o.id=params.id'],
    ],
    ['a key', `orders.delete(req.params.id)`, ['key=params.id']],
  ])('%s', (_, query, expected) => {
    expect(waysOf(typeorm, `await ${query};`).map(print)).toEqual(expected);
  });
});

const mongoose = `import { model, Schema } from 'mongoose'; const Order = model('Order', new Schema({}));`;

describe('with Mongoose', () => {
  it.each([
    [
      '$or',
      `Order.findOne({ _id: req.params.id, $or: [{ owner: req.user.id }, { shared: true }] })`,
      ['_id=params.id owner=user.id', '_id=params.id shared=true'],
    ],
    [
      '$and',
      `Order.findOne({ $and: [{ _id: req.params.id }, { owner: req.user.id }] })`,
      ['_id=params.id owner=user.id'],
    ],
    ['$eq and $ne', `Order.findOne({ _id: { $eq: req.params.id }, owner: { $ne: req.user.id } })`, ['_id=params.id']],
    ['a key', `Order.findById(req.params.id)`, ['key=params.id']],
  ])('%s', (_, query, expected) => {
    expect(waysOf(mongoose, `await ${query};`).map(print)).toEqual(expected);
  });
});

describe('with SQL', () => {
  const pg = `import { Pool } from 'pg'; const pool = new Pool();`;

  it.each([
    [
      'parameters',
      `'SELECT 1 FROM orders WHERE id = $1 AND owner = $2', [req.params.id, req.user.id]`,
      ['id=params.id owner=user.id'],
    ],
    [
      'OR',
      `'SELECT 1 FROM orders WHERE id = $1 AND (owner = $2 OR shared)', [req.params.id, req.user.id]`,
      ['id=params.id owner=user.id', 'id=params.id'],
    ],
    [
      'an outer join',
      `'SELECT 1 FROM orders o LEFT JOIN users u ON u.id = $2 WHERE o.id = $1', [req.params.id, req.user.id]`,
      ['o.id=params.id'],
    ],
    [
      'a text with holes',
      '`SELECT 1 FROM orders WHERE id = ${req.params.id} AND owner = ${req.user.id}`',
      ['id=params.id owner=user.id'],
    ],
    [
      'a part that is there or not',
      "`SELECT 1 FROM orders WHERE id = ${req.params.id} ${req.user.isAdmin ? '' : 'AND owner = 1'}`",
      ['id=params.id'],
    ],
  ])('%s', (_, args, expected) => {
    expect(waysOf(pg, `await pool.query(${args});`).map(print)).toEqual(expected);
  });
});
