import type { CallEntry, Library } from '../library.js';

/** Codes and ciphers also make etags, cache names and stored secrets: their key signs only where the result goes out or is checked. */
const seals = { purpose: 'sign', onlyAsSeal: true } as const;

const verified = { kind: 'signature', when: 'truthy' } as const;
const verifiedLater = { proves: verified, promises: true } as const;

/** https://www.w3.org/TR/webcrypto-2/#subtlecrypto-interface */
function subtle(path: string): Record<string, CallEntry> {
  return {
    [`${path}.importKey()`]: { converts: 1 },
    [`${path}.sign()`]: { seals: 2, keys: [{ argument: 1, ...seals }] },
    [`${path}.verify()`]: verifiedLater,
  };
}

/** https://nodejs.org/api/crypto.html, https://nodejs.org/api/webcrypto.html */
export const crypto: Library = {
  packages: ['crypto'],
  // It may be fed piece by piece.
  same: {
    'crypto#createHash().update().update()': 'crypto#createHash().update()',
    'crypto#createHmac().update().update()': 'crypto#createHmac().update()',
  },
  calls: {
    'crypto#createHmac()': { keys: [{ argument: 1, ...seals }] },
    'crypto#createHmac().digest()': { seals: 'updates' },
    'crypto#createHmac().update().digest()': { seals: 'updates' },
    'crypto#createCipheriv()': { keys: [{ argument: 1, ...seals, purpose: 'encrypt' }] },
    'crypto#createDecipheriv()': { keys: [{ argument: 1, ...seals, purpose: 'encrypt' }] },
    'crypto#sign()': { seals: 1, keys: [{ argument: 2, purpose: 'sign' }] },
    'crypto#createSign().sign()': { seals: 'updates', keys: [{ argument: 0, purpose: 'sign' }] },
    'crypto#createSign().update()': { returns: 'receiver' },
    'crypto#createSign().end()': { returns: 'receiver' },
    // What it says is for the caller to look at: https://nodejs.org/api/crypto.html#cryptoverifyalgorithm-data-key-signature-callback
    'crypto#verify()': { proves: verified },
    'crypto#createVerify().verify()': { proves: verified },
    'crypto#createVerify().update()': { returns: 'receiver' },
    'crypto#createVerify().end()': { returns: 'receiver' },
    ...subtle('crypto#subtle'),
    ...subtle('crypto#webcrypto.subtle'),
    ...subtle('global#crypto.subtle'),
    'crypto#createSecretKey()': { converts: 0 },
    'crypto#createPrivateKey()': { converts: 0 },
    'crypto#createHash().update()': { derives: 0 },
    'crypto#createHash().update().digest()': { derives: 'receiver', fastHash: true },
    'crypto#hash()': { derives: 1, fastHash: true },
    'crypto#scryptSync()': { derives: 0 },
    'crypto#pbkdf2Sync()': { derives: 0 },
    'crypto#hkdfSync()': { derives: 1 },
    'crypto#randomBytes()': { generates: true },
    'crypto#randomUUID()': { generates: true },
    'crypto#randomBytes().toString()': { generates: true },
    'crypto#generateKeyPairSync()': { generates: true },
  },
};
