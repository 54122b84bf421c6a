import type { Library } from '../library.js';

/**
 * https://github.com/fastify/fastify-rate-limit: for all routes that are added behind it unless `global` is false; a
 * route's `config.rateLimit` sets limits of its own, `false` switches them off.
 */
const plugin = {
  limits: {
    by: 'address',
    key: { argument: 1, property: 'keyGenerator' },
    plugin: { global: 'global', ofRoute: 'rateLimit' },
  },
} as const;

export const fastifyRateLimit: Library = {
  packages: ['@fastify/rate-limit', 'fastify-rate-limit'],
  calls: {
    '@fastify/rate-limit#()': plugin,
    'fastify-rate-limit#()': plugin,
    // The hook that it decorates an instance with.
    'fastify#().rateLimit()': { limits: { by: 'address', key: { argument: 0, property: 'keyGenerator' } } },
  },
};
