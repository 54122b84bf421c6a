import type { Library } from '../library.js';

/** https://github.com/auth0/node-jws: `verify` says whether the signature is right, `decode` does not look at it. */
export const jws: Library = {
  packages: ['jws'],
  calls: {
    'jws#sign()': {
      mint: { what: 'token', subject: { argument: 0, property: 'payload' } },
      keys: [
        { argument: 0, property: 'secret', purpose: 'sign' },
        { argument: 0, property: 'privateKey', purpose: 'sign' },
      ],
    },
    'jws#verify()': { proves: { kind: 'token', when: 'truthy' }, keys: [{ argument: 2, purpose: 'verify' }] },
    'jws#decode()': { decodes: 0 },
  },
};
