import { ElysiaFramework } from './elysia/elysia-framework.js';
import { expressFramework } from './express/express-framework.js';
import { FastifyFramework } from './fastify/fastify-framework.js';
import type { Framework } from './framework.js';
import { graphFramework } from './graph/graph-framework.js';
import { H3Framework } from './h3/h3-framework.js';
import { HapiFramework } from './hapi/hapi-framework.js';
import { HonoFramework } from './hono/hono-framework.js';
import { KoaFramework } from './koa/koa-framework.js';
import { LambdaFramework } from './lambda/lambda-framework.js';
import { medusaFramework } from './medusa/medusa-framework.js';
import { NestFramework } from './nest/nest-framework.js';
import { NextFramework } from './next/next-framework.js';
import { NodeFramework } from './node/node-framework.js';
import { ReactRouterFramework } from './react-router/react-router-framework.js';
import { KitFramework } from './sveltekit/kit-framework.js';
import { trpcFramework } from './trpc/trpc-framework.js';
import { vercelFramework } from './vercel/vercel-framework.js';

/** Every framework, anew for each program: some keep what they have learned of one. */
export function createFrameworks(): readonly Framework[] {
  return [
    new NestFramework(),
    expressFramework,
    new FastifyFramework(),
    graphFramework,
    new HonoFramework(),
    new KoaFramework(),
    new H3Framework(),
    new HapiFramework(),
    new ElysiaFramework(),
    new NextFramework(),
    new ReactRouterFramework(),
    new KitFramework(),
    trpcFramework,
    medusaFramework,
    vercelFramework,
    new LambdaFramework(),
    new NodeFramework(),
  ];
}
