import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Every route of a program with its verdict. */
function routesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-inventory-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return openSession(root, { rules: [] })
    .application()
    .routes.map(({ title, authentication }) => `${title} ${authentication}`);
}

const application = `import express from 'express';
import jwt from 'jsonwebtoken';
import { AsyncLocalStorage } from 'node:async_hooks';
const app = express();
`;
const callerOf = `const callerOf = (req) => jwt.verify(req.headers.authorization, process.env.JWT_KEY).sub;
`;

describe('answers that say that they failed', () => {
  const verdict = (handler: string): string =>
    routesOf({ 'app.ts': `${application}${callerOf}app.get('/me', async (req, res) => { ${handler} });` }).join();

  it.each([
    [
      'in words',
      `try { callerOf(req); } catch { return res.json({ success: false, message: 'Log in' }); } res.json({ success: true });`,
    ],
    [
      'with the errors',
      `try { callerOf(req); } catch { return res.json({ errors: ['Log in'] }); } res.json({ name: 'me' });`,
    ],
    [
      'with what was caught',
      `try { callerOf(req); } catch (error) { return res.json({ reason: error.message }); } res.json({ name: 'me' });`,
    ],
    [
      'with the status of what was caught',
      `try { callerOf(req); } catch (error) { return res.status(error.status ?? 401).json({ reason: error.message }); } res.json({ name: 'me' });`,
    ],
    [
      'with one of two statuses',
      `try { callerOf(req); } catch (error) { return res.status(error ? 401 : 403).json({ at: req.path }); } res.json({ name: 'me' });`,
    ],
    [
      'within a context',
      `const run = new AsyncLocalStorage(); return run.run({}, async () => { try { callerOf(req); } catch { return res.json({ error: 'Log in' }); } res.json({ name: 'me' }); });`,
    ],
  ])('are refusals: %s', (_, handler) => {
    expect(verdict(handler)).toBe('GET /me guarded');
  });

  it.each([
    [
      'that it went well',
      `try { callerOf(req); } catch { return res.json({ success: true, message: 'Hello' }); } res.json({ success: true });`,
    ],
    ['no error', `try { callerOf(req); } catch { return res.json({ error: null }); } res.json({ name: 'me' });`],
    [
      'what came in',
      `try { callerOf(req); } catch { return res.json({ error: 'Log in', at: req.path }); } res.json({ name: 'me' });`,
    ],
    [
      'one of two statuses, one of success',
      `try { callerOf(req); } catch (error) { return res.status(error ? 200 : 403).json({ at: req.path }); } res.json({ name: 'me' });`,
    ],
  ])('are answers where they say %s', (_, handler) => {
    expect(verdict(handler)).toBe('GET /me open');
  });
});

describe('a path that is registered twice', () => {
  it('is the route that answers', () => {
    const routes = `app.get('/orders', (req, res) => res.json([]));
app.get(['/orders', '/orders/:id'], (req, res) => res.json({}));`;
    expect(routesOf({ 'app.ts': application + routes })).toEqual(['GET /orders open', 'GET /orders/:id open']);
  });

  it('is both where the first one hands on', () => {
    const routes = `app.get('/orders', (req, res, next) => (req.query.all ? next() : res.json([])));
app.get('/orders', (req, res) => res.json({}));`;
    expect(routesOf({ 'app.ts': application + routes })).toHaveLength(2);
  });
});

describe('files of Medusa', () => {
  const answer = `(req, res) => res.json({});`;

  it('are routes, behind what their folder and the middlewares ask for', () => {
    const files = {
      'package.json': `{ "name": "shop", "dependencies": { "@medusajs/medusa": "2.0.0", "@medusajs/framework": "2.0.0" } }`,
      'src/api/admin/orders/route.ts': `export const GET = ${answer} export const POST = ${answer}`,
      'src/api/admin/invites/route.ts': `export const AUTHENTICATE = false; export const POST = ${answer}`,
      'src/api/store/me/route.ts': `export const GET = ${answer} export const POST = ${answer}`,
      'src/api/store/me/[id]/route.ts': `export async function DELETE(req, res) { res.json({}); }`,
      'src/api/store/carts/route.ts': `export const GET = ${answer}`,
      'src/api/store/returns/all/route.ts': `export const GET = ${answer}`,
      'src/api/store/feed/route.ts': `export const GET = ${answer}`,
      'src/api/middlewares.ts': `import { authenticate, defineMiddlewares } from '@medusajs/framework/http';
const customer = authenticate('customer', ['session', 'bearer']);
export default defineMiddlewares({
  routes: [
    { matcher: '/store/me', method: 'GET', middlewares: [customer] },
    { matcher: '/store/me/*', middlewares: [customer] },
    { matcher: '/store/returns*', middlewares: [customer] },
    { matcher: '/store/carts', methods: ['GET'], middlewares: [authenticate('customer', 'bearer', { allowUnauthenticated: true })] },
  ],
});`,
    };
    expect(routesOf(files)).toEqual([
      'POST /admin/invites open',
      'GET /admin/orders guarded',
      'POST /admin/orders guarded',
      'GET /store/carts open',
      'GET /store/feed open',
      'DELETE /store/me/:id guarded',
      'GET /store/me guarded',
      'POST /store/me open',
      'GET /store/returns/all guarded',
    ]);
  });

  it('are unknown where what stands in front of them cannot be read in full', () => {
    const files = {
      'package.json': `{ "name": "shop", "dependencies": { "@medusajs/medusa": "2.0.0" } }`,
      'src/api/admin/orders/route.ts': `export const GET = ${answer}`,
      'src/api/store/orders/route.ts': `export const GET = ${answer}`,
      'src/api/middlewares.ts': `import { defineMiddlewares } from '@medusajs/medusa';
import { routes } from '@acme/middlewares';
export default defineMiddlewares({ routes: [...routes] });`,
    };
    expect(routesOf(files)).toEqual(['GET /admin/orders guarded', 'GET /store/orders unknown']);
  });
});

