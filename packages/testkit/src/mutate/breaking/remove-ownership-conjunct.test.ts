import { expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { database, guard } from '../small-projects.js';
import { removeOwnershipConjunct } from './remove-ownership-conjunct.js';

const app = (routes: string) =>
  harvest(removeOwnershipConjunct, {
    ...database,
    'src/guard.ts': guard,
    'src/app.ts': `import express from 'express';
import { requireUser } from './guard';
import { prisma } from './db';
const app = express();
app.use(requireUser);
app.get('/orders', async (req, res) => { res.json(await prisma.order.findMany({ where: { userId: req.user.id } })); });
${routes}
app.listen(3000);
`,
  });
const deserved = { ruleIds: ['require-ownership-check'], entity: 'DELETE /orders/:id' };

it('leaves the caller out of a query that the request fills as well', () => {
  const { mutants, changed } = app(
    `app.delete('/orders/:id', async (req, res) => { await prisma.order.deleteMany({ where: { id: req.params.id, userId: req.user.id } }); res.end(); });`,
  );
  expect(mutants.map(({ deserves }) => deserves)).toEqual([[deserved]]);
  expect(changed[0]?.get('src/app.ts')).toContain('deleteMany({ where: { id: req.params.id } })');
});

it('does not compare a record with the caller, and asks the rest', () => {
  const { mutants, changed } = app(`app.delete('/orders/:id', async (req, res) => {
  const order = await prisma.order.findUnique({ where: { id: req.params.id } });
  if (!order || order.userId !== req.user.id) return res.sendStatus(404);
  await prisma.order.delete({ where: { id: order.id } });
  res.end();
});`);
  expect(mutants.map(({ deserves }) => deserves)).toEqual([[deserved]]);
  expect(changed[0]?.get('src/app.ts')).toContain('if (!order) return res.sendStatus(404);');
});

it('leaves a query alone behind which the caller is compared', () => {
  const { mutants, leftOut } = app(`app.delete('/orders/:id', async (req, res) => {
  if (req.user.id !== req.body.userId) return res.sendStatus(403);
  await prisma.order.deleteMany({ where: { id: req.params.id, userId: req.user.id } });
  res.end();
});`);
  expect(mutants).toEqual([]);
  expect(leftOut[0]?.reason).toBe('something else asks for the owner or a role');
});
