import type { CallEntry, Library } from '../library.js';

/** https://www.better-auth.com/docs/concepts/session-management: nothing for the anonymous. `getSessionCookie` verifies nothing. */
export const betterAuth: Library = {
  packages: ['better-auth', 'better-auth/minimal'],
  calls: Object.fromEntries(
    ['better-auth#betterAuth()', 'better-auth/minimal#betterAuth()'].flatMap((auth): [string, CallEntry][] => [
      [auth, { defers: true, keys: [{ argument: 0, property: 'secret', purpose: 'session' }] }],
      [`${auth}.api.getSession()`, { gives: 'express#Request.auth', promises: true }],
    ]),
  ),
};