describe('paths that are not written down in full', () => {
  it('are no guard of other paths where they answer', () => {
    const routes = `import { pages } from '@acme/settings';
app.get(\`/\${pages.folder}/:page\`, (req, res, next) => { res.json({}); });
app.get('/orders/:id', (req, res) => res.json({}));`;
    expect(routesOf({ 'app.ts': application + routes })).toEqual(['GET /*/:page open', 'GET /orders/:id open']);
  });

  it('are where something is mounted, and turn nobody away', () => {
    const routes = `import { settings } from '@acme/settings';
const orders = express.Router();
orders.get('/orders', (req, res) => res.json([]));
app.use(settings.mountPath, orders);`;
    expect(routesOf({ 'app.ts': application + routes })).toEqual(['GET /*/orders open']);
  });
});

describe('what a guard writes on one way and on another', () => {
  const guard = `app.use((req, res, next) => {
  if (req.get('x-key') === process.env.ADMIN_KEY) {
    req.auth = { isAdmin: true };
    return next();
  }
  req.auth = { isAdmin: false };
  next();
});
`;

  it('is either of them behind it', () => {
    const routes = `app.get('/orders', (req, res) => res.json([]));
app.delete('/orders', (req, res, next) => (req.auth.isAdmin ? next() : res.sendStatus(403)), (req, res) => res.json({}));`;
    expect(routesOf({ 'app.ts': application + guard + routes })).toEqual([
      'GET /orders open',
      'DELETE /orders guarded',
    ]);
  });

  it('proves nothing where one of the ways has written nothing', () => {
    const lax = `app.use((req, res, next) => {
  if (req.path === '/orders') return next();
  if (req.get('x-key') === process.env.ADMIN_KEY) {
    req.user = { id: 'admin' };
    return next();
  }
  req.user = { id: callerOf(req) };
  next();
});
`;
    const routes = `app.get('/orders', (req, res) => {
  if (req.user) console.log(req.user.id);
  res.json([]);
});`;
    expect(routesOf({ 'app.ts': application + callerOf + lax + routes })).toEqual(['GET /orders open']);
  });

  it('closes nothing', () => {
    const routes = `app.delete('/orders', (req, res, next) => (req.auth.isAdmin ? next() : res.sendStatus(403)), (req, res) => res.json({}));`;
    const root = mkdtempSync(join(tmpdir(), 'blastradius-inventory-'));
    folders.push(root);
    const session = openSession(root, { rules: [] });
    session.update('app.ts', application + guard + routes);
    expect(session.application().routes.flatMap(({ guards }) => guards.map(({ why }) => why))).not.toContain(
      'lets nobody through',
    );
  });
});

describe('a method that is called on what it belongs to', () => {
  it('registers a route', () => {
    const routes = `for (const method of ['GET', 'POST']) app[method.toLowerCase()].call(app, '/orders', (req, res) => res.json([]));
app.put.apply(app, ['/orders', (req, res) => res.json([])]);`;
    expect(routesOf({ 'app.ts': application + routes })).toEqual([
      'GET /orders open',
      'POST /orders open',
      'PUT /orders open',
    ]);
  });
});

describe('a server that a static method makes', () => {
  it('has its routes, though nobody in the project starts it', () => {
    const server = `import express from 'express';
export class Server {
  static start(options) {
    const app = express();
    app.get('/orders', (req, res) => res.json([]));
    return app.listen(options.port);
  }
}`;
    expect(routesOf({ 'server.ts': server })).toEqual(['GET /orders open']);
  });
});

