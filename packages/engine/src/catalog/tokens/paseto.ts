import type { CallEntry, Library } from '../library.js';

/** Signed tokens, and encrypted ones, which nobody else can make either. */
const methods: Readonly<Record<string, CallEntry>> = {
  sign: { mint: { what: 'token', subject: { argument: 0 } }, keys: [{ argument: 1, purpose: 'sign' }], promises: true },
  encrypt: {
    mint: { what: 'token', subject: { argument: 0 } },
    keys: [{ argument: 1, purpose: 'sign' }],
    promises: true,
  },
  verify: { proves: { kind: 'token', when: 'returns' }, keys: [{ argument: 1, purpose: 'verify' }], promises: true },
  decrypt: { proves: { kind: 'token', when: 'returns' }, keys: [{ argument: 1, purpose: 'verify' }], promises: true },
};

/** https://github.com/panva/paseto: each version of the protocol has the same functions. */
export const paseto: Library = {
  packages: ['paseto'],
  calls: {
    ...Object.fromEntries(
      ['V1', 'V2', 'V3', 'V4'].flatMap((version) =>
        Object.entries(methods).map(([name, entry]) => [`paseto#${version}.${name}()`, entry] as const),
      ),
    ),
    'paseto#decode()': { decodes: 0 },
  },
};
