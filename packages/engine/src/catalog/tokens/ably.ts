import type { CallEntry, Library } from '../library.js';

/** Its key, or options with it, make the client; the options of the call may hold another one. */
const mint: CallEntry = {
  mint: { what: 'token', subject: { argument: 0, property: 'clientId' } },
  keys: [
    { argument: 0, made: true, purpose: 'sign' },
    { argument: 1, property: 'key', purpose: 'sign' },
  ],
  promises: true,
};

/** https://ably.com/docs/auth/token: both give what makes a browser the client of that id; a request is signed, and good for one token. */
export const ably: Library = {
  packages: ['ably'],
  calls: Object.fromEntries(
    ['Rest()', 'Realtime()', 'Rest.Promise()', 'Realtime.Promise()'].flatMap((client) =>
      ['createTokenRequest', 'requestToken'].map((method) => [`ably#${client}.auth.${method}()`, mint] as const),
    ),
  ),
};
