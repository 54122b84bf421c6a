import type { Library } from '../library.js';

const guard = {
  guard: {
    proves: 'token',
    openWhen: { argument: 0, property: 'credentialsRequired', equals: false },
    // A preflight passes that asks for the `authorization` header: `src/index.ts`, `isAllowedHeader`.
    skips: ['OPTIONS'],
  },
  keys: [{ argument: 0, property: 'secret', purpose: 'verify' }],
  accepts: {
    algorithms: { argument: 0, property: 'algorithms' },
    audience: { argument: 0, property: 'audience' },
    issuer: { argument: 0, property: 'issuer' },
    revoked: { argument: 0, property: 'isRevoked' },
  },
  defers: true,
} as const;

const exempting = { guard: { exempts: true }, defers: true } as const;

/** https://github.com/auth0/express-jwt: the named export since version 7, the default export before. */
export const expressJwt: Library = {
  packages: ['express-jwt'],
  calls: {
    'express-jwt#expressjwt()': guard,
    'express-jwt#()': guard,
    'express-jwt#expressjwt().unless()': exempting,
    'express-jwt#().unless()': exempting,
  },
};

/** https://github.com/jfromaniello/express-unless: a method for any middleware, `guard.unless = unless`. */
export const expressUnless: Library = {
  packages: ['express-unless'],
  calls: { 'express-unless#unless()': exempting, 'express-unless#()': exempting },
};
