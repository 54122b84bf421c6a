import type { Library } from '../library.js';

/**
 * Middlewares that look at what a token permits. Both answer 403 where no guard before them has set a user: index.js of
 * express-jwt-permissions, lib/index.js of express-jwt-authz. `customUserKey` and `requestProperty` rename it.
 */
export const tokenScopes: Library = {
  packages: ['express-jwt-permissions', 'express-jwt-authz'],
  calls: {
    'express-jwt-permissions#().check()': { guard: { proves: 'attached', permits: 'permissions' } },
    'express-jwt-authz#()': { guard: { proves: 'attached', permits: 'scope' } },
  },
};
