import type { Library } from '../library.js';

/** https://hapi.dev/module/jwt/api/; its scheme stands in catalog/frameworks/hapi.ts. */
export const hapiJwt: Library = {
  packages: ['@hapi/jwt'],
  calls: {
    '@hapi/jwt#token.generate()': {
      mint: {
        what: 'token',
        subject: { argument: 0 },
        claims: {
          payload: { argument: 0 },
          options: { argument: 2 },
          named: { expiry: 'ttlSec' },
          header: { argument: 2, property: 'header' },
        },
      },
      keys: [
        { argument: 1, purpose: 'sign' },
        { argument: 1, property: 'key', purpose: 'sign' },
      ],
    },
    '@hapi/jwt#token.verify()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [
        { argument: 1, purpose: 'verify' },
        { argument: 1, property: 'key', purpose: 'verify' },
      ],
    },
    '@hapi/jwt#token.verifySignature()': {
      proves: { kind: 'token', when: 'returns' },
      keys: [{ argument: 1, purpose: 'verify' }],
    },
    '@hapi/jwt#token.decode()': { decodes: 0 },
    // What is within `keys` of a strategy, and within `cookie` of one.
    '@hapi/jwt#keys()': { keys: [{ argument: 0, property: 'key', purpose: 'verify' }] },
    '@hapi/cookie#settings()': { keys: [{ argument: 0, property: 'password', purpose: 'cookie' }] },
  },
};
