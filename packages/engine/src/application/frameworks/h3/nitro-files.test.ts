import { expect, it } from 'vitest';
import { nitroFiles } from './nitro-files.js';

it('makes routes of files as Nitro does', () => {
  const { middlewares, routes } = nitroFiles('apps/shop/', [
    'apps/shop/server/middleware/2.admin.ts',
    'apps/shop/server/middleware/1.user.ts',
    'apps/shop/server/api/users/[id].get.ts',
    'apps/shop/server/api/users/index.ts',
    'apps/shop/server/api/(staff)/files/[...path].delete.ts',
    'apps/shop/server/routes/index.dev.ts',
    'apps/shop/server/routes/sitemap.xml.ts',
    'apps/shop/server/api/users.test.ts',
    'apps/other/server/api/users.ts',
  ]);
  expect(middlewares.map((file) => file.slice(file.lastIndexOf('/') + 1))).toEqual(['1.user.ts', '2.admin.ts']);
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /api/files/*path',
    'GET /api/users/:id',
    'ALL /api/users',
    'ALL /',
    'ALL /sitemap.xml',
  ]);
});
