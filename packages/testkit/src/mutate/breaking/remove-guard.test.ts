import { describe, expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { database, guard } from '../small-projects.js';
import { removeGuard } from './remove-guard.js';

const open = (entity: string) => ({ ruleIds: expect.arrayContaining(['require-route-guard']) as string[], entity });
const handler = `async (req, res) => { res.json(await prisma.user.findMany()); }`;
const app = (body: string): Readonly<Record<string, string>> => ({
  ...database,
  'src/guard.ts': guard,
  'src/app.ts': `import express from 'express';
import { requireUser } from './guard';
import { prisma } from './db';
const app = express();
${body}
app.listen(3000);
`,
});

describe('of Express', () => {
  it('takes a guard out of the registration that it protects alone', () => {
    const { mutants, changed } = harvest(removeGuard, app(`app.get('/users', requireUser, ${handler});`));
    expect(mutants).toHaveLength(1);
    expect(mutants[0]?.deserves).toEqual([open('GET /users')]);
    expect(mutants[0]?.place).toEqual({ file: 'src/app.ts', line: 5 });
    expect(changed[0]?.get('src/app.ts')).toContain(`app.get('/users', async`);
  });

  it('takes away a `use` that has nothing else to do, for all routes behind it', () => {
    const body = `app.get('/before', ${handler});\napp.use('/api', requireUser);\napp.get('/api/users', ${handler});\napp.get('/api/people', ${handler});`;
    const { mutants, changed } = harvest(removeGuard, app(body));
    expect(mutants.map(({ deserves }) => deserves)).toEqual([[open('GET /api/users'), open('GET /api/people')]]);
    expect(changed[0]?.get('src/app.ts')).not.toContain('requireUser)');
  });

  it('takes a guard out of a list of its own and out of a chain', () => {
    const body = `const members = [express.json(), requireUser];\napp.get('/a', members, ${handler});\napp.route('/b').all(requireUser).get(${handler});`;
    const { changed } = harvest(removeGuard, app(body));
    expect(changed.map((files) => files.get('src/app.ts'))).toEqual([
      expect.stringContaining('const members = [express.json()];'),
      expect.stringContaining(`app.route('/b').get(`),
    ]);
  });

  it('leaves a site out whose routes another one protects as well', () => {
    const body = `app.use(requireUser);\napp.get('/users', requireUser, ${handler});`;
    const { mutants, leftOut } = harvest(removeGuard, app(body));
    expect(mutants).toEqual([]);
    expect(leftOut.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 2 }, () => 'another site protects the route as well'),
    );
  });

  it('leaves a site out behind which a check of the subject stands', () => {
    const body = `app.get('/users', requireUser, async (req, res) => { if (!req.user) return res.sendStatus(401); res.json(await prisma.user.findMany()); });`;
    const { mutants, leftOut } = harvest(removeGuard, app(body));
    expect(mutants).toEqual([]);
    expect(leftOut).toEqual([
      expect.objectContaining({ reason: 'something behind it turns away a request without a subject' }),
    ]);
  });

  it('leaves a site out whose route nobody needs to guard', () => {
    const { mutants, leftOut } = harvest(
      removeGuard,
      app(`app.get('/up', requireUser, (req, res) => res.json('up'));`),
    );
    expect(mutants).toEqual([]);
    expect(leftOut).toEqual([
      expect.objectContaining({ reason: 'the route reaches nothing that a rule wants guarded' }),
    ]);
  });

  it('leaves a guard out that is handed to somebody as well', () => {
    const body = `app.get('/users', requireUser, ${handler});\nsecure(app, requireUser);\nfunction secure(on, layer) { on.use('/other', layer); }`;
    const { mutants, leftOut } = harvest(removeGuard, app(body));
    expect(mutants).toEqual([]);
    expect(leftOut).toEqual([expect.objectContaining({ reason: 'the guard is put to use in other ways too' })]);
  });
});

it('takes away a decorator, an argument of one, and a provider of Nest', () => {
  const nest = {
    ...database,
    'src/guard.ts': `import { CanActivate, Injectable, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly tokens: JwtService) {}
  async canActivate(context) {
    try { await this.tokens.verifyAsync(context.switchToHttp().getRequest().headers.authorization); } catch { throw new UnauthorizedException(); }
    return true;
  }
}
`,
    'src/controllers.ts': `import { Controller, Delete, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { TokenGuard } from './guard';
import { prisma } from './db';
@UseGuards(TokenGuard)
@Controller('a')
export class A { @Delete() clear() { return prisma.order.deleteMany(); } }
@Controller('b')
export class B { @UseGuards(ThrottlerGuard, TokenGuard) @Delete() clear() { return prisma.order.deleteMany(); } }
`,
    'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { A, B } from './controllers';
import { TokenGuard } from './guard';
@Module({ controllers: [A, B], providers: [TokenGuard] })
export class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
  };
  const { mutants, changed } = harvest(removeGuard, nest);
  const texts = changed.map((files) => files.get('src/controllers.ts'));
  expect(mutants[0]?.deserves).toEqual([open('DELETE /a')]);
  expect(texts[0]).toContain('\n\n@Controller');
  expect(texts.filter((text) => text?.includes('@UseGuards(ThrottlerGuard)'))).toHaveLength(mutants.length - 1);
});

it('opens what a guard has asked for a role as well', () => {
  const { mutants } = harvest(removeGuard, {
    'prisma/schema.prisma': `model User { id Int @id
  email String
  role String
  passwordHash String }
`,
    'src/db.ts': database['src/db.ts'],
    'src/app.ts': `import express from 'express';
import jwt from 'jsonwebtoken';
import { prisma } from './db';
const app = express();
function requireAdmin(req, res, next) {
  const claims = jwt.verify(req.headers.authorization, process.env.TOKEN_KEY, { algorithms: ['HS256'] });
  if (claims.role !== 'admin') return res.sendStatus(403);
  next();
}
app.post('/users', requireAdmin, async (req, res) => {
  const { email, role } = req.body;
  res.json(await prisma.user.create({ data: { email, role } }));
});
app.listen(3000);
`,
  });
  expect(mutants.map(({ deserves }) => deserves)).toEqual([
    [{ ruleIds: expect.arrayContaining(['no-caller-chosen-role']) as string[], entity: 'POST /users' }],
  ]);
});
