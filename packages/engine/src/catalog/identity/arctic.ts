import type { Library } from '../library.js';

/** https://arcticjs.dev: it gives tokens for a code that the provider has issued, and throws for any other. */
export const arctic: Library = {
  packages: ['arctic'],
  calls: {
    'arctic#*().validateAuthorizationCode()': {
      proves: { kind: 'credential', when: 'returns', issued: true },
      promises: true,
    },
  },
};
