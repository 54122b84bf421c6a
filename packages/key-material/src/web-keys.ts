import { createPrivateKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { recognised } from './binary-key.js';
import type { KeyMaterial, RecognisedKey } from './key-material.js';

/** An object without objects in it that says what type of key it is (RFC 7517, 4.1): in JSON, in a literal of code, in a quoted text. */
const flatObject = /\{[^{}]*\bkty\b[^{}]*\}/g;

/** A member with a text, whatever quotes there are, escaped ones included. */
const member = /(?<![\w$])\\*["']?([A-Za-z]\w*)\\*["']?\s*[:=]\s*\\*["'`]([^"'`\\]*)/g;

/** Private keys of JSON web keys and key sets; the public ones have neither `d` nor `k` (RFC 7518, 6). */
export function collectWebKeys(text: string): readonly KeyMaterial[] {
  if (!text.includes('kty')) return [];
  const found: KeyMaterial[] = [];
  for (const object of text.matchAll(flatObject)) {
    const members = [...object[0].matchAll(member)];
    const key = recogniseWebKey(new Map(members.map(([, name = '', value = '']) => [name, value])));
    const secret = members.find(([, name]) => name === (key?.algorithm === 'oct' ? 'k' : 'd'));
    if (!key || !secret) continue;
    const value = secret[2] ?? '';
    const start = object.index + secret.index + secret[0].length - value.length;
    found.push({ ...key, name: undefined, start, end: start + value.length });
  }
  return found;
}

/** @param members Those of one object, with their texts. */
export function recogniseWebKey(members: ReadonlyMap<string, string>): RecognisedKey | undefined {
  const type = members.get('kty');
  if (type === 'oct') {
    const isKey = /^[\w+/=-]{8,}$/.test(members.get('k') ?? '') && !/^(.)\1*$/.test(members.get('k') ?? '');
    return isKey ? { form: 'private JSON web key', algorithm: 'oct', isEncrypted: false } : undefined;
  }
  const secret = members.get('d') ?? '';
  if (type === undefined || !/^[\w-]{20,}$/.test(secret)) return undefined;
  const jwk: JsonWebKey = Object.fromEntries(members);
  try {
    return recognised(createPrivateKey({ key: jwk, format: 'jwk' }), 'private JSON web key');
  } catch {
    // Node wants the primes of an RSA key, which RFC 7518, 6.3.2 leaves out where they are not known.
    const isWithoutPrimes = type === 'RSA' && !members.has('p') && secret.length > 100;
    return isWithoutPrimes ? { form: 'private JSON web key', algorithm: 'RSA', isEncrypted: false } : undefined;
  }
}
