import type { Library } from '../library.js';

/**
 * https://github.com/sergiodxa/remix-auth: `authenticate` runs a strategy and throws where it fails. What `isAuthenticated` (3) says
 * rejects only where it is told where to send the others: application/frameworks/react-router/remix-auth-shape.ts.
 */
export const remixAuth: Library = {
  packages: ['remix-auth', 'remix-auth-form'],
  calls: {
    // Most strategies take the word of a provider; what the function of a form's strategy compares is read where it stands.
    'remix-auth#Authenticator().authenticate()': {
      proves: { kind: 'credential', when: 'returns', issued: true },
      promises: true,
    },
    'remix-auth#Authenticator().isAuthenticated()': { proves: { kind: 'session', when: 'truthy' }, promises: true },
    'remix-auth#Authenticator().use()': { returns: 'receiver', defers: true },
    'remix-auth-form#FormStrategy()': { defers: true },
  },
};
