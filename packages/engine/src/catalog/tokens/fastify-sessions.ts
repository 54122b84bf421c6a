import type { Library } from '../library.js';

/** Plugins are called with the instance and their options; what they decorate the request with only attaches. */
export const fastifySessions: Library = {
  packages: ['@fastify/cookie', '@fastify/session', '@fastify/secure-session'],
  calls: {
    '@fastify/cookie#()': { keys: [{ argument: 1, property: 'secret', purpose: 'cookie' }] },
    '@fastify/session#()': { keys: [{ argument: 1, property: 'secret', purpose: 'session' }] },
    '@fastify/secure-session#()': {
      keys: [
        { argument: 1, property: 'secret', purpose: 'session' },
        { argument: 1, property: 'key', purpose: 'session' },
      ],
    },
  },
};
