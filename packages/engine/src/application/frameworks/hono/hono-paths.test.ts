import { describe, expect, it } from 'vitest';
import { covers, mergePaths, overlaps, patternsOf, shownPath } from './hono-paths.js';

/** As Hono answers when it is run: `app.use(outer, guard)` in front of `app.all(inner, handler)`. */
const guards = (outer: string, inner: string, strict = true): boolean =>
  patternsOf(inner, strict).every((narrow) => patternsOf(outer, strict).some((wide) => covers(wide, narrow)));

describe('covers', () => {
  it.each([
    ['/admin', '/admin', true],
    ['/admin', '/admin/', false],
    ['/admin', '/admin/x', false],
    ['/admin', '/ADMIN', false],
    ['/admin/*', '/admin', true],
    ['/admin/*', '/admin/', true],
    ['/admin/*', '/admin/x/y', true],
    ['/admin/*', '/adminx', false],
    ['/a/*/b', '/a/:id/b', true],
    ['/a/*/b', '/a/b', false],
    ['/a/*/b', '/a/1/b/c', false],
    ['/o/:id?', '/o', true],
    ['/o/:id?', '/o/:id', true],
    ['/o/:id', '/o/:id?', false],
    ['/r/:id{[0-9]+}', '/r/:id{[0-9]+}', true],
    ['/r/:id{[0-9]+}', '/r/:id', false],
    ['/r/:id', '/r/:id{[0-9]+}', true],
    ['/f/:path', '/f/:path{.+}', false],
    ['/f/*', '/f/:path{.+}', true],
    ['/u/:id', '/u/me', true],
    ['/u/me', '/u/:id', false],
    ['/*', '/', true],
  ])('%s in front of %s: %s', (outer, inner, covered) => {
    expect(guards(outer, inner)).toBe(covered);
  });

  it('takes no notice of a slash at the end where the application does not', () => {
    expect(guards('/admin', '/admin/', false)).toBe(true);
  });
});

describe('overlaps', () => {
  it.each([
    ['/shop/login', '/shop/:page', true],
    ['/shop/login', '/shop/logout', false],
    ['/shop/*', '/shop/a/b', true],
    ['/shop', '/shop/a', false],
  ])('%s and %s: %s', (one, other, both) => {
    const [a] = patternsOf(one, true);
    const [b] = patternsOf(other, true);
    expect(a && b && overlaps(a, b)).toBe(both);
  });
});

it('puts paths together as `route` and `basePath` do', () => {
  expect(mergePaths('/api', '/')).toBe('/api');
  expect(mergePaths('/api', '*')).toBe('/api/*');
  expect(mergePaths('/', 'x')).toBe('/x');
  expect(mergePaths('/api/', '/x')).toBe('/api/x');
  expect(shownPath('/files/:id{[0-9]{2}}/x')).toBe('/files/:id/x');
});
