import type { Library } from '../library.js';

/** Sessions only attach: who asks for a field of them is the guard. */
export const sessions: Library = {
  packages: ['express-session', 'cookie-session', 'cookie-parser'],
  calls: {
    'express-session#()': { guard: {}, keys: [{ argument: 0, property: 'secret', purpose: 'session' }] },
    'cookie-session#()': {
      guard: {},
      keys: [
        { argument: 0, property: 'secret', purpose: 'session' },
        { argument: 0, property: 'keys', purpose: 'session' },
      ],
    },
    'cookie-parser#()': { guard: {}, keys: [{ argument: 0, purpose: 'cookie' }] },
  },
};
