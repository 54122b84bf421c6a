import { externalValue, memberOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/**
 * `getAuth(req)` gives an object for the anonymous too, in which every name is there and holds nothing:
 * https://clerk.com/docs/reference/express/get-auth. `req.auth()` is the same.
 */
export const clerkShape: OddShape = {
  evaluates: ({ text }) => text === '@clerk/express#getAuth()' || text === 'express#Request.auth()',

  evaluateCall(call: ExternalValue): Value | undefined {
    const request = call.path === '@clerk/express#getAuth()' ? call.call?.args[0] : undefined;
    const auth =
      request?.kind === 'external'
        ? memberOf(request, 'auth')
        : call.path === 'express#Request.auth()'
          ? externalValue('express#Request.auth', call.origin)
          : undefined;
    return auth && { kind: 'object', properties: new Map(), spread: [auth], origin: call.origin };
  },
};
