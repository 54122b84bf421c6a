import { expect, it } from 'vitest';
import { joinPrefix, shownPath } from './hapi-paths.js';

it('writes parameters as other frameworks do', () => {
  expect(shownPath('/users/{id}/files/{path*}')).toBe('/users/:id/files/*path');
  expect(shownPath('/pages/{page?}')).toBe('/pages/:page?');
  expect(shownPath('/pairs/{pair*2}')).toBe('/pairs/*pair');
});

it('knows the root below a prefix as the prefix alone', () => {
  expect(joinPrefix('/users', '/')).toBe('/users');
  expect(joinPrefix('', '/')).toBe('/');
  expect(joinPrefix('/users', '/{id}')).toBe('/users/{id}');
});
