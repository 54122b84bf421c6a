import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';
import type { Route } from './route.js';

const root = mkdtempSync(join(tmpdir(), 'blastradius-trust-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** The one route: a guard with the one body, a handler with the other one. */
function routeOf(guard: string, handler: string): Route {
  const session = openSession(root, { rules: [] });
  session.update(
    'app.ts',
    `import bcrypt from 'bcryptjs';
import express from 'express';
import jwt from 'jsonwebtoken';
import { authenticator } from 'otplib';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const app = express();
function guard(req, res, next) { ${guard} }
app.post('/orders', guard, async (req, res) => { ${handler} });`,
  );
  const [route] = session.application().routes;
  if (!route) throw new Error('there is no route');
  return route;
}

const unique = (texts: readonly string[]): string => [...new Set(texts)].join();
const verify = `req.user = jwt.verify(req.headers.authorization, process.env.JWT_KEY); next();`;
const everybody = `res.json(await prisma.user.findMany());`;
const own = `res.json(await prisma.order.findMany({ where: { userId: req.user.id } }));`;

describe('parts of a request that are believed', () => {
  const trustedIn = (guard: string, handler: string): string =>
    unique(routeOf(guard, handler).trusted.map(({ use, kind, name }) => `${use} by ${kind} ${name}`));

  it.each([
    ['a header', `if (req.headers['x-internal'] === '1') return next(); ${verify}`, 'bypass by header x-internal'],
    [
      'a header that was asked the other way',
      `if (req.headers['x-internal'] !== '1') jwt.verify(req.headers.authorization, process.env.JWT_KEY); next();`,
      'bypass by header x-internal',
    ],
    ['an address', `if (req.ip === '127.0.0.1') return next(); ${verify}`, 'bypass by address ip'],
    ['a list of addresses', `if (['10.0.0.1'].includes(req.ip)) return next(); ${verify}`, 'bypass by address ip'],
    ['a host', `if (req.hostname === 'internal') return next(); ${verify}`, 'bypass by host hostname'],
    ['a key', `if (req.headers['x-api-key'] === process.env.API_KEY) return next(); ${verify}`, ''],
    ['the want of a token', `if (!req.headers.authorization) return next(); ${verify}`, ''],
    ['a setting', `if (process.env.NODE_ENV === 'test') return next(); ${verify}`, ''],
    ['the method', `if (req.method === 'OPTIONS') return next(); ${verify}`, ''],
    ['nothing', verify, ''],
  ])('lead past a verification: %s', (_, guard, expected) => {
    expect(trustedIn(guard, everybody)).toBe(expected);
  });

  it.each([
    [
      'a header',
      `if (req.headers['x-internal'] !== '1') return res.sendStatus(403); next();`,
      'decision by header x-internal',
    ],
    [
      'a header by a method',
      `if (req.get('X-Internal') !== '1') return res.sendStatus(403); next();`,
      'decision by header x-internal',
    ],
    ['an address', `if (req.ip !== '127.0.0.1') return res.sendStatus(403); next();`, 'decision by address ip'],
    ['a key', `if (req.headers['x-api-key'] !== process.env.API_KEY) return res.sendStatus(403); next();`, ''],
    [
      'the form of the request',
      `if (req.headers['content-type'] !== 'application/json') return res.sendStatus(415); next();`,
      '',
    ],
    ['what turns nobody away', `if (req.headers['x-internal'] !== '1') log(req); next();`, ''],
  ])('decide alone: %s', (_, guard, expected) => {
    expect(trustedIn(guard, everybody)).toBe(expected);
  });

  it('decide alone in a handler', () => {
    const handler = `if (req.headers['x-internal'] !== '1') return res.sendStatus(403); ${everybody}`;
    expect(trustedIn('next();', handler)).toBe('decision by header x-internal');
  });

  it('decide what a caller may do who is known', () => {
    const handler = `if (req.headers['x-role'] !== 'admin') return res.sendStatus(403); ${everybody}`;
    expect(trustedIn(verify, handler)).toBe('decision by header x-role');
  });

  const named = `res.json(await prisma.order.findMany({ where: { userId: req.headers['x-user-id'] } }));`;
  it.each([
    ['a header', 'next();', named, 'identity by header x-user-id'],
    [
      'a header by a method',
      'next();',
      `res.json(await prisma.order.findMany({ where: { userId: req.get('X-User-Id') } }));`,
      'identity by header x-user-id',
    ],
    [
      'a header that a layer hands on',
      `req.user = { id: req.headers['x-user-id'] }; next();`,
      own,
      'identity by header x-user-id',
    ],
    ['a header beside a token', verify, named, 'identity by header x-user-id'],
    [
      'a header of another service',
      `if (req.headers['x-api-key'] !== process.env.API_KEY) return res.sendStatus(401); next();`,
      named,
      '',
    ],
    [
      'a header for who may act for others',
      verify,
      `if (req.user.role !== 'admin') return res.sendStatus(403); ${named}`,
      '',
    ],
    [
      'a header that names nobody',
      'next();',
      `res.json(await prisma.order.findMany({ where: { region: req.headers['x-region'] } }));`,
      '',
    ],
    ['a parameter', 'next();', `res.json(await prisma.order.findMany({ where: { userId: req.params.id } }));`, ''],
    ['a token', verify, own, ''],
  ])('say whose data is looked up: %s', (_, guard, handler, expected) => {
    expect(trustedIn(guard, handler)).toBe(expected);
  });
});

describe('tokens that nobody has verified', () => {
  const unverifiedIn = (guard: string, handler: string): string =>
    unique(
      routeOf(guard, handler).unverified.map(({ kind, name, use }) => [kind, name, ...(use ? [use] : [])].join(' ')),
    );
  const read = `jwt.decode(req.headers.authorization)`;

  it.each([
    ['read and attached', `req.user = ${read}; next();`, own, 'read jwt.decode req.user'],
    [
      'read and asked for',
      `const claims = ${read}; if (claims.role !== 'admin') return res.sendStatus(403); next();`,
      everybody,
      'read jwt.decode a guard',
    ],
    [
      'read in a handler',
      'next();',
      `res.json(await prisma.order.findMany({ where: { userId: ${read}.sub } }));`,
      'read jwt.decode prisma.order.findMany',
    ],
    [
      'read and verified',
      `req.user = ${read}; jwt.verify(req.headers.authorization, process.env.JWT_KEY); next();`,
      own,
      '',
    ],
    [
      'read, and another one verified',
      `req.user = jwt.decode(req.body.token); jwt.verify(req.headers.authorization, process.env.JWT_KEY); next();`,
      own,
      'read jwt.decode req.user',
    ],
    [
      'read on one of two ways',
      `req.user = process.env.NODE_ENV === 'test' ? ${read} : jwt.verify(req.headers.authorization, process.env.JWT_KEY); next();`,
      own,
      'read jwt.decode req.user',
    ],
    ['read for a log', verify, `log(${read}); ${own}`, ''],
    [
      'by hand',
      `req.user = JSON.parse(Buffer.from(req.headers.authorization.split('.')[1], 'base64').toString()); next();`,
      own,
      'read JSON.parse req.user',
    ],
    [
      'verified in vain',
      `try { jwt.verify(req.headers.authorization, process.env.JWT_KEY); } catch { log(); } next();`,
      everybody,
      'ignored jwt.verify',
    ],
    [
      'verified, and nobody looks',
      `jwt.verify(req.headers.authorization, process.env.JWT_KEY, (error, claims) => { req.user = claims; next(); });`,
      own,
      'ignored jwt.verify',
    ],
    [
      'verified, and somebody looks',
      `jwt.verify(req.headers.authorization, process.env.JWT_KEY, (error, claims) => { if (error) return res.sendStatus(401); req.user = claims; next(); });`,
      own,
      '',
    ],
    ['verified', verify, own, ''],
  ])('%s', (_, guard, handler, expected) => {
    expect(unverifiedIn(guard, handler)).toBe(expected);
  });
});

describe('ways around a second factor', () => {
  const check = `if (!authenticator.check(req.body.code, user.totpSecret)) return res.sendStatus(401);`;
  const askedIn = (factor: string): string =>
    unique(
      routeOf(
        'next();',
        `const user = await prisma.user.findUnique({ where: { email: req.body.email } });
        if (!user || !(await bcrypt.compare(req.body.password, user.passwordHash))) return res.sendStatus(401);
        ${factor}
        res.json({ token: jwt.sign({ sub: user.id }, process.env.JWT_KEY) });`,
      ).factorBypasses.flatMap(({ questions }) => questions.map(({ kind, name }) => `${kind} ${name}`)),
    );

  it.each([
    ['none', check, ''],
    ['no factor at all', '', ''],
    ['the account has none', `if (user.totpSecret) { ${check} }`, ''],
    ['the account has turned it off', `if (user.mfaEnabled) { ${check} }`, ''],
    [
      'the account has none, in one expression',
      `const passed = !user.totpSecret || authenticator.check(req.body.code, user.totpSecret); if (!passed) return res.sendStatus(401);`,
      '',
    ],
    ['a device that is known', `if (!req.cookies.device) { ${check} }`, ''],
    ['a role', `if (user.role !== 'staff') { ${check} }`, 'role role'],
    [
      'a role, in one expression',
      `const passed = user.role === 'staff' || authenticator.check(req.body.code, user.totpSecret); if (!passed) return res.sendStatus(401);`,
      'role role',
    ],
    [
      'a role beside the setting of the account',
      `if (user.totpSecret && user.role !== 'staff') { ${check} }`,
      'role role',
    ],
    [
      'a role that is turned away',
      `if (user.totpSecret) { ${check} } else if (user.role === 'staff') return res.sendStatus(403);`,
      '',
    ],
    ['an environment', `if (process.env.NODE_ENV === 'production') { ${check} }`, 'environment NODE_ENV'],
    ['a flag', `if (!process.env.SKIP_MFA) { ${check} }`, 'environment SKIP_MFA'],
    ['a header', `if (req.headers['x-trusted'] !== '1') { ${check} }`, 'header x-trusted'],
    ['a field of the body', `if (!req.body.skip) { ${check} }`, 'input body.skip'],
    ['the code itself', `if (req.body.code) { ${check} }`, 'input body.code'],
    [
      'the setting of another account',
      `const other = await prisma.user.findUnique({ where: { id: req.body.id } }); if (other.mfaEnabled) { ${check} }`,
      'input mfaEnabled',
    ],
  ])('%s', (_, factor, expected) => {
    expect(askedIn(factor)).toBe(expected);
  });
});
