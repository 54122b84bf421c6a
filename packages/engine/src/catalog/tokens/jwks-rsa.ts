import type { CallEntry, Library } from '../library.js';

/** The keys that another party publishes; the `kid` of the token chooses one of them, and tokens of other algorithms than theirs have none. */
const published: CallEntry = { choosesKey: true };

/** https://github.com/auth0/node-jwks-rsa, src/integrations/*.js: what makes the function that finds the key for another library. */
const providers = ['passportJwtSecret', 'expressJwtSecret', 'koaJwtSecret', 'hapiJwt2Key', 'hapiJwt2KeyAsync'];

export const jwksRsa: Library = {
  packages: ['jwks-rsa'],
  same: { 'jwks-rsa#JwksClient()': 'jwks-rsa#()', 'jwks-rsa#jwksClient()': 'jwks-rsa#()' },
  calls: {
    ...Object.fromEntries(providers.map((name) => [`jwks-rsa#${name}()`, published] as const)),
    'jwks-rsa#().getSigningKey()': published,
    'jwks-rsa#().getSigningKey().getPublicKey()': published,
    'jwks-rsa#().getSigningKey().publicKey': published,
    'jwks-rsa#().getSigningKey().rsaPublicKey': published,
  },
};
