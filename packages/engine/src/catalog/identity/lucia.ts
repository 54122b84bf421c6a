import type { Library } from '../library.js';

/** https://v3.lucia-auth.com/reference/main/Lucia: what `validateSession` gives has a session and a user, or neither. */
export const lucia: Library = {
  packages: ['lucia'],
  calls: {
    'lucia#Lucia().validateSession()': { proves: { kind: 'session', when: 'truthy' }, promises: true },
    'lucia#Lucia().createSession()': { mint: { what: 'session', subject: { argument: 0 } }, promises: true },
  },
};
