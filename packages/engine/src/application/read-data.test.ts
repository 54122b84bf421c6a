import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const folder = mkdtempSync(path.join(tmpdir(), 'read-data-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;

/** `write Order.save`, a line for each effect of the one route whose handler has the body. */
function effectsOf(head: string, body: string): readonly string[] {
  const root = path.join(folder, String(count++));
  mkdirSync(root);
  writeFileSync(path.join(root, 'package.json'), '{ "name": "orders", "dependencies": { "express": "5.3.0" } }');
  writeFileSync(
    path.join(root, 'app.ts'),
    `import express from 'express';\n${head}\nconst app = express();\napp.put('/orders/:id', async (req, res) => {\n${body}\n});\n`,
  );
  const [route] = openSession(root, { rules: [] }).application().routes;
  return (route?.effects ?? []).map(
    ({ kind, creates, name, byInput }) => `${creates ? 'creates' : kind} ${name}${byInput ? ' by input' : ''}`,
  );
}

const typeorm = `
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity() class Order { @PrimaryGeneratedColumn() id: number; @Column() total: number; }
const source = new DataSource({ type: 'postgres' });
const orders = source.getRepository(Order);`;

describe('with TypeORM', () => {
  it.each([
    ['a new record', 'await orders.save({ total: req.body.total });', ['creates Order.save by input']],
    [
      'a record that is made first',
      'await orders.save(orders.create({ total: req.body.total }));',
      ['creates Order.save by input'],
    ],
    ['an instance', 'const order = new Order(); order.total = 1; await orders.save(order);', ['creates Order.save']],
    [
      'a record that was read',
      'const order = await orders.findOneBy({ id: Number(req.params.id) }); await orders.save(order);',
      ['writes Order.save by input'],
    ],
    [
      'a record that was read and spread',
      'const order = await orders.findOneBy({ id: 1 }); await orders.save({ ...order, total: 2 });',
      ['writes Order.save'],
    ],
    [
      'a record that was merged',
      'const order = await orders.findOneBy({ id: 1 }); await source.manager.save(source.manager.merge(Order, order, req.body));',
      ['writes Order.save by input'],
    ],
    [
      'a record with its key',
      'await orders.save({ id: Number(req.params.id), total: 2 });',
      ['writes Order.save by input'],
    ],
    [
      'a built query',
      'await orders.createQueryBuilder().update().set({ total: req.body.total }).where({ id: 1 }).execute();',
      ['writes Order.execute by input'],
    ],
  ])('sees what is done to %s', (_, body, expected) => {
    expect(effectsOf(typeorm, body)).toEqual(expected);
  });
});

const mongoose = `
import { model, Schema } from 'mongoose';
const Order = model('Order', new Schema({ total: Number }));`;

describe('with Mongoose', () => {
  it.each([
    ['a new record', 'await new Order(req.body).save();', ['creates Order.save by input']],
    [
      'a record that was read',
      'const order = await Order.findById(req.params.id).exec(); await order.save();',
      ['writes Order.save by input'],
    ],
    ['each of a list', 'for (const order of await Order.find()) await order.deleteOne();', ['writes Order.deleteOne']],
    [
      'a record in a callback',
      'Order.findById(req.params.id, (error, order) => { order.remove(); });',
      ['writes Order.remove by input'],
    ],
  ])('sees what is done to %s', (_, body, expected) => {
    expect(effectsOf(mongoose, body)).toEqual(expected);
  });
});

const sequelize = `
import { DataTypes, Sequelize } from 'sequelize';
const sequelize = new Sequelize('postgres://localhost/orders');
const Order = sequelize.define('Order', { total: DataTypes.INTEGER });`;

describe('with Sequelize', () => {
  it.each([
    ['a new record', 'await Order.build({ total: 1 }).save();', ['creates Order.save']],
    [
      'a record that was read',
      'const order = await Order.findByPk(req.params.id); await order.update({ total: 1 });',
      ['writes Order.update by input'],
    ],
    [
      'a record of a page',
      'const { rows } = await Order.findAndCountAll(); await rows[0].destroy();',
      ['writes Order.destroy'],
    ],
    [
      'a transaction',
      'res.json(await sequelize.transaction(async () => Order.findAll({ where: { total: req.query.total } })));',
      ['reads Order.findAll by input'],
    ],
    [
      'a statement',
      "await sequelize.query('UPDATE orders SET total = 1 WHERE id = ?', { replacements: [req.params.id] });",
      ['writes orders.query by input'],
    ],
  ])('sees what is done to %s', (_, body, expected) => {
    expect(effectsOf(sequelize, body)).toEqual(expected);
  });
});
