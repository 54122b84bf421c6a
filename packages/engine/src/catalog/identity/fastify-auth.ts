import type { Library } from '../library.js';

/**
 * Hooks that reject by themselves: https://github.com/fastify/fastify-bearer-auth adds one where it is registered
 * unless it is told not to, https://github.com/fastify/fastify-basic-auth decorates the instance with one.
 */
export const fastifyAuth: Library = {
  packages: ['@fastify/bearer-auth', '@fastify/basic-auth', '@fastify/auth', '@fastify/csrf-protection'],
  calls: {
    '@fastify/bearer-auth#()': { guard: { proves: 'api-key' }, defers: true },
    '@fastify/basic-auth#()': { defers: true },
    'fastify#().verifyBearerAuth': { guard: { proves: 'api-key' } },
    'fastify#().verifyBearerAuthFactory()': { guard: { proves: 'api-key' } },
    'fastify#().basicAuth': { guard: { proves: 'api-key' } },
    'fastify#().csrfProtection': { guard: {} },
    'fastify#().rateLimit()': { guard: {} },
    'fastify#().auth()': { defers: true },
  },
};
