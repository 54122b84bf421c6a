import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const root = mkdtempSync(join(tmpdir(), 'blastradius-ties-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** What ties each query of the one handler to the caller, whom a guard has proved. */
function tiesOf(body: string): string {
  const session = openSession(root, { rules: [] });
  session.update(
    'app.ts',
    `import express from 'express';
import jwt from 'jsonwebtoken';
import { PrismaClient } from '@prisma/client';
import { mayRead } from '@acme/policy';
const prisma = new PrismaClient();
const app = express();
function requireUser(req, res, next) {
  req.user = jwt.verify(req.headers.authorization, process.env.JWT_KEY);
  next();
}
app.get('/orders/:id', requireUser, async (req, res) => { ${body} });`,
  );
  const [route] = session.application().routes;
  return (route?.accesses ?? []).map(({ tie }) => tie ?? 'none').join(' ');
}

const id = `{ where: { id: req.params.id } }`;
const load = `const order = await prisma.order.findUnique(${id});`;
const give = `res.json(await prisma.order.findUnique(${id}));`;
const refuse = `return res.sendStatus(403);`;

describe('a filter', () => {
  it.each([
    ['by what the request names', give, 'none'],
    ['by the caller', `res.json(await prisma.order.findMany({ where: { userId: req.user.id } }));`, 'filter'],
    [
      'by the caller, or by what nobody is',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: req.user?.id ?? 0 } }));`,
      'filter',
    ],
    [
      'by the caller, or by no name',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: req.user?.sub || '' } }));`,
      'filter',
    ],
    [
      'by the caller, or by somebody',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: req.user?.id ?? 1 } }));`,
      'none',
    ],
    ['by nobody', `res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: 0 } }));`, 'none'],
    [
      'by both',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: req.user.id } }));`,
      'filter',
    ],
    [
      'by the caller in a relation',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, user: { id: req.user.id } } }));`,
      'filter',
    ],
    [
      'by the caller or something else',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, OR: [{ userId: req.user.id }, { shared: true }] } }));`,
      'none',
    ],
    [
      'by the caller in each of the ways',
      `res.json(await prisma.order.findFirst({ where: { OR: [{ userId: req.user.id }, { readerId: req.user.id }] } }));`,
      'filter',
    ],
    [
      'by whom the request names, or else the caller',
      `res.json(await prisma.order.findMany({ where: { userId: req.query.userId ?? req.user.id } }));`,
      'none',
    ],
    [
      'by the caller, if the request asks for it',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, ...(req.query.mine ? { userId: req.user.id } : {}) } }));`,
      'none',
    ],
    [
      'by the caller, unless a setting drops it',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, ...(process.env.OPEN ? {} : { userId: req.user.id }) } }));`,
      'filter',
    ],
    [
      'by the caller, unless the caller may have all',
      `res.json(await prisma.order.findFirst({ where: { id: req.params.id, ...(req.user.isAdmin ? {} : { userId: req.user.id }) } }));`,
      'role',
    ],
    [
      'by a record of the caller',
      `const me = await prisma.user.findUnique({ where: { id: req.user.id } }); res.json(await prisma.order.findMany({ where: { userId: me.id } }));`,
      'filter filter',
    ],
    [
      'by a parent of the caller',
      `const cart = await prisma.cart.findFirst({ where: { id: req.params.id, userId: req.user.id } }); res.json(await prisma.line.findMany({ where: { cartId: cart.id } }));`,
      'filter filter',
    ],
    [
      'by a parent of anybody',
      `const cart = await prisma.cart.findFirst({ where: { id: req.params.id } }); res.json(await prisma.line.findMany({ where: { cartId: cart.id } }));`,
      'none none',
    ],
  ])('%s', (_, body, expected) => {
    expect(tiesOf(body)).toBe(expected);
  });

  it.each([
    ['keeps nobody out where nobody is known', 'findFirst', 'dropped'],
    ['keeps nobody out of a change either', 'updateMany', 'dropped'],
  ])('that Prisma drops %s', (_, method, expected) => {
    const session = openSession(root, { rules: [] });
    session.update(
      'app.ts',
      `import express from 'express';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const app = express();
app.get('/orders/:id', async (req, res) => res.json(await prisma.order.${method}({ where: { id: req.params.id, userId: req.user?.id } })));`,
    );
    expect(session.application().routes[0]?.accesses.map(({ tie }) => tie)).toEqual([expected]);
  });
});

