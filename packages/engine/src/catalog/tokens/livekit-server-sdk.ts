import type { Library } from '../library.js';

/** https://docs.livekit.io/home/server/generating-tokens/: `new AccessToken(key, secret, { identity })`; whoever holds one is that participant. */
export const livekit: Library = {
  packages: ['livekit-server-sdk'],
  calls: {
    'livekit-server-sdk#AccessToken()': { keys: [{ argument: 1, purpose: 'sign' }] },
    'livekit-server-sdk#AccessToken().toJwt()': {
      mint: { what: 'token', subject: { made: true, argument: 2, property: 'identity' }, subjectSetter: 'identity' },
      promises: true,
    },
  },
};
