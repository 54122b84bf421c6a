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

/** https://clerk.com/docs/reference/nextjs/app-router/auth: the same, and nothing is protected before somebody asks. */
export const clerkNext: Library = {
  packages: ['@clerk/nextjs/server', '@clerk/nextjs'],
  calls: {
    '@clerk/nextjs/server#clerkMiddleware()': { defers: true, guard: {} },
    '@clerk/nextjs/server#auth.protect()': { proves: { kind: 'session', when: 'returns' }, promises: true },
    '@clerk/nextjs/server#auth().protect()': { proves: { kind: 'session', when: 'returns' }, promises: true },
    '@clerk/nextjs/server#currentUser()': { gives: 'express#Request.auth', promises: true },
    '@clerk/nextjs/server#verifyToken()': { proves: { kind: 'token', when: 'returns' }, promises: true },
  },
};
