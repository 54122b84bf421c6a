import type { CallEntry, Library } from '../library.js';

const verified: CallEntry = { proves: { kind: 'token', when: 'returns' }, promises: true };

/** https://github.com/awslabs/aws-jwt-verify: `verify` waits for the keys, `verifySync` needs them to be there. Both throw. */
export const awsJwtVerify: Library = {
  packages: ['aws-jwt-verify'],
  calls: {
    ...Object.fromEntries(
      ['CognitoJwtVerifier', 'JwtVerifier', 'JwtRsaVerifier', 'AlbJwtVerifier'].flatMap(
        (name): [string, CallEntry][] => [
          [`aws-jwt-verify#${name}.create().verify()`, verified],
          [`aws-jwt-verify#${name}.create().verifySync()`, { proves: { kind: 'token', when: 'returns' } }],
        ],
      ),
    ),
    'aws-jwt-verify/jwt#decomposeUnverifiedJwt()': { decodes: 0 },
  },
};
