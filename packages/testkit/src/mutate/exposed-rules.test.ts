import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { expect, it } from 'vitest';
import { exposedWithoutGuards, exposedWithoutProofs } from './exposed-rules.js';

it('asks the rules what they would say of an open route', () => {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-mutants-'));
  try {
    writeFileSync(join(root, 'package.json'), '{ "name": "studied" }');
    writeFileSync(
      join(root, 'app.js'),
      `const express = require('express');
const jwt = require('jsonwebtoken');
const bcrypt = require('bcrypt');
const { PrismaClient } = require('@prisma/client');
const prisma = new PrismaClient();
const requireUser = (req, res, next) => { jwt.verify(req.headers.authorization, process.env.KEY); next(); };
const app = express();
app.get('/up', requireUser, (req, res) => res.json('up'));
app.get('/users', requireUser, async (req, res) => { res.json(await prisma.user.findMany()); });
app.post('/login', async (req, res) => {
  const user = await prisma.user.findFirst({ where: { email: req.body.email } });
  if (!(await bcrypt.compare(req.body.password, user.passwordHash))) return res.sendStatus(401);
  res.json({ token: jwt.sign({ sub: user.id }, process.env.KEY) });
});
const requireService = async (req, res, next) => {
  const service = await prisma.service.findFirst({ where: { name: req.headers.service } });
  if (!(await bcrypt.compare(req.headers.secret, service.secretHash))) return res.sendStatus(401);
  next();
};
app.post('/mint', requireService, (req, res) => res.json({ token: jwt.sign({ sub: req.body.id }, process.env.KEY) }));
app.post('/exchange', requireService, async (req, res) => {
  const user = await prisma.user.findFirst({ where: { email: req.body.email } });
  if (!(await bcrypt.compare(req.body.password, user.passwordHash))) return res.sendStatus(401);
  res.json({ token: jwt.sign({ sub: user.id }, process.env.KEY) });
});
app.listen(3000);
`,
    );
    const application = openSession(root, { rules, preview: true }).application();
    const exposed = application.routes.map((route) => [
      route.title,
      exposedWithoutGuards({ route }, application, rules).includes('require-route-guard'),
      exposedWithoutProofs({ route }, application, rules).includes('no-open-token-mint'),
    ]);
    expect(exposed).toEqual([
      ['GET /up', false, false],
      ['GET /users', true, false],
      ['POST /login', false, true],
      ['POST /mint', true, true],
      ['POST /exchange', false, true],
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
