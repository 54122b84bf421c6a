import type { ClaimsEntry, Library } from '../library.js';

/** `sign` adds `iat` and nothing else where no option says so: https://github.com/auth0/node-jsonwebtoken/blob/v9.0.2/sign.js. */
export const signOptions = {
  expiry: 'expiresIn',
  audience: 'audience',
  issuer: 'issuer',
  id: 'jwtid',
  keyId: 'keyid',
  algorithm: 'algorithm',
} satisfies ClaimsEntry['named'];

/** https://github.com/auth0/node-jsonwebtoken: `sign(payload, key, options?, callback?)`, `verify(token, key, options?, callback?)`. */
export const jsonwebtoken: Library = {
  packages: ['jsonwebtoken'],
  calls: {
    'jsonwebtoken#sign()': {
      mint: {
        what: 'token',
        subject: { argument: 0 },
        subjectOption: { argument: 2, property: 'subject' },
        claims: {
          payload: { argument: 0 },
          options: { argument: 2 },
          named: signOptions,
          header: { argument: 2, property: 'header' },
        },
      },
      keys: [{ argument: 1, purpose: 'sign' }],
    },
    'jsonwebtoken#verify()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [{ argument: 1, purpose: 'verify' }],
      accepts: {
        algorithms: { argument: 2, property: 'algorithms' },
        expired: { argument: 2, property: 'ignoreExpiration' },
        // `exp` is looked at wherever it is there, these where an option says so. Without `algorithms` the kind of the
        // key decides: https://github.com/auth0/node-jsonwebtoken/blob/v9.0.2/verify.js
        audience: { argument: 2, property: 'audience' },
        issuer: { argument: 2, property: 'issuer' },
      },
    },
    // The claims of a token that nobody has verified are whatever the caller wrote.
    'jsonwebtoken#decode()': { decodes: 0 },
  },
};
