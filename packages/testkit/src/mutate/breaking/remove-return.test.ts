import { expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { database, guard } from '../small-projects.js';
import { removeReturn } from './remove-return.js';

const app = {
  ...database,
  'src/app.ts': `import express from 'express';
import { requireUser } from './guard';
import { prisma } from './db';
const app = express();
app.get('/users', requireUser, async (req, res) => { res.json(await prisma.user.findMany()); });
app.listen(3000);
`,
};
const withGuard = (text: string) => harvest(removeReturn, { ...app, 'src/guard.ts': text });

it('goes on where the only proof has failed', () => {
  const { mutants, changed, leftOut } = withGuard(guard);
  expect(mutants.map(({ place }) => place.line)).toEqual([9]);
  expect(mutants[0]?.deserves).toEqual([
    { ruleIds: expect.arrayContaining(['require-route-guard']) as string[], entity: 'GET /users' },
  ]);
  expect(mutants[0]?.orElse).toEqual(['no-unverified-token']);
  expect(changed[0]?.get('src/guard.ts')).toMatch(/catch \{\s*res\.sendStatus\(401\);\s*\}\s*next\(\)/);
  // Without a token, the verification behind it fails.
  expect(leftOut).toEqual([expect.objectContaining({ reason: 'what it hangs on proves nothing' })]);
});

it('keeps the answer of a `return` that has one', () => {
  const { changed } = withGuard(
    `export const requireUser = (req, res, next) => {\n  if (!req.session.userId) return res.sendStatus(401);\n  next();\n};\n`,
  );
  expect(changed.map((files) => files.get('src/guard.ts'))).toEqual([
    `export const requireUser = (req, res, next) => {\n  if (!req.session.userId) res.sendStatus(401);\n  next();\n};\n`,
  ]);
});

it('goes on in the callback of a verification', () => {
  const { changed } = withGuard(`import jwt from 'jsonwebtoken';
export function requireUser(req, res, next) {
  jwt.verify(req.headers.authorization, process.env.TOKEN_KEY, (error, claims) => {
    if (error) return res.sendStatus(401);
    req.user = claims;
    next();
  });
}
`);
  expect(changed[0]?.get('src/guard.ts')).toContain('if (error) res.sendStatus(401);');
});

it('leaves an exit alone behind which something crashes, refuses, or lets nobody through', () => {
  const crashes = `import jwt from 'jsonwebtoken';
export function requireUser(req, res, next) {
  let claims;
  try { claims = jwt.verify(req.headers.authorization, process.env.TOKEN_KEY); } catch { return res.sendStatus(401); }
  req.user = claims.sub;
  next();
}
`;
  const refuses = `export function requireUser(req, res, next) {
  if (!req.session.userId) return res.sendStatus(401);
  if (req.session.userId !== process.env.ADMIN) return res.sendStatus(403);
  next();
}
`;
  const ends = `import jwt from 'jsonwebtoken';
export function requireUser(req, res, next) {
  try { jwt.verify(req.headers.authorization, process.env.TOKEN_KEY); next(); } catch { return res.sendStatus(401); }
}
`;
  const reasons = [crashes, refuses, ends].map((text) => {
    const { mutants, leftOut } = withGuard(text);
    expect(mutants).toEqual([]);
    return leftOut[0]?.reason;
  });
  expect(reasons).toEqual([
    'what stands behind it lets nobody through',
    'something else in the function turns callers away',
    'what stands behind it lets nobody through',
  ]);
});

it('lets a login go on without the right password', () => {
  const { mutants, changed } = harvest(removeReturn, {
    ...database,
    'src/app.ts': `import bcrypt from 'bcrypt';
import express from 'express';
import jwt from 'jsonwebtoken';
import { prisma } from './db';
const app = express();
app.post('/login', async (req, res) => {
  const user = await prisma.user.findFirst({ where: { email: req.body.email } });
  if (!user) return res.sendStatus(401);
  const matches = await bcrypt.compare(req.body.password, user.passwordHash);
  if (!matches) return res.sendStatus(401);
  res.json({ token: jwt.sign({ sub: user.id }, process.env.TOKEN_KEY, { expiresIn: '1h' }) });
});
app.listen(3000);
`,
  });
  expect(mutants.map(({ place }) => place.line)).toEqual([10]);
  expect(mutants[0]?.deserves).toEqual([
    { ruleIds: expect.arrayContaining(['no-open-token-mint']) as string[], entity: 'POST /login' },
  ]);
  expect(changed[0]?.get('src/app.ts')).toContain('if (!matches) res.sendStatus(401);');
});

it('lets a login go on in the function that it leaves the check to', () => {
  const { mutants, changed } = harvest(removeReturn, {
    'src/user.js': `const bcrypt = require('bcrypt');
const mongoose = require('mongoose');
const userSchema = new mongoose.Schema({ email: String, password: String });
userSchema.methods.hasPassword = async function (password) { return bcrypt.compare(password, this.password); };
module.exports = mongoose.model('User', userSchema);
`,
    'src/app.js': `const express = require('express');
const jwt = require('jsonwebtoken');
const User = require('./user');
const app = express();
async function findUser(email, password) {
  const user = await User.findOne({ email });
  if (!user || !(await user.hasPassword(password))) {
    throw new Error('wrong e-mail or password');
  }
  return user;
}
app.post('/login', async (req, res) => {
  const user = await findUser(req.body.email, req.body.password);
  res.json({ token: jwt.sign({ sub: user.id }, process.env.TOKEN_KEY, { expiresIn: '1h' }) });
});
app.listen(3000);
`,
  });
  expect(mutants.map(({ place }) => place.line)).toEqual([8]);
  expect(mutants[0]?.deserves).toEqual([
    { ruleIds: expect.arrayContaining(['no-open-token-mint']) as string[], entity: 'POST /login' },
  ]);
  expect(changed[0]?.get('src/app.js')).not.toContain('throw');
});
