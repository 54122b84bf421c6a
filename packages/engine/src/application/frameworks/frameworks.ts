import { expressFramework } from './express/express-framework.js';
import type { Framework } from './framework.js';
import { graphFramework } from './graph/graph-framework.js';
import { NestFramework } from './nest/nest-framework.js';
import { NextFramework } from './next/next-framework.js';
import { trpcFramework } from './trpc/trpc-framework.js';
import { vercelFramework } from './vercel/vercel-framework.js';

/** Every framework, anew for each program: some keep what they have learned of one. */
export function createFrameworks(): readonly Framework[] {
  return [new NestFramework(), expressFramework, graphFramework, new NextFramework(), trpcFramework, vercelFramework];
}
