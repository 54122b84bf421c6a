import { createPrivateKey } from 'node:crypto';
import { recognised } from './binary-key.js';
import type { KeyForm, KeyMaterial, RecognisedKey } from './key-material.js';

/** RFC 7468 and its forerunners: `PRIVATE KEY`, `RSA PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `OPENSSH PRIVATE KEY`, … */
const privateHeader = /-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?)-----/g;

const publicHeader = /-----BEGIN (?:[A-Z0-9]+ )*(?:PUBLIC KEY(?: BLOCK)?|CERTIFICATE)-----/;

/** https://www.rfc-editor.org/rfc/rfc9580#section-6.2: a binary message of one line at least. */
const pgpBody = /[A-Za-z0-9+/]{32}/;

/** Whether a text is a public key or a certificate, or one in base64. */
export function isPublicKeyText(text: string): boolean {
  return publicHeader.test(text) || publicHeader.test(Buffer.from(text.slice(0, 80), 'base64').toString('latin1'));
}

/** The header line of the first private key: enough where something else tells that the file is a key. */
export function findPrivateKeyHeader(text: string): string | undefined {
  return text.match(privateHeader)?.[0];
}

/** Private keys between header and footer, also on one line with `\n`, indented, or in quoted pieces. */
export function collectArmouredKeys(text: string): readonly KeyMaterial[] {
  const found: KeyMaterial[] = [];
  for (const match of text.matchAll(privateHeader)) {
    const label = match[1] ?? '';
    const body = match.index + match[0].length;
    const footer = `-----END ${label}-----`;
    const end = text.indexOf('-----END ', body);
    // Another header or footer in between: the key was cut.
    if (end === -1) break;
    if (!text.startsWith(footer, end)) continue;
    const key = recogniseArmoured(label, text.slice(body, end));
    if (key) found.push({ ...key, name: undefined, start: match.index, end: end + footer.length });
  }
  return [...found, ...collectPuttyKeys(text)];
}

const formByLabel: Readonly<Record<string, KeyForm>> = {
  'RSA PRIVATE KEY': 'PKCS#1 private key',
  'EC PRIVATE KEY': 'SEC1 private key',
  'DSA PRIVATE KEY': 'DSA private key',
};

function recogniseArmoured(label: string, written: string): RecognisedKey | undefined {
  const lines = written
    .replaceAll(/\\+[nr]/g, '\n')
    .replaceAll(/["'`]\s*[+,.]?\s*["'`]/g, '\n')
    .split('\n')
    .map((line) => line.trim().replaceAll(/^["'`]|["'`,\\]+$/g, ''));
  if (label.startsWith('PGP ')) {
    const isWhole = lines.filter((line) => pgpBody.test(line)).length > 1;
    return isWhole ? { form: 'PGP private key', algorithm: undefined, isEncrypted: false } : undefined;
  }
  // RFC 1421 headers: `Proc-Type: 4,ENCRYPTED`.
  const isEncrypted = label.startsWith('ENCRYPTED ') || lines.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line));
  const body = lines
    .filter((line) => !line.includes(':'))
    .join('')
    .replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]{32,}={0,2}$/.test(body)) return undefined;
  const form = formByLabel[label] ?? 'PKCS#8 private key';
  const bytes = Buffer.from(body, 'base64');
  if (label === 'OPENSSH PRIVATE KEY') return recogniseOpenSsh(bytes);
  // What is encrypted shows nothing but that it is not all the same.
  if (isEncrypted) return new Set(bytes).size > 16 ? { form, algorithm: undefined, isEncrypted } : undefined;
  try {
    return recognised(createPrivateKey(`-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`), form);
  } catch {
    return undefined;
  }
}

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key: the magic word, then the name of the cipher. */
function recogniseOpenSsh(bytes: Buffer): RecognisedKey | undefined {
  const magic = 'openssh-key-v1\0';
  if (bytes.length < 128 || !bytes.toString('latin1').startsWith(magic)) return undefined;
  const isEncrypted = !bytes.toString('latin1', magic.length + 4).startsWith('none');
  const algorithm = /ssh-(?:rsa|dss|ed25519)|ecdsa-sha2/.exec(bytes.toString('latin1'))?.[0];
  return { form: 'OpenSSH private key', algorithm: algorithm && openSshAlgorithms[algorithm], isEncrypted };
}

const openSshAlgorithms: Readonly<Record<string, string>> = {
  'ssh-rsa': 'RSA',
  'ssh-dss': 'DSA',
  'ssh-ed25519': 'Ed25519',
  'ecdsa-sha2': 'EC',
};

/** https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html */
const puttyHeader = /PuTTY-User-Key-File-[123]: [\w-]+\s+Encryption: ([\w-]+)\s/g;

const puttyLines = /Private-Lines: \d+(?:\r?\n[A-Za-z0-9+/=]+)+/;

function collectPuttyKeys(text: string): readonly KeyMaterial[] {
  if (!text.includes('PuTTY-User-Key-File-')) return [];
  const headers = [...text.matchAll(puttyHeader)];
  return headers.flatMap((header, index) => {
    const start = header.index;
    const lines = puttyLines.exec(text.slice(start, headers[index + 1]?.index));
    if (!lines) return [];
    const end = start + lines.index + lines[0].length;
    const isEncrypted = header[1] !== 'none';
    return [{ form: 'PuTTY private key', algorithm: undefined, isEncrypted, name: undefined, start, end }];
  });
}
