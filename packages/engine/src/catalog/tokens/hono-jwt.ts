import type { Library } from '../library.js';

const sign = {
  // The payload is all that is signed: https://github.com/honojs/hono/blob/v4.12.0/src/utils/jwt/jwt.ts.
  mint: { what: 'token', subject: { argument: 0 }, claims: { payload: { argument: 0 } } },
  promises: true,
  keys: [{ argument: 1, purpose: 'sign' }],
} as const;

const verify = {
  proves: { kind: 'token', when: 'returns' },
  promises: true,
  keys: [{ argument: 1, purpose: 'verify' }],
  accepts: {
    algorithms: { argument: 2, property: 'alg' },
    audience: { argument: 2, property: 'aud' },
    issuer: { argument: 2, property: 'iss' },
  },
} as const;

/** https://hono.dev/docs/helpers/jwt and https://hono.dev/docs/middleware/builtin/jwt: the middleware rejects whoever has no valid token. */
export const honoJwt: Library = {
  packages: ['hono/jwt', 'hono/jwk', 'hono/utils/jwt'],
  calls: {
    'hono/jwt#jwt()': {
      guard: { proves: 'token' },
      defers: true,
      keys: [{ argument: 0, property: 'secret', purpose: 'verify' }],
      accepts: {
        algorithms: { argument: 0, property: 'alg' },
        audience: { argument: 0, property: 'verification.aud' },
        issuer: { argument: 0, property: 'verification.iss' },
      },
    },
    'hono/jwt#sign()': sign,
    'hono/jwt#verify()': verify,
    'hono/jwt#decode()': { decodes: 0 },
    'hono/jwt#verifyWithJwks()': { proves: { kind: 'token', when: 'returns' }, promises: true },
    'hono/utils/jwt#Jwt.sign()': sign,
    'hono/utils/jwt#Jwt.verify()': verify,
    'hono/utils/jwt#Jwt.decode()': { decodes: 0 },
    // With `allow_anon` it goes on where there is no token.
    'hono/jwk#jwk()': {
      guard: { proves: 'token', openWhen: { argument: 0, property: 'allow_anon', equals: true } },
      defers: true,
    },
  },
};
