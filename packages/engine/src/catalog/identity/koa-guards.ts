import type { Library } from '../library.js';
import { passport } from '../tokens/passport.js';

const authenticate = passport.calls['passport#authenticate()'] ?? {};
const exempting = { guard: { exempts: true }, defers: true } as const;

/** Guards that are made for Koa. */
export const koaGuards: Library = {
  packages: ['koa-jwt', 'koa-passport', 'koa-basic-auth', 'koa-unless', 'koa-session'],
  calls: {
    // https://github.com/koajs/jwt: with `passthrough` an invalid token goes on as well, and nobody is attached.
    'koa-jwt#()': {
      guard: { proves: 'token', openWhen: { argument: 0, property: 'passthrough', equals: true } },
      keys: [{ argument: 0, property: 'secret', purpose: 'verify' }],
      accepts: {
        algorithms: { argument: 0, property: 'algorithms' },
        audience: { argument: 0, property: 'audience' },
        issuer: { argument: 0, property: 'issuer' },
        revoked: { argument: 0, property: 'isRevoked' },
      },
      defers: true,
    },
    'koa-jwt#().unless()': exempting,
    'koa-unless#()': exempting,
    // https://github.com/rkusa/koa-passport: as in Express, on the context.
    'koa-passport#authenticate()': authenticate,
    'koa-passport#initialize()': { guard: {} },
    'koa-passport#session()': { guard: {} },
    'koa-passport#use()': { defers: true },
    'koa-passport#serializeUser()': { defers: true },
    'koa-passport#deserializeUser()': { defers: true },
    'koa#Context().isAuthenticated()': { proves: { kind: 'session', when: 'truthy' } },
    'koa#Context().isUnauthenticated()': { proves: { kind: 'session', when: 'falsy' } },
    'koa#Context().login()': { mint: { what: 'session', subject: { argument: 0 } } },
    'koa#Context().logIn()': { mint: { what: 'session', subject: { argument: 0 } } },
    // https://github.com/koajs/basic-auth answers 401 itself.
    'koa-basic-auth#()': { guard: { proves: 'api-key' } },
    'koa-session#()': { guard: {} },
  },
};
