import type { Library } from '../library.js';

/** https://github.com/nearform/fast-jwt: the function that is made throws where a token is bad. */
export const fastJwt: Library = {
  packages: ['fast-jwt'],
  calls: {
    'fast-jwt#createSigner()': { keys: [{ argument: 0, property: 'key', purpose: 'sign' }] },
    'fast-jwt#createSigner()()': { mint: { what: 'token', subject: { argument: 0 } } },
    'fast-jwt#createVerifier()': { keys: [{ argument: 0, property: 'key', purpose: 'verify' }] },
    'fast-jwt#createVerifier()()': { proves: { kind: 'token', when: 'returns' } },
    'fast-jwt#createDecoder()()': { decodes: 0 },
  },
};
