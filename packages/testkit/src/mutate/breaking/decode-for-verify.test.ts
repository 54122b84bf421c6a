import { expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { database, guard } from '../small-projects.js';
import { decodeForVerify } from './decode-for-verify.js';

const app = (guardText: string) =>
  harvest(decodeForVerify, {
    ...database,
    'src/guard.ts': guardText,
    'src/app.ts': `import express from 'express';
import { requireUser } from './guard';
import { prisma } from './db';
const app = express();
app.get('/users', requireUser, async (req, res) => { res.json(await prisma.user.findMany()); });
app.listen(3000);
`,
  });
const deserved = { ruleIds: expect.arrayContaining(['require-route-guard']) as string[], entity: 'GET /users' };

it('decodes what a guard has verified', () => {
  const { mutants, changed } = app(guard);
  expect(mutants).toEqual([expect.objectContaining({ deserves: [deserved], orElse: ['no-unverified-token'] })]);
  expect(changed[0]?.get('src/guard.ts')).toContain('req.user = jwt.decode(token);');
});

it('imports the function that decodes', () => {
  const named = guard.replace(`import jwt from`, `import { verify } from`).replace('jwt.verify', 'verify');
  const { changed } = app(named);
  expect(changed[0]?.get('src/guard.ts')).toContain(`import { verify, decode } from 'jsonwebtoken'`);
  expect(changed[0]?.get('src/guard.ts')).toContain('req.user = decode(token);');
});

it('decodes in a function that the guard calls, and with jose', () => {
  const { mutants, changed } = app(`import { jwtVerify } from 'jose';
const readClaims = async (token) => { const { payload } = await jwtVerify(token, new TextEncoder().encode(process.env.TOKEN_KEY)); return payload; };
export async function requireUser(req, res, next) {
  try { req.user = await readClaims(req.headers.authorization); } catch { return res.sendStatus(401); }
  next();
}
`);
  expect(mutants.map(({ deserves }) => deserves)).toEqual([[deserved]]);
  expect(changed[0]?.get('src/guard.ts')).toContain('await ({ payload: decodeJwt(token) })');
});

it('leaves a call alone where a session is looked up as well', () => {
  const { mutants, leftOut } = app(`import jwt from 'jsonwebtoken';
import { prisma } from './db';
export async function requireUser(req, res, next) {
  let claims;
  try { claims = jwt.verify(req.headers.authorization, process.env.TOKEN_KEY); } catch { return res.sendStatus(401); }
  const session = await prisma.session.findFirst({ where: { id: claims.jti } });
  if (!session) return res.sendStatus(401);
  next();
}
`);
  expect(mutants).toEqual([]);
  expect(leftOut[0]?.reason).toBe('something else in the function turns callers away');
});
