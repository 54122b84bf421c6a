import type { CallEntry, Library } from '../library.js';

const subject = (argument: number) => ({ made: true, argument, property: 'identity' }) as const;

/** Tokens for other parties' services: whoever holds one is that person there, and the key is one for everybody. */
export const mediaServices: Library = {
  packages: ['twilio', 'livekit-server-sdk', 'stream-chat', 'getstream'],
  calls: {
    // https://www.twilio.com/docs/iam/access-tokens: `new AccessToken(account, key, secret, { identity })`.
    'twilio#jwt.AccessToken()': { keys: [{ argument: 2, purpose: 'sign' }] },
    'twilio#jwt.AccessToken().toJwt()': { mint: { what: 'token', subject: subject(3) } },
    // https://docs.livekit.io/home/server/generating-tokens/: `new AccessToken(key, secret, { identity })`.
    'livekit-server-sdk#AccessToken()': { keys: [{ argument: 1, purpose: 'sign' }] },
    'livekit-server-sdk#AccessToken().toJwt()': { mint: { what: 'token', subject: subject(2) }, promises: true },
    // https://getstream.io/chat/docs/node/tokens_and_authentication/
    ...Object.fromEntries<CallEntry>(
      ['stream-chat#StreamChat.getInstance()', 'stream-chat#StreamChat()', 'getstream#connect()'].flatMap((client) => [
        [client, { keys: [{ argument: 1, purpose: 'sign' }] }] as const,
        [
          `${client}.${client.startsWith('getstream') ? 'createUserToken' : 'createToken'}()`,
          { mint: { what: 'token', subject: { argument: 0 } } },
        ] as const,
      ]),
    ),
  },
};
