import { describe, expect, it } from 'vitest';
import { kitFiles } from './kit-files.js';

describe('kitFiles', () => {
  it.each([
    ['src/routes/+page.server.ts', 'page', '/', '/'],
    ['src/routes/api/users/+server.js', 'endpoint', '/api/users', '/api/users'],
    ['src/routes/(app)/users/[id=integer]/+page.server.ts', 'page', '/(app)/users/[id=integer]', '/users/:id'],
    ['src/routes/[[lang]]/about/+layout.server.ts', 'layout', '/[[lang]]/about', '/:lang?/about'],
    ['src/routes/files/[...path]/+server.ts', 'endpoint', '/files/[...path]', '/files/*path'],
    [
      'src/routes/v[version]/[x+2e]well-known/+server.ts',
      'endpoint',
      '/v[version]/[x+2e]well-known',
      '/v:version/.well-known',
    ],
    ['src/lib/posts.remote.ts', 'remote', '', ''],
    ['src/hooks.server.ts', 'hooks', '', ''],
  ])('%s', (file, kind, id, path) => {
    expect([...kitFiles('apps/shop/', [`apps/shop/${file}`])]).toEqual([{ file: `apps/shop/${file}`, kind, id, path }]);
  });

  it('leaves what runs in the browser, and other applications', () => {
    const files = ['src/routes/+page.ts', 'src/routes/+layout.js', 'src/hooks.client.ts', 'src/lib/users.ts'];
    expect([...kitFiles('', [...files, 'apps/other/src/routes/+server.ts'])]).toEqual([]);
  });
});
