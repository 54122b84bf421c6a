import { expect, it } from 'vitest';
import { namesRoute } from './names-route.js';

it.each([
  ['POST /login', 'POST', '/login', true],
  ['POST /login', 'GET', '/login', false],
  ['POST /login', 'ALL', '/login', true],
  ['/login', 'GET', '/login', true],
  ['/login', 'GET', '/login/code', false],
  ['/users/*', 'GET', '/users/:id', true],
  ['/users/*', 'GET', '/users', false],
  ['/users/:id', 'GET', '/users/:id', true],
  ['/auth/**', 'POST', '/auth', true],
  ['/auth/**', 'POST', '/auth/staff/login', true],
  ['/auth/**', 'POST', '/authors', false],
  ['/**', 'POST', '/anything', true],
])('%s names %s %s: %s', (pattern, method, path, names) => {
  expect(namesRoute(pattern, method, path)).toBe(names);
});