describe('a comparison', () => {
  it.each([
    ['of the record with the caller', `${load} if (order.userId !== req.user.id) ${refuse} res.json(order);`, 'owner'],
    ['the wrong way round', `${load} if (order.userId === req.user.id) ${refuse} res.json(order);`, 'none'],
    ['that turns nobody away', `${load} if (order.userId !== req.user.id) log(order); res.json(order);`, 'none'],
    [
      'with whom the request names',
      `${load} if (order.userId !== req.query.userId) ${refuse} res.json(order);`,
      'none',
    ],
    [
      'of another record',
      `const other = await prisma.order.findUnique({ where: { id: req.body.id } }); if (other.userId !== req.user.id) ${refuse} ${give}`,
      'none none',
    ],
    [
      'in front of a change',
      `${load} if (order.userId !== req.user.id) ${refuse} await prisma.order.delete(${id});`,
      'none owner',
    ],
    [
      'in front of a change of another record',
      `${load} if (order.userId !== req.user.id) ${refuse} await prisma.order.delete({ where: { id: req.body.id } });`,
      'none none',
    ],
    [
      'behind the change',
      `const order = await prisma.order.update(${id}); if (order.userId !== req.user.id) ${refuse} res.json({});`,
      'none',
    ],
    ['of what the request names with the caller', `if (req.params.id !== req.user.id) ${refuse} ${give}`, 'owner'],
    [
      'in a function that somebody waits for',
      `const own = async () => { ${load} if (order.userId !== req.user.id) throw new Error(); }; await own(); await prisma.order.delete(${id});`,
      'none owner',
    ],
    [
      'in a function that nobody waits for',
      `const own = async () => { ${load} if (order.userId !== req.user.id) throw new Error(); }; own(); await prisma.order.delete(${id});`,
      'none none',
    ],
    [
      'of every record of a list',
      `const orders = await prisma.order.findMany({ where: { id: { in: req.body.ids } } }); if (!orders.every((order) => order.userId === req.user.id)) ${refuse} res.json(orders);`,
      'owner',
    ],
    [
      'of some record of a list',
      `const orders = await prisma.order.findMany({ where: { id: { in: req.body.ids } } }); if (!orders.some((order) => order.userId === req.user.id)) ${refuse} res.json(orders);`,
      'none',
    ],
    [
      'by a filter of what was loaded',
      `const orders = await prisma.order.findMany(); res.json(orders.filter((order) => order.userId === req.user.id));`,
      'owner',
    ],
    [
      "of how many are the caller's",
      `const count = await prisma.order.count({ where: { id: { in: req.body.ids }, userId: req.user.id } }); if (count !== req.body.ids.length) ${refuse} res.json(await prisma.order.findMany({ where: { id: { in: req.body.ids } } }));`,
      'filter owner',
    ],
  ])('%s', (_, body, expected) => {
    expect(tiesOf(body)).toBe(expected);
  });
});

describe('a permission', () => {
  it.each([
    ['a role', `if (req.user.role !== 'admin') ${refuse} ${give}`, 'role'],
    [
      'a role that is looked up',
      `const me = await prisma.user.findUnique({ where: { id: req.user.id } }); if (me.role !== 'admin') ${refuse} ${give}`,
      'filter role',
    ],
    [
      'a role or the owner',
      `${load} if (req.user.role !== 'admin' && order.userId !== req.user.id) ${refuse} res.json(order);`,
      'owner',
    ],
    ['a role that the request names', `if (req.body.role !== 'admin') ${refuse} ${give}`, 'none'],
    [
      'a membership for what is asked for',
      `const member = await prisma.member.findFirst({ where: { orderId: req.params.id, userId: req.user.id } }); if (!member) ${refuse} ${give}`,
      'filter owner',
    ],
    [
      'a membership for something else',
      `const member = await prisma.member.findFirst({ where: { orderId: req.body.id, userId: req.user.id } }); if (!member) ${refuse} ${give}`,
      'filter none',
    ],
    ['a policy', `if (!mayRead(req.user, req.params.id)) ${refuse} ${give}`, 'policy'],
    ['a policy that decides nothing', `if (!mayRead(req.user, req.params.id)) log(); ${give}`, 'none'],
  ])('%s', (_, body, expected) => {
    expect(tiesOf(body)).toBe(expected);
  });
});
