import { passport } from './passport.js';
import type { CallEntry, Library } from '../library.js';

const authenticate: CallEntry = passport.calls['passport#authenticate()'] ?? {};

/** https://github.com/fastify/fastify-passport: the default export is an authenticator, as in passport. */
export const fastifyPassport: Library = {
  packages: ['@fastify/passport'],
  calls: Object.fromEntries(
    ['@fastify/passport#', '@fastify/passport#fastifyPassport.', '@fastify/passport#Authenticator().'].flatMap(
      (prefix): [string, CallEntry][] => [
        [`${prefix}authenticate()`, authenticate],
        [`${prefix}use()`, { defers: true }],
        [`${prefix}registerUserSerializer()`, { defers: true }],
        [`${prefix}registerUserDeserializer()`, { defers: true }],
      ],
    ),
  ),
};
