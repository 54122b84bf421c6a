import type { CallEntry, Library } from '../library.js';

const converted: CallEntry = { converts: 0 };
const hashed: CallEntry = { derives: 0, fastHash: true };

/** https://crypto.oslojs.dev, https://encoding.oslojs.dev, https://github.com/paulmillr/noble-hashes: tokens of sessions are kept as such. */
export const hashes: Library = {
  packages: [
    '@oslojs/crypto/sha2',
    '@oslojs/crypto/sha1',
    '@oslojs/encoding',
    '@noble/hashes/sha256',
    '@noble/hashes/sha2',
  ],
  calls: {
    ...Object.fromEntries(
      ['sha224', 'sha256', 'sha384', 'sha512'].map((name) => [`@oslojs/crypto/sha2#${name}()`, hashed] as const),
    ),
    '@oslojs/crypto/sha1#sha1()': hashed,
    ...Object.fromEntries(
      [
        ...[
          'encodeHexLowerCase',
          'encodeHexUpperCase',
          'encodeBase32',
          'encodeBase32LowerCase',
          'encodeBase32UpperCase',
        ],
        ...['encodeBase32LowerCaseNoPadding', 'encodeBase32UpperCaseNoPadding', 'encodeBase64', 'encodeBase64url'],
        ...['encodeBase64urlNoPadding', 'decodeHex', 'decodeBase32', 'decodeBase64', 'decodeBase64url'],
      ].map((name) => [`@oslojs/encoding#${name}()`, converted] as const),
    ),
    '@noble/hashes/sha256#sha256()': hashed,
    '@noble/hashes/sha2#sha256()': hashed,
    '@noble/hashes/utils#bytesToHex()': converted,
  },
};
