import type { Library } from '../library.js';

/** https://github.com/auth0/jwt-decode: reads the claims for a client, and verifies nothing. */
export const jwtDecode: Library = {
  packages: ['jwt-decode', 'jsontokens'],
  calls: {
    'jwt-decode#()': { decodes: 0 },
    'jwt-decode#jwtDecode()': { decodes: 0 },
    'jsontokens#decodeToken()': { decodes: 0 },
  },
};
