import { describe, expect, it } from 'vitest';
import { finds } from './bounded-regex.js';
import { takesPath } from './path-pattern.js';

// As `unstable_doesMiddlewareMatch` of next 16.4.6 answers.
describe('takesPath', () => {
  it.each([
    ['/api/:path*', '/api', true],
    ['/api/:path*', '/api/users/1', true],
    ['/api/:path*', '/apis', false],
    ['/api/:path*', '/API/users', false],
    ['/api/:path+', '/api', false],
    ['/api/:path+', '/api/users', true],
    ['/api/:path?', '/api/users', true],
    ['/api/:path?', '/api/users/1', false],
    ['/users/:id/edit', '/users/1/edit', true],
    ['/users/:id(\\d+)', '/users/1', true],
    ['/users/:id(\\d+)', '/users/one', false],
    ['/api/(.*)', '/api/users/1', true],
    ['/api(.*)', '/apis', true],
    ['/(api|trpc)(.*)', '/trpc/users', true],
    ['/((?!api|_next/static|favicon.ico).*)', '/api/users', false],
    ['/((?!api|_next/static|favicon.ico).*)', '/users', true],
    ['/((?!api|_next/static|favicon.ico).*)', '/apis', false],
    ['/((?!.*\\..*|_next).*)', '/api/users', true],
    ['/((?!.*\\..*|_next).*)', '/logo.png', false],
    ['/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|jpe?g)).*)', '/api/data.json', true],
    ['/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|jpe?g)).*)', '/main.js', false],
    ['/', '/', true],
    ['/', '/users', false],
    ['/files{/:name}?', '/files', true],
    ['/files{/:name}?', '/files/a', true],
  ])('%s and %s', (pattern, path, taken) => {
    expect(takesPath(pattern, path)).toBe(taken);
  });

  it('leaves open what it cannot read', () => {
    expect(takesPath('/users/:id(\\d+', '/users/1')).toBeUndefined();
    expect(takesPath('/(?<=a)b', '/b')).toBeUndefined();
    expect(takesPath('/:', '/a')).toBeUndefined();
  });
});

describe('finds', () => {
  it('gives up where it takes too long', () => {
    expect(finds('^(a+)+$', `${'a'.repeat(40)}b`)).toBeUndefined();
  });

  it.each([
    ['[^a-c]+', 'abc', false],
    ['[^a-c]+', 'abcd', true],
    ['^\\w{2,3}$', 'abcd', false],
    ['^(?=a)..$', 'ab', true],
    ['\\S', ' ', false],
  ])('%s in %s', (source, text, found) => {
    expect(finds(source, text)).toBe(found);
  });
});
