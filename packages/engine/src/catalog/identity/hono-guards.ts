import type { Library } from '../library.js';

/** Guards of Hono for one token or one password; a function among their options decides instead. */
export const honoGuards: Library = {
  packages: ['hono/bearer-auth', 'hono/basic-auth', '@hono/clerk-auth', '@hono/auth-js'],
  calls: {
    // https://hono.dev/docs/middleware/builtin/bearer-auth
    'hono/bearer-auth#bearerAuth()': {
      guard: { proves: 'api-key', asks: { argument: 0, property: 'verifyToken', credentials: 1 } },
      defers: true,
    },
    // https://hono.dev/docs/middleware/builtin/basic-auth
    'hono/basic-auth#basicAuth()': {
      guard: { proves: 'api-key', asks: { argument: 0, property: 'verifyUser', credentials: 2 } },
      defers: true,
    },
    // https://github.com/honojs/middleware/tree/main/packages/clerk-auth: it tells who it is, and rejects nobody.
    '@hono/clerk-auth#clerkMiddleware()': { guard: {} },
    // https://github.com/honojs/middleware/tree/main/packages/auth-js
    '@hono/auth-js#verifyAuth()': { guard: { proves: 'session' } },
    '@hono/auth-js#initAuthConfig()': { guard: {}, defers: true },
  },
};
