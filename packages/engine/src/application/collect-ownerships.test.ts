import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const root = mkdtempSync(join(tmpdir(), 'blastradius-ownerships-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Whose the records of an entity are: the column, and what it says of them. */
function ownershipOf(entity: string, schema: string, routes: string): string {
  const session = openSession(root, { rules: [] });
  session.update('schema.prisma', schema);
  session.update(
    'app.ts',
    `import express from 'express';
import jwt from 'jsonwebtoken';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const app = express();
function requireUser(req, res, next) {
  req.user = jwt.verify(req.headers.authorization, process.env.JWT_KEY);
  next();
}
${routes}`,
  );
  const found = session.application().ownershipOf(entity);
  if (!found) return 'none';
  const { column, isAccount, isPrivate } = found;
  return [column, ...(isAccount ? ['account'] : []), ...(isPrivate ? ['private'] : [])].join(' ');
}

const plain = 'model Order { id Int @id\n total Int }';

describe('by what the routes do', () => {
  it.each([
    [
      'nothing',
      `app.get('/a/:id', requireUser, async (req, res) => res.json(await prisma.order.findUnique({ where: { id: req.params.id } })));`,
      'none',
    ],
    [
      'a look-up by the caller',
      `app.get('/a', requireUser, async (req, res) => res.json(await prisma.order.findMany({ where: { buyer: req.user.id } })));`,
      'buyer private',
    ],
    [
      'a comparison with the caller',
      `app.get('/a/:id', requireUser, async (req, res) => { const order = await prisma.order.findUnique({ where: { id: req.params.id } }); if (order.buyer !== req.user.id) return res.sendStatus(403); res.json(order); });`,
      'buyer private',
    ],
    [
      'a record that is made for the caller',
      `app.post('/a', requireUser, async (req, res) => res.json(await prisma.order.create({ data: { createdBy: req.user.id } })));`,
      'createdBy',
    ],
    [
      'a record that merely mentions the caller',
      `app.post('/a', requireUser, async (req, res) => res.json(await prisma.order.create({ data: { greeting: req.user.name } })));`,
      'none',
    ],
    [
      'a record made for the caller, and looked up by the caller',
      `app.post('/a', requireUser, async (req, res) => res.json(await prisma.order.create({ data: { createdBy: req.user.id } }))); app.get('/a', requireUser, async (req, res) => res.json(await prisma.order.findMany({ where: { buyer: req.user.id } })));`,
      'buyer private',
    ],
    [
      'a look-up by what the request names',
      `app.get('/a', requireUser, async (req, res) => res.json(await prisma.order.findMany({ where: { buyer: req.query.buyer } })));`,
      'none',
    ],
    [
      'a look-up where nobody is known',
      `app.get('/a', async (req, res) => res.json(await prisma.order.findMany({ where: { buyer: req.user?.id } })));`,
      'none',
    ],
  ])('%s', (_, routes, expected) => {
    expect(ownershipOf('Order', plain, routes)).toBe(expected);
  });

  it('knows the account of the caller by its key', () => {
    const routes = `app.get('/me', requireUser, async (req, res) => res.json(await prisma.user.findUnique({ where: { id: req.user.id } })));`;
    expect(ownershipOf('User', 'model User { id Int @id\n name String }', routes)).toBe('id account private');
  });
});

describe('by the columns of the schema', () => {
  it.each([
    ['none', plain, 'none'],
    ['an owner', 'model Order { id Int @id\n ownerId Int }', 'ownerId private'],
    ['a customer', 'model Order { id Int @id\n customer_id Int }', 'customer_id private'],
    ['a user', 'model Order { id Int @id\n userId Int }', 'userId private'],
    ['a password', 'model Order { number Int @id\n passwordHash String }', 'number account private'],
    ['a password and an owner', 'model Order { id Int @id\n password String\n ownerId Int }', 'id account private'],
  ])('%s', (_, schema, expected) => {
    expect(ownershipOf('Order', schema, '')).toBe(expected);
  });

  const books = 'model Book { id Int @id\n userId Int }';

  it('does not take what names a user for private, where it is no personal matter', () => {
    expect(ownershipOf('Book', books, '')).toBe('userId');
  });

  it('says less than a route that looks up by the caller', () => {
    const routes = `app.get('/a', requireUser, async (req, res) => res.json(await prisma.book.findMany({ where: { reader: req.user.id } })));`;
    expect(ownershipOf('Book', books, routes)).toBe('reader private');
  });
});
