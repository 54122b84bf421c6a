import type { Library } from '../library.js';

const accessToken = 'twilio#jwt.AccessToken()';

/**
 * https://www.twilio.com/docs/iam/access-tokens: `new AccessToken(account, key, secret, { identity })`. Whoever holds one is that person for
 * the service; `addGrant` says what for.
 */
export const twilio: Library = {
  packages: ['twilio'],
  same: { 'twilio/lib/jwt/AccessToken#()': accessToken, 'twilio/lib/jwt/AccessToken#AccessToken()': accessToken },
  calls: {
    [accessToken]: { keys: [{ argument: 2, purpose: 'sign' }] },
    [`${accessToken}.toJwt()`]: {
      mint: { what: 'token', subject: { made: true, argument: 3, property: 'identity' }, subjectSetter: 'identity' },
    },
    // https://www.twilio.com/docs/voice/client/capability-tokens: the name of the client is in a scope that is added.
    'twilio#jwt.ClientCapability()': { keys: [{ argument: 0, property: 'authToken', purpose: 'sign' }] },
    'twilio#jwt.ClientCapability.IncomingClientScope()': { converts: 0 },
    'twilio#jwt.ClientCapability().toJwt()': { mint: { what: 'token', subjectSetter: 'addScope' } },
  },
};
