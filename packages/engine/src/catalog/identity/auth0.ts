import type { Library } from '../library.js';

const openWhen = { argument: 0, property: 'authRequired', equals: false } as const;
/** Each fails where `req.auth` is missing, whatever stands before it: `toHandler` in dist/index.js. */
const claims = { guard: { proves: 'token', permits: 'claims' } } as const;
const scope = { guard: { proves: 'token', permits: 'scope' } } as const;
/** Each first asks for a session that is logged in: middleware/requiresAuth.js. */
const sessionClaims = { guard: { proves: 'session', permits: 'claims' } } as const;

/** https://github.com/auth0/express-oauth2-jwt-bearer */
export const oauthBearer: Library = {
  packages: ['express-oauth2-jwt-bearer'],
  calls: {
    'express-oauth2-jwt-bearer#auth()': {
      guard: { proves: 'token', openWhen },
      keys: [{ argument: 0, property: 'secret', purpose: 'verify' }],
    },
    'express-oauth2-jwt-bearer#requiredScopes()': scope,
    'express-oauth2-jwt-bearer#scopeIncludesAny()': scope,
    'express-oauth2-jwt-bearer#claimCheck()': claims,
    'express-oauth2-jwt-bearer#claimEquals()': claims,
    'express-oauth2-jwt-bearer#claimIncludes()': claims,
  },
};

/** https://github.com/auth0/express-openid-connect: every route needs a session, unless `authRequired` is false. */
export const openidConnect: Library = {
  packages: ['express-openid-connect'],
  calls: {
    'express-openid-connect#auth()': {
      guard: { proves: 'session', openWhen },
      keys: [{ argument: 0, property: 'secret', purpose: 'session' }],
    },
    // With a function, that alone says who has to log in: middleware/requiresAuth.js.
    'express-openid-connect#requiresAuth()': { guard: { proves: 'session', decidesIn: 'callback' } },
    'express-openid-connect#claimEquals()': sessionClaims,
    'express-openid-connect#claimIncludes()': sessionClaims,
    'express-openid-connect#claimCheck()': sessionClaims,
    // Only tries: https://auth0.github.io/express-openid-connect/functions/attemptSilentLogin.html
    'express-openid-connect#attemptSilentLogin()': { guard: {} },
    'express#Request.oidc.isAuthenticated()': { proves: { kind: 'session', when: 'truthy' } },
  },
};
