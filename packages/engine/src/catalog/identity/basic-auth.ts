import type { Library } from '../library.js';

/**
 * https://github.com/LionC/express-basic-auth answers 401 itself; the password is checked on every request.
 * `basic-auth` only reads the header, and is not listed.
 */
export const basicAuth: Library = {
  packages: ['express-basic-auth'],
  calls: { 'express-basic-auth#()': { guard: { proves: 'api-key' }, defers: true } },
};
