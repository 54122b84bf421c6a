import type { Library } from '../library.js';

/** https://github.com/hokaccha/node-jwt-simple: `decode` verifies. */
export const jwtSimple: Library = {
  packages: ['jwt-simple'],
  calls: {
    'jwt-simple#encode()': {
      mint: {
        what: 'token',
        subject: { argument: 0 },
        // `encode(payload, key, algorithm, { header })`: lib/jwt.js
        claims: { payload: { argument: 0 }, header: { argument: 3, property: 'header' } },
      },
      keys: [{ argument: 1, purpose: 'sign' }],
    },
    'jwt-simple#decode()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [{ argument: 1, purpose: 'verify' }],
      // `decode(token, key, noVerify, algorithm)`: lib/jwt.js
      readsOnlyWhen: { argument: 2, equals: true },
      // No option asks for audience or issuer; without the fourth argument the header's `alg` is taken.
      accepts: { algorithms: { argument: 3 }, algorithmOfToken: true },
    },
  },
};
