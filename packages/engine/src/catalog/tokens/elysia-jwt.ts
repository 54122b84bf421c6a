import type { Library } from '../library.js';

/** https://elysiajs.com/plugins/jwt: the plugin decorates the context; what verifies gives `false` instead of throwing. */
export const elysiaJwt: Library = {
  packages: ['@elysiajs/jwt'],
  same: { '@elysiajs/jwt#()': '@elysiajs/jwt#jwt()' },
  calls: {
    '@elysiajs/jwt#jwt()': { keys: [{ argument: 0, property: 'secret', purpose: 'sign' }] },
    '@elysiajs/jwt#Signer().sign()': { mint: { what: 'token', subject: { argument: 0 } }, promises: true },
    '@elysiajs/jwt#Signer().verify()': { proves: { kind: 'token', when: 'truthy' }, promises: true },
  },
};
