import type { Library } from '../library.js';

/** Fields of a session by which it says who the caller is: whoever sets one logs somebody in. */
const identityNames = [
  ...['user', 'account', 'member', 'customer', 'admin', 'employee'].flatMap((who) => [
    who,
    `${who}Id`,
    `${who}ID`,
    `${who}_id`,
    `${who}Uuid`,
  ]),
  ...['uid', 'sub', 'subject', 'identity', 'principal', 'username', 'currentUser', 'currentUserId', 'loggedInUser'],
];

/** Sessions and signed cookies only attach: who asks for a field of them is the guard. */
export const sessions: Library = {
  packages: [
    'express-session',
    'cookie-session',
    'cookie-parser',
    'cookie-signature',
    'keygrip',
    'iron-session',
    'next-iron-session',
    'csrf-csrf',
  ],
  calls: {
    ...Object.fromEntries(
      identityNames.map((name) => [
        `express#Request.session.${name}=()`,
        { mint: { what: 'session', subject: { argument: 0 } } },
      ]),
    ),
    'express-session#()': { guard: {}, keys: [{ argument: 0, property: 'secret', purpose: 'session' }] },
    'cookie-session#()': {
      guard: {},
      keys: [
        { argument: 0, property: 'secret', purpose: 'session' },
        { argument: 0, property: 'keys', purpose: 'session' },
      ],
    },
    'cookie-parser#()': { guard: {}, keys: [{ argument: 0, purpose: 'cookie' }] },
    'cookie-parser#signedCookie()': { keys: [{ argument: 1, purpose: 'cookie' }] },
    'cookie-signature#sign()': { keys: [{ argument: 1, purpose: 'cookie' }] },
    'cookie-signature#unsign()': { keys: [{ argument: 1, purpose: 'cookie' }] },
    'keygrip#()': { keys: [{ argument: 0, purpose: 'cookie' }] },
    // With the store of cookies as its only carrier the options come second.
    'iron-session#getIronSession()': {
      gives: 'express#Request.session',
      promises: true,
      keys: [
        { argument: 1, property: 'password', purpose: 'session' },
        { argument: 2, property: 'password', purpose: 'session' },
      ],
    },
    // Until version 6 it wraps a handler, and `req.session` is there: https://github.com/vvo/iron-session/tree/v6.3.1
    ...Object.fromEntries(
      [
        'iron-session/next#withIronSessionApiRoute()',
        'iron-session/next#withIronSessionSsr()',
        'next-iron-session#withIronSession()',
      ].map((path) => [
        path,
        { returns: 0, keys: [{ argument: 1, property: 'password', purpose: 'session' }] } as const,
      ]),
    ),
    ...Object.fromEntries(
      ['iron-session/express#ironSession()', 'next-iron-session#ironSession()'].map((path) => [
        path,
        { guard: {}, keys: [{ argument: 0, property: 'password', purpose: 'session' }] } as const,
      ]),
    ),
    // https://github.com/vvo/iron-session: a seal is a token, and what does not open it gives an object with nothing in it.
    'iron-session#sealData()': {
      mint: { what: 'token', subject: { argument: 0 } },
      keys: [{ argument: 1, property: 'password', purpose: 'session' }],
      promises: true,
    },
    'iron-session#unsealData()': {
      gives: 'express#Request.session',
      promises: true,
      keys: [{ argument: 1, property: 'password', purpose: 'session' }],
    },
    'csrf-csrf#doubleCsrf()': { keys: [{ argument: 0, property: 'getSecret', purpose: 'cookie' }] },
  },
};
