import type { ClaimsEntry, Library } from '../library.js';

/** Nothing is set that no method sets: https://github.com/panva/jose/blob/v6.0.0/src/jwt/sign.ts. */
const claims: ClaimsEntry = {
  payload: { argument: 0, made: true },
  setters: { expiry: 'setExpirationTime', audience: 'setAudience', issuer: 'setIssuer', id: 'setJti' },
  header: { setter: 'setProtectedHeader' },
};

/** https://github.com/panva/jose: the claims are set on a builder, the key stands in the last call. */
export const jose: Library = {
  packages: ['jose'],
  calls: {
    'jose#SignJWT().setProtectedHeader()': { returns: 'receiver' },
    'jose#SignJWT().setIssuer()': { returns: 'receiver' },
    'jose#SignJWT().setSubject()': { returns: 'receiver' },
    'jose#SignJWT().setAudience()': { returns: 'receiver' },
    'jose#SignJWT().setJti()': { returns: 'receiver' },
    'jose#SignJWT().setNotBefore()': { returns: 'receiver' },
    'jose#SignJWT().setExpirationTime()': { returns: 'receiver' },
    'jose#SignJWT().setIssuedAt()': { returns: 'receiver' },
    'jose#SignJWT().sign()': { mint: { what: 'token', claims }, keys: [{ argument: 0, purpose: 'sign' }] },
    'jose#EncryptJWT().setProtectedHeader()': { returns: 'receiver' },
    'jose#EncryptJWT().setIssuer()': { returns: 'receiver' },
    'jose#EncryptJWT().setSubject()': { returns: 'receiver' },
    'jose#EncryptJWT().setAudience()': { returns: 'receiver' },
    'jose#EncryptJWT().setJti()': { returns: 'receiver' },
    'jose#EncryptJWT().setExpirationTime()': { returns: 'receiver' },
    'jose#EncryptJWT().setIssuedAt()': { returns: 'receiver' },
    'jose#EncryptJWT().encrypt()': { mint: { what: 'token', claims }, keys: [{ argument: 0, purpose: 'encrypt' }] },
    'jose#CompactSign().setProtectedHeader()': { returns: 'receiver' },
    'jose#CompactSign().sign()': { mint: { what: 'token' }, keys: [{ argument: 0, purpose: 'sign' }] },
    'jose#jwtVerify()': {
      proves: { kind: 'token', when: 'returns' },
      promises: true,
      keys: [{ argument: 1, purpose: 'verify' }],
      // The kind of the key decides which algorithms may be: src/lib/check_key_type.ts.
      accepts: {
        algorithms: { argument: 2, property: 'algorithms' },
        audience: { argument: 2, property: 'audience' },
        issuer: { argument: 2, property: 'issuer' },
      },
    },
    'jose#jwtDecrypt()': {
      proves: { kind: 'token', when: 'returns' },
      promises: true,
      keys: [{ argument: 1, purpose: 'encrypt' }],
      accepts: { audience: { argument: 2, property: 'audience' }, issuer: { argument: 2, property: 'issuer' } },
    },
    'jose#compactVerify()': {
      proves: { kind: 'token', when: 'returns' },
      promises: true,
      keys: [{ argument: 1, purpose: 'verify' }],
    },
    // https://github.com/panva/jose/blob/v6/src/jwk/embedded.ts: the key of the token's own header.
    'jose#createRemoteJWKSet()': { choosesKey: true },
    'jose#createLocalJWKSet()': { choosesKey: true },
    'jose#EmbeddedJWK': { tokensOwnKey: true },
    'jose#decodeJwt()': { decodes: 0 },
    'jose#UnsecuredJWT.decode()': { decodes: 0 },
    'jose#importPKCS8()': { converts: 0 },
    'jose#importJWK()': { converts: 0 },
    'jose#importSPKI()': { converts: 0 },
    'jose#importX509()': { converts: 0 },
  },
};