describe('what answers below a path', () => {
  const guard = `const guard = (req, res, next) => { callerOf(req); next(); };
`;

  it('is a route, with what stands in front of it', () => {
    const routes = `import { createProxyMiddleware } from 'http-proxy-middleware';
import proxy from 'express-http-proxy';
app.use('/health', (req, res) => res.json({ status: 'ok' }));
app.use('/orders', guard, createProxyMiddleware({ target: process.env.ORDERS_URL }));
app.use('/catalog', proxy(process.env.CATALOG_URL));
app.use('/static', express.static('public'));
app.use('/old', (req, res) => res.status(410).json({ gone: true }));
app.use('/seen', (req, res, next) => next());
app.use(guard);
app.use(createProxyMiddleware({ target: process.env.SHOP_URL }));
app.use((req, res) => res.json({ page: 'home' }));`;
    expect(routesOf({ 'app.ts': application + callerOf + guard + routes })).toEqual([
      'ALL /health open',
      'ALL /orders guarded',
      'ALL /catalog open',
      'ALL /* guarded',
    ]);
  });

  it('does not keep from what comes later', () => {
    const routes = `import { createProxyMiddleware } from 'http-proxy-middleware';
app.use('/orders', createProxyMiddleware({ target: process.env.ORDERS_URL, pathFilter: '/orders/old' }));
app.get('/orders/new', (req, res) => res.json([]));`;
    expect(routesOf({ 'app.ts': application + routes })).toEqual(['ALL /orders open', 'GET /orders/new open']);
  });
});

describe('proxies of Fastify', () => {
  const server = `import fastify from 'fastify';
import httpProxy from '@fastify/http-proxy';
import older from 'fastify-http-proxy';
import replyFrom from '@fastify/reply-from';
import jwt from 'jsonwebtoken';
const app = fastify();
const guard = async (request) => { request.user = jwt.verify(request.headers.authorization, process.env.JWT_KEY); };
const upstream = process.env.UPSTREAM;
`;

  it('are routes, with the hooks around them and their own', () => {
    const routes = `app.register(httpProxy, { upstream, prefix: '/catalog' });
app.register(httpProxy, { upstream, prefix: '/orders', preHandler: guard });
app.register(older, { upstream, prefix: '/invoices', beforeHandler: guard, httpMethods: ['GET', 'HEAD'] });
app.register(httpProxy, { upstream, prefix: '/carts', preValidation: guard });
app.register(async (inner) => {
  inner.addHook('onRequest', guard);
  inner.register(httpProxy, { upstream, prefix: '/members' });
  inner.register(httpProxy, { upstream });
}, { prefix: '/v1' });
app.register(httpProxy, { upstream, prefix: '/unknown', preHandler: globalThis.guards.first });
app.register(httpProxy, { upstream, prefix: '/answered', handler: (request, reply, to, options) => {
  if (jwt.verify(request.headers.authorization, process.env.JWT_KEY)) return reply.from(to, options);
  return reply.code(401).send();
} });
app.listen({ port: 3000 });`;
    expect(routesOf({ 'server.ts': server + routes })).toEqual([
      'ALL /catalog/* open',
      'ALL /orders/* guarded',
      'GET /invoices/* guarded',
      'HEAD /invoices/* guarded',
      'ALL /carts/* guarded',
      'ALL /v1/members/* guarded',
      'ALL /v1/* guarded',
      'ALL /unknown/* unknown',
      'ALL /answered/* guarded',
    ]);
  });

  it('answer in a handler of the project', () => {
    const routes = `app.register(replyFrom, { base: upstream });
app.get('/stock', (request, reply) => reply.from('/stock'));
app.get('/prices', { preHandler: guard }, (request, reply) => reply.from('/prices'));
app.get('/sums', async (request, reply) => {
  if (!jwt.verify(request.headers.authorization, process.env.JWT_KEY)) return reply.code(401).send();
  return reply.from('/sums');
});`;
    expect(routesOf({ 'server.ts': server + routes })).toEqual([
      'GET /stock open',
      'GET /prices guarded',
      'GET /sums guarded',
    ]);
  });
});

describe('operations of NestJS', () => {
  it('are those of every provider, whatever its methods are called', () => {
    const program = `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
class PlainResolver {
  @Query(() => String) ping() { return 'pong'; }
}
function changing(create: string, update: string): any {
  @Resolver()
  abstract class Changing {
    @Mutation(() => String, { name: create }) async [create]() { return 'made'; }
    @Mutation(() => String, { name: update }) async [update]() { return 'changed'; }
  }
  return Changing;
}
@Resolver()
class OrdersResolver extends changing('createOrder', 'updateOrder') {}
class OrdersService { list() { return []; } }
@Module({ providers: [PlainResolver, OrdersResolver, OrdersService] })
class AppModule {}
void NestFactory.create(AppModule);
`;
    expect([...routesOf({ 'app.ts': program })].sort()).toEqual([
      'MUTATION createOrder open',
      'MUTATION updateOrder open',
      'QUERY ping open',
    ]);
  });
});
