import { describe, expect, it } from 'vitest';
import { medusaFiles } from './medusa-files.js';

const shop = { name: 'shop', directory: 'apps/shop', dependencies: new Map([['@medusajs/framework', '2.0.0']]) };

describe('files of Medusa', () => {
  it('answer below src/api, under the names of their folders', () => {
    const files = [
      'apps/shop/src/api/middlewares.ts',
      'apps/shop/src/api/route.ts',
      'apps/shop/src/api/store/orders/[id]/items/[item_id]/route.ts',
      'apps/shop/src/api/hooks/[...]/route.js',
      'apps/shop/src/api/admin/_drafts/route.ts',
      'apps/shop/src/api/admin/orders/middlewares.ts',
      'apps/shop/src/api/admin/orders/helpers.ts',
      'apps/other/src/api/route.ts',
    ];
    expect(
      medusaFiles(files, [shop, { name: 'other', directory: 'apps/other', dependencies: new Map<string, string>() }]),
    ).toEqual([
      {
        middlewares: 'apps/shop/src/api/middlewares.ts',
        routes: [
          { file: 'apps/shop/src/api/route.ts', path: '/' },
          {
            file: 'apps/shop/src/api/store/orders/[id]/items/[item_id]/route.ts',
            path: '/store/orders/:id/items/:item_id',
          },
          { file: 'apps/shop/src/api/hooks/[...]/route.js', path: '/hooks/*' },
        ],
      },
    ]);
  });
});
