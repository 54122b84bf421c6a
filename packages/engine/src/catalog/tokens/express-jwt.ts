import type { Library } from '../library.js';

const guard = {
  guard: { proves: 'token', openWhen: { argument: 0, property: 'credentialsRequired', equals: false } },
  keys: [{ argument: 0, property: 'secret', purpose: 'verify' }],
  defers: true,
} as const;

/** https://github.com/auth0/express-jwt: the named export since version 7, the default export before. */
export const expressJwt: Library = {
  packages: ['express-jwt'],
  calls: { 'express-jwt#expressjwt()': guard, 'express-jwt#()': guard },
};
