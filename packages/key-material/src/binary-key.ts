import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { KeyForm, RecognisedKey } from './key-material.js';

/**
 * A private key in DER (PKCS#8, PKCS#1, SEC1) or a PKCS#12 store. OpenSSL decides: what it cannot load is no key, and it
 * loads no public key and no certificate here.
 */
export function recogniseBinaryKey(bytes: Uint8Array): RecognisedKey | undefined {
  if (!isWholeSequence(bytes)) return undefined;
  const key = Buffer.from(bytes);
  // OpenSSL takes a PKCS#8 key for the other two types as well, so that type goes first.
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      return recognised(createPrivateKey({ key, format: 'der', type }), forms[type]);
    } catch (error) {
      if (codeOf(error) === 'ERR_MISSING_PASSPHRASE')
        return { form: forms[type], algorithm: undefined, isEncrypted: true };
    }
  }
  return recogniseStore(key);
}

/** The private key of a PEM block or a JSON web key that OpenSSL can load. */
export function recognised(key: KeyObject, form: KeyForm): RecognisedKey {
  const type = key.asymmetricKeyType;
  return { form, algorithm: type === undefined ? undefined : (algorithms[type] ?? type), isEncrypted: false };
}

const forms = { pkcs8: 'PKCS#8 private key', pkcs1: 'PKCS#1 private key', sec1: 'SEC1 private key' } as const;

const algorithms: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  dsa: 'DSA',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  x25519: 'X25519',
  x448: 'X448',
  dh: 'DH',
};

/**
 * Whether the bytes are one ASN.1 SEQUENCE from the first to the last (X.690, 8.1.3): asking that first spares OpenSSL every
 * other file and every other base64 text.
 */
function isWholeSequence(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes;
  if (tag !== 0x30) return false;
  if (length < 0x80) return bytes.length === 2 + length;
  const lengthBytes = length - 0x80;
  if (lengthBytes < 1 || lengthBytes > 4) return false;
  const content = bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.length === 2 + lengthBytes + content;
}

/** Bags of keys, plain and shrouded (RFC 7292, 4.2), as object identifiers in DER. A store of certificates alone has neither. */
const keyBags = ['2a864886f70d010c0a0101', '2a864886f70d010c0a0102'].map((bag) => Buffer.from(bag, 'hex'));

function recogniseStore(bytes: Buffer): RecognisedKey | undefined {
  if (!keyBags.some((bag) => bytes.includes(bag))) return undefined;
  const store = { form: 'PKCS#12 key store', algorithm: undefined } as const;
  try {
    createSecureContext({ pfx: bytes });
    return { ...store, isEncrypted: false };
  } catch (error) {
    // It asks for the right passphrase.
    const isLocked = error instanceof Error && /mac verify failure|invalid password/i.test(error.message);
    return isLocked ? { ...store, isEncrypted: true } : undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
