import { describe, expect, it } from 'vitest';
import { joinPrefix, joinRoute } from './fastify-paths.js';

// As fastify 5.12 answers to requests.
describe('a prefix', () => {
  it.each([
    ['', '/v1', '/v1'],
    ['', 'v1', '/v1'],
    ['/v1', 'orders', '/v1/orders'],
    ['/v1/', '/orders', '/v1/orders'],
    ['/v1', '', '/v1'],
  ])('%s and %s', (outer, own, whole) => {
    expect(joinPrefix(outer, own)).toBe(whole);
  });

  it.each([
    ['', '/', '/'],
    ['', '', '/'],
    ['/v1', '/', '/v1'],
    ['/v1', '/x/', '/v1/x/'],
    ['/v1', 'x', '/v1x'],
    ['/v1/', '/x', '/v1/x'],
  ])('%s in front of the route %s', (prefix, own, whole) => {
    expect(joinRoute(prefix, own)).toBe(whole);
  });
});
