import { collectArmouredKeys } from './armoured-keys.js';
import { recogniseBinaryKey } from './binary-key.js';
import type { KeyMaterial, RecognisedKey } from './key-material.js';
import { collectWebKeys } from './web-keys.js';

/**
 * Base64, of either alphabet, whose first characters say that an ASN.1 SEQUENCE (`M`), a PEM header (`LS0tLS`) or an object of JSON
 * (`eyJ`, `ewo`, `eyA`) follows. The shortest private key, of Ed25519, has 64 characters.
 */
const oneLine = /(?<![\w+/-])(?:M|LS0tLS|eyJ|ewo|eyA)[\w+/-]{50,}={0,2}/g;

/** The same over several lines that hold nothing else. */
const severalLines = /^[ \t]*(?:M|LS0tLS|eyJ|ewo|eyA)[\w+/-]{14,}[ \t]*(?:\r?\n[ \t]*[\w+/-]+={0,2}[ \t]*)+$/gm;

/** Keys that are written in base64: DER without an armour, PEM and JSON web keys that were encoded once more. */
export function collectEncodedKeys(text: string): readonly KeyMaterial[] {
  return [...text.matchAll(oneLine), ...text.matchAll(severalLines)].flatMap((match) => {
    const key = recogniseEncoded(match[0]);
    return key ? [{ ...key, name: undefined, start: match.index, end: match.index + match[0].length }] : [];
  });
}

function recogniseEncoded(written: string): RecognisedKey | undefined {
  const bytes = Buffer.from(written.replaceAll(/\s/g, ''), 'base64');
  if (bytes[0] === 0x30) return recogniseBinaryKey(bytes);
  const text = bytes.toString('utf8');
  const [key] = [...collectArmouredKeys(text), ...collectWebKeys(text)];
  return key && { form: key.form, algorithm: key.algorithm, isEncrypted: key.isEncrypted };
}
