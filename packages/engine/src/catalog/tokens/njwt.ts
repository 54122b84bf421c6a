import type { Library } from '../library.js';

/** https://github.com/jwtk/njwt: `verify` throws, or hands its callback the error. */
export const njwt: Library = {
  packages: ['njwt'],
  calls: {
    'njwt#create()': {
      mint: { what: 'token', subject: { argument: 0 } },
      keys: [{ argument: 1, purpose: 'sign' }],
    },
    'njwt#verify()': { proves: { kind: 'token', when: 'returns' }, keys: [{ argument: 1, purpose: 'verify' }] },
  },
};
