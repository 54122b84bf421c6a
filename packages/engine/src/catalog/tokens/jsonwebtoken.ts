import type { Library } from '../library.js';

/** https://github.com/auth0/node-jsonwebtoken: `sign(payload, key, options?, callback?)`, `verify(token, key, options?, callback?)`. */
export const jsonwebtoken: Library = {
  packages: ['jsonwebtoken'],
  calls: {
    'jsonwebtoken#sign()': {
      mint: { what: 'token', subject: { argument: 0 } },
      keys: [{ argument: 1, purpose: 'sign' }],
    },
    'jsonwebtoken#verify()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [{ argument: 1, purpose: 'verify' }],
    },
    // The claims of a token that nobody has verified are whatever the caller wrote.
    'jsonwebtoken#decode()': { converts: 0 },
  },
};
