import type { CallEntry, Library, Position } from '../library.js';

const mint = (subject: Position): CallEntry => ({ mint: { what: 'token', subject } });
const ofPayload = mint({ argument: 0 });

/** The clients, each made with the key and the secret, and what they make tokens with. */
const clients: Readonly<Record<string, Readonly<Record<string, CallEntry>>>> = {
  // https://getstream.io/chat/docs/node/tokens_and_authentication/
  'stream-chat#StreamChat.getInstance()': { createToken: mint({ argument: 0 }) },
  'stream-chat#StreamChat()': { createToken: mint({ argument: 0 }) },
  // https://getstream.io/activity-feeds/docs/node/tokens/
  'getstream#connect()': { createUserToken: mint({ argument: 0 }) },
  // https://getstream.io/video/docs/api/authentication/: `generateUserToken({ user_id })`, and the older forms of it.
  '@stream-io/node-sdk#StreamClient()': {
    generateUserToken: ofPayload,
    generatePermanentUserToken: ofPayload,
    generateCallToken: ofPayload,
    createToken: mint({ argument: 0 }),
    createCallToken: ofPayload,
  },
};

/** Whoever holds such a token is that user for the service. */
export const stream: Library = {
  packages: ['stream-chat', 'getstream', '@stream-io/node-sdk'],
  calls: Object.fromEntries<CallEntry>(
    Object.entries(clients).flatMap(([client, methods]) => [
      [client, { keys: [{ argument: 1, purpose: 'sign' }] }] as const,
      ...Object.entries(methods).map(([name, entry]) => [`${client}.${name}()`, entry] as const),
    ]),
  ),
};
