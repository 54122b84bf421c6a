import type { ClaimsEntry, Library } from '../library.js';

/** The names are those of fast-jwt, and it sets none itself: https://github.com/nearform/fast-jwt/blob/v6.0.2/src/signer.js. */
const signerOptions = {
  expiry: 'expiresIn',
  audience: 'aud',
  issuer: 'iss',
  id: 'jti',
  keyId: 'kid',
  algorithm: 'algorithm',
} satisfies ClaimsEntry['named'];

const claims: ClaimsEntry = {
  payload: { argument: 0 },
  options: { argument: 1 },
  named: signerOptions,
  header: { argument: 1, property: 'header' },
  registered: '@fastify/jwt',
};

const sign = {
  mint: { what: 'token', subject: { argument: 0 }, subjectOption: { argument: 1, property: 'sub' }, claims },
  keys: [{ argument: 1, property: 'key', purpose: 'sign' }],
} as const;
const verify = {
  proves: { kind: 'token', when: 'returns' },
  keys: [{ argument: 1, property: 'key', purpose: 'verify' }],
  accepts: {
    algorithms: { argument: 1, property: 'algorithms' },
    expired: { argument: 1, property: 'ignoreExpiration' },
    audience: { argument: 1, property: 'allowedAud' },
    issuer: { argument: 1, property: 'allowedIss' },
    registered: '@fastify/jwt',
  },
} as const;

/**
 * https://github.com/fastify/fastify-jwt: the plugin itself is called with the instance and its options, and
 * decorates the instance, the request and the reply; with a namespace below or before its name.
 */
export const fastifyJwt: Library = {
  packages: ['@fastify/jwt', 'fastify-jwt'],
  same: { '@fastify/jwt#fastifyJwt()': '@fastify/jwt#()', 'fastify-jwt#()': '@fastify/jwt#()' },
  calls: {
    '@fastify/jwt#()': {
      keys: [{ argument: 1, property: 'secret', purpose: 'sign' }],
      registers: {
        name: '@fastify/jwt',
        claims: [{ argument: 1, property: 'sign' }],
        checks: [{ argument: 1, property: 'verify' }],
        // https://github.com/fastify/fastify-jwt#trusted
        revoked: [{ argument: 1, property: 'trusted' }],
      },
    },
    '@fastify/jwt#secret()': { keys: [{ argument: 0, property: 'private', purpose: 'sign' }] },
    'fastify#().jwt.sign()': sign,
    'fastify#().jwt.*.sign()': sign,
    'fastify#().jwt.verify()': verify,
    'fastify#().jwt.*.verify()': verify,
    'fastify#().jwt.decode()': { decodes: 0 },
    'fastify#().jwt.*.decode()': { decodes: 0 },
    // Its options are those of `sign`, or hold them: https://github.com/fastify/fastify-jwt#replyjwtsign.
    'express#Response.jwtSign()': { ...sign, promises: true },
    'express#Request.jwtVerify()': {
      proves: { kind: 'token', when: 'returns' },
      promises: true,
      accepts: {
        audience: { argument: 0, property: 'allowedAud' },
        issuer: { argument: 0, property: 'allowedIss' },
        registered: '@fastify/jwt',
      },
    },
    'express#Request.jwtDecode()': { promises: true },
  },
};
