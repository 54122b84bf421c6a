import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Application } from '../application/application.js';
import { openSession } from '../open-session.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function read(config: object, files: Readonly<Record<string, string>>): Application {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-words-'));
  folders.push(root);
  const manifest = '{ "name": "shop" }';
  const all = { 'package.json': manifest, 'blastradius.config.json': JSON.stringify(config), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return openSession(root, { rules: [] }).application();
}

describe('what a proof is about', () => {
  const login = (subject: string): string => `import express from 'express';
import jwt from 'jsonwebtoken';
import { check } from '@acme/directory';

const app = express();
app.post('/login', (req, res) => {
  if (!check(req.body.name, req.body.shop)) return res.sendStatus(401);
  res.json({ token: jwt.sign({ sub: req.body.${subject} }, process.env.KEY) });
});
`;
  const subjectOf = (config: object, subject: string) =>
    read({ credentialChecks: [config] }, { 'src/app.ts': login(subject) }).routes[0]?.mints[0]?.subject;

  it('is each argument, or the one that the configuration names', () => {
    const name = '@acme/directory#check';
    expect(subjectOf({ name }, 'name')).toEqual({ kind: 'request', name: 'body.name', proved: true });
    expect(subjectOf({ name }, 'shop')).toEqual({ kind: 'request', name: 'body.shop', proved: true });
    expect(subjectOf({ name, subject: 0 }, 'name')).toEqual({ kind: 'request', name: 'body.name', proved: true });
    expect(subjectOf({ name, subject: 0 }, 'shop')).toEqual({ kind: 'request', name: 'body.shop' });
  });
});

describe('an option of a mint', () => {
  it.each(['{ userId: req.body.user }', "'shop', { userId: req.body.user }"])('is found in issue(%s)', (args) => {
    const app = `import express from 'express';
import { issue } from '@acme/auth';

const app = express();
app.post('/token', (req, res) => res.json(issue(${args})));
`;
    const { routes } = read({ mints: [{ name: '@acme/auth#issue', subject: 'userId' }] }, { 'src/app.ts': app });
    expect(routes[0]?.mints.map(({ subject }) => subject)).toEqual([
      { kind: 'request', name: 'body.user', isAccount: true },
    ]);
  });
});

describe('ids', () => {
  const app = `import express from 'express';
import { PrismaClient } from '@prisma/client';
import { Pool } from 'pg';
import { decode } from './decode';

const database = new Pool();
const prisma = new PrismaClient();
const app = express();
app.get('/a/:id', async (req, res) => res.json(await database.query('SELECT * FROM articles WHERE id = $1', [req.params.id])));
app.get('/b/:id', async (req, res) => res.json(await database.query('SELECT * FROM articles WHERE id = $1', [decode(req.params.id)])));
app.get('/c/:id', async (req, res) => res.json(await prisma.order.findUnique({ where: { id: Number(req.params.id) } })));
app.get('/d/:number', async (req, res) => res.json(await prisma.order.findUnique({ where: { number: req.params.number } })));
`;
  const schema = 'model Order {\n  id Int @id @default(autoincrement())\n  number String @unique\n}\n';
  const lookupsOf = (ids: readonly unknown[]) =>
    read(
      { ids },
      { 'src/app.ts': app, 'src/decode.ts': 'export { decode } from "@acme/ids";', 'schema.prisma': schema },
    )
      .routes.filter(({ lookups }) => lookups.length > 0)
      .map(({ path, lookups }) => `${path} ${lookups.map(({ identifier }) => identifier.evidence).join()}`);
  const said = '`ids` of blastradius.config.json';
  const declared = '/c/:id @default(autoincrement())';

  it('are what the schema says without the word', () => {
    expect(lookupsOf([])).toEqual([declared]);
  });

  it.each([
    [
      'a table whose schema lies elsewhere',
      [{ name: 'articles.id', kind: 'sequential' }],
      [`/a/:id ${said}`, declared],
    ],
    [
      'a function that nobody can count behind',
      [{ name: 'articles.id', kind: 'sequential' }, '@acme/ids#decode'],
      [`/a/:id ${said}`, declared],
    ],
    [
      'a function that changes the form alone',
      [
        { name: 'articles.id', kind: 'sequential' },
        { name: '@acme/ids#decode', kind: 'assigned' },
      ],
      [`/a/:id ${said}`, `/b/:id ${said}`, declared],
    ],
    ['a column of a schema', ['Order.id'], []],
    ['a further column', [{ name: 'orders.number', kind: 'sequential' }], [declared, `/d/:number ${said}`]],
  ])('say it of %s', (_, ids, expected) => {
    expect(lookupsOf(ids)).toEqual(expected);
  });
});

describe('publicMetadata', () => {
  const app = (guard: string): string => `import { Controller, Module, Param, Put, SetMetadata } from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import { PrismaClient } from '@prisma/client';
import { AcmeGuard, Open } from '@acme/auth';
import { verify } from 'jsonwebtoken';

class OwnGuard {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context) {
    if (this.reflector.get('isPublic', context.getHandler())) return true;
    return Boolean(verify(context.switchToHttp().getRequest().headers.authorization, process.env.KEY));
  }
}

@Controller()
class Kiosks {
  constructor(private readonly prisma: PrismaClient) {}
  @SetMetadata('isPublic', true) @Put('a/:id') a(@Param('id') id: string) { return this.prisma.kiosk.update({ where: { id }, data: { on: true } }); }
  @SetMetadata('isPublic', false) @Put('b/:id') b(@Param('id') id: string) { return this.prisma.kiosk.update({ where: { id }, data: { on: true } }); }
  @Open() @Put('c/:id') c(@Param('id') id: string) { return this.prisma.kiosk.update({ where: { id }, data: { on: true } }); }
}

@Module({ controllers: [Kiosks], providers: [PrismaClient, { provide: APP_GUARD, useClass: ${guard} }] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`;
  const publicMetadata = ['isPublic', '@acme/auth#Open'];
  const routesOf = (config: object, guard: string) =>
    read(config, { 'src/main.ts': app(guard) }).routes.map(
      ({ path, authentication, exposed }) => `${path} ${authentication}${exposed ? ' exposed' : ''}`,
    );

  it('opens routes behind a guard that nobody can look into', () => {
    const guards = ['@acme/auth#AcmeGuard'];
    expect(routesOf({}, 'AcmeGuard')).toEqual(['/a/:id unknown', '/b/:id unknown', '/c/:id unknown']);
    expect(routesOf({ guards }, 'AcmeGuard')).toEqual(['/a/:id guarded', '/b/:id guarded', '/c/:id guarded']);
    expect(routesOf({ guards, publicMetadata }, 'AcmeGuard')).toEqual(['/a/:id open', '/b/:id guarded', '/c/:id open']);
    expect(routesOf({ publicMetadata }, 'AcmeGuard')).toEqual(['/a/:id open', '/b/:id unknown', '/c/:id open']);
  });

  it('says that it is meant where a guard of the project reads it', () => {
    expect(routesOf({}, 'OwnGuard')[0]).toBe('/a/:id open exposed');
    expect(routesOf({ publicMetadata }, 'OwnGuard')).toEqual(['/a/:id open', '/b/:id guarded', '/c/:id guarded']);
  });
});
