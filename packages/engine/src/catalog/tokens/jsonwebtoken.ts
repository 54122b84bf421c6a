import type { Library } from '../library.js';

/** https://github.com/auth0/node-jsonwebtoken: `sign(payload, key, options?, callback?)`, `verify(token, key, options?, callback?)`. */
export const jsonwebtoken: Library = {
  packages: ['jsonwebtoken'],
  calls: {
    'jsonwebtoken#sign()': {
      mint: {
        what: 'token',
        subject: { argument: 0 },
        subjectOption: { argument: 2, property: 'subject' },
      },
      keys: [{ argument: 1, purpose: 'sign' }],
    },
    'jsonwebtoken#verify()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [{ argument: 1, purpose: 'verify' }],
      accepts: {
        algorithms: { argument: 2, property: 'algorithms' },
        expired: { argument: 2, property: 'ignoreExpiration' },
      },
    },
    // The claims of a token that nobody has verified are whatever the caller wrote.
    'jsonwebtoken#decode()': { decodes: 0 },
  },
};
