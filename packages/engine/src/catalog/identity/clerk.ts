import type { Library } from '../library.js';

/** https://clerk.com/docs/reference/express/overview: `clerkMiddleware` tells who it is, and rejects nobody. */
export const clerk: Library = {
  packages: ['@clerk/express'],
  calls: {
    '@clerk/express#clerkMiddleware()': { guard: {} },
    '@clerk/express#requireAuth()': { guard: { proves: 'session' } },
    '@clerk/express#clerkClient.verifyToken()': { proves: { kind: 'token', when: 'returns' }, promises: true },
  },
};
