import { expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { database } from '../small-projects.js';
import { removeAwait } from './remove-await.js';

const nest = (decides: string) =>
  harvest(removeAwait, {
    ...database,
    'src/main.ts': `import { CanActivate, Controller, Delete, Injectable, Module, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { prisma } from './db';
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly tokens: JwtService) {}
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    ${decides}
    return true;
  }
}
@UseGuards(TokenGuard)
@Controller('orders')
export class Orders { @Delete() clear() { return prisma.order.deleteMany(); } }
@Module({ controllers: [Orders], providers: [TokenGuard] })
export class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
  });
const verifies = `await this.tokens.verifyAsync(request.headers.authorization)`;

it('does not wait for a verification whose result nobody looks into', () => {
  const { mutants, changed } = nest(`try { request.user = ${verifies}; } catch { throw new UnauthorizedException(); }`);
  expect(mutants[0]?.deserves).toEqual([
    { ruleIds: expect.arrayContaining(['require-route-guard']) as string[], entity: 'DELETE /orders' },
  ]);
  expect(changed[0]?.get('src/main.ts')).toContain('request.user = this.tokens.verifyAsync(');
});

it.each([
  [`const { sub } = ${verifies}; request.user = sub;`, 'a promise in its place keeps the caller out'],
  [`const claims = ${verifies}; request.user = claims.sub;`, 'a promise in its place keeps the caller out'],
  [
    `const claims = ${verifies}; request.user = claims; if (process.env.CLOSED) throw new UnauthorizedException();`,
    'something else in the function turns callers away',
  ],
])('leaves an await alone in %s', (decides, reason) => {
  const { mutants, leftOut } = nest(decides);
  expect(mutants).toEqual([]);
  expect(leftOut.map((item) => item.reason)).toEqual([reason]);
});

it('takes the promise of a comparison for the answer', () => {
  const login = (check: string): string => `import { compare } from 'bcryptjs';
import express from 'express';
import jwt from 'jsonwebtoken';
import { prisma } from './db';
const app = express();
app.post('/login', async (req, res) => {
  const user = await prisma.user.findFirst({ where: { email: req.body.email } });
  ${check} return res.sendStatus(401);
  res.json({ token: jwt.sign({ sub: user.id }, process.env.TOKEN_KEY, { expiresIn: '1h' }) });
});
app.listen(3000);
`;
  const inPlace = `if (!user || !(await compare(req.body.password, user.passwordHash)))`;
  const kept = `const matches = await compare(req.body.password, user.passwordHash); if (!matches)`;
  for (const [check, expected] of [
    [inPlace, '!(compare('],
    [kept, 'matches = compare('],
  ] as const) {
    const { mutants, changed } = harvest(removeAwait, { ...database, 'src/app.ts': login(check) });
    expect(mutants[0]?.deserves).toEqual([
      { ruleIds: expect.arrayContaining(['no-open-token-mint']) as string[], entity: 'POST /login' },
    ]);
    expect(changed[0]?.get('src/app.ts')).toContain(expected);
  }
});
