import type { CallEntry, Library } from '../library.js';

/** Each gives the session or nothing, and rejects nobody: whoever asks for it is the guard. */
const session: CallEntry = { gives: 'express#Request.auth', promises: true };
const secret = [{ argument: 0, property: 'secret', purpose: 'session' }] as const;
/** The cookie of a session is an encrypted token, and whoever can encrypt one is logged in: packages/next-auth/src/jwt/index.ts. */
const encode: CallEntry = {
  mint: { what: 'token', subject: { argument: 0, property: 'token' } },
  keys: secret,
  promises: true,
};
/** Gives `null` where there is no token, and throws where it is bad. */
const decode: CallEntry = { proves: { kind: 'token', when: 'truthy' }, keys: secret, promises: true };

/**
 * https://next-auth.js.org/configuration/nextjs (4) and https://authjs.dev/reference/nextjs (5), where `auth` also wraps
 * a handler; application/frameworks/next/next-middleware.ts reads what they do as a middleware.
 */
export const authJs: Library = {
  packages: ['next-auth', 'next-auth/next', 'next-auth/jwt', 'next-auth/middleware', '@auth/core/jwt'],
  calls: {
    'next-auth#()': { defers: true, keys: secret },
    'next-auth#NextAuth()': { defers: true, keys: secret },
    'next-auth#().auth()': { ...session, defers: true },
    'next-auth#NextAuth().auth()': { ...session, defers: true },
    'next-auth#getServerSession()': session,
    'next-auth#unstable_getServerSession()': session,
    'next-auth/next#getServerSession()': session,
    'next-auth/next#unstable_getServerSession()': session,
    // Decrypts the cookie, and gives nothing where that fails: packages/next-auth/src/jwt/index.ts.
    'next-auth/jwt#getToken()': { ...session, keys: secret },
    'next-auth/jwt#encode()': encode,
    'next-auth/jwt#decode()': decode,
    '@auth/core/jwt#getToken()': { ...session, keys: secret },
    '@auth/core/jwt#encode()': encode,
    '@auth/core/jwt#decode()': decode,
    'next-auth/middleware#()': { defers: true, guard: { proves: 'session' } },
    'next-auth/middleware#withAuth()': { defers: true, guard: { proves: 'session' } },
  },
};
