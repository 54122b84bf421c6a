import type { Library } from '../library.js';

const sign = {
  mint: { what: 'token', subject: { argument: 0 }, subjectOption: { argument: 1, property: 'sub' } },
  keys: [{ argument: 1, property: 'key', purpose: 'sign' }],
} as const;
const verify = {
  proves: { kind: 'token', when: 'returns' },
  keys: [{ argument: 1, property: 'key', purpose: 'verify' }],
  accepts: {
    algorithms: { argument: 1, property: 'algorithms' },
    expired: { argument: 1, property: 'ignoreExpiration' },
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
    '@fastify/jwt#()': { keys: [{ argument: 1, property: 'secret', purpose: 'sign' }] },
    '@fastify/jwt#secret()': { keys: [{ argument: 0, property: 'private', purpose: 'sign' }] },
    'fastify#().jwt.sign()': sign,
    'fastify#().jwt.*.sign()': sign,
    'fastify#().jwt.verify()': verify,
    'fastify#().jwt.*.verify()': verify,
    'fastify#().jwt.decode()': { decodes: 0 },
    'fastify#().jwt.*.decode()': { decodes: 0 },
    'express#Response.jwtSign()': { ...sign, promises: true },
    'express#Request.jwtVerify()': { proves: { kind: 'token', when: 'returns' }, promises: true },
    'express#Request.jwtDecode()': { promises: true },
  },
};
