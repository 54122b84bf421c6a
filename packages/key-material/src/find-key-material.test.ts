import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findKeyMaterial, settingsFileOf, writtenValueOf } from './index.js';

const brief = (path: string, text: string) =>
  findKeyMaterial({ path, text }).map(({ form, algorithm, isEncrypted }) => ({ form, algorithm, isEncrypted }));

/** A field of the formats of SSH: its length, then itself (RFC 4251, 5). */
function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function armoured(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
function openSshKey(cipher: string): string {
  const publicKey = Buffer.concat([field('ssh-ed25519'), field(randomBytes(32))]);
  const one = Buffer.from([0, 0, 0, 1]);
  return armoured(
    'OPENSSH PRIVATE KEY',
    Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      ...[field(cipher), field(cipher === 'none' ? 'none' : 'bcrypt'), field(''), one, field(publicKey)],
      field(randomBytes(136)),
    ]),
  );
}

describe('keys that OpenSSL does not read', () => {
  it('are those of OpenSSH', () => {
    const key = { form: 'OpenSSH private key', algorithm: 'Ed25519' };
    expect(brief('id_ed25519', openSshKey('none'))).toEqual([{ ...key, isEncrypted: false }]);
    expect(brief('id_ed25519', openSshKey('aes256-ctr'))).toEqual([{ ...key, isEncrypted: true }]);
    expect(brief('id_ed25519.pub', `ssh-ed25519 ${randomBytes(51).toString('base64')} a@b`)).toEqual([]);
  });

  it('are those of PGP', () => {
    const body = `Version: 1\n\n${(
      randomBytes(300)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    ).join('\n')}\n=abcd`;
    const block = (label: string) => `-----BEGIN PGP ${label} BLOCK-----\n${body}\n-----END PGP ${label} BLOCK-----\n`;
    expect(brief('key.asc', block('PRIVATE KEY'))).toMatchObject([{ form: 'PGP private key' }]);
    expect(brief('key.asc', block('PUBLIC KEY'))).toEqual([]);
  });

  it('are those of PuTTY', () => {
    const key = (encryption: string) =>
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: ${encryption}\nComment: a\nPublic-Lines: 2\nAAAA\nBBBB\nPrivate-Lines: 1\n${randomBytes(36).toString('base64')}\nPrivate-MAC: 00\n`;
    expect(brief('a.ppk', key('none'))).toMatchObject([{ form: 'PuTTY private key', isEncrypted: false }]);
    expect(brief('a.ppk', key('aes256-cbc'))).toMatchObject([{ form: 'PuTTY private key', isEncrypted: true }]);
  });
});

// Node makes no stores of PKCS#12; the report of a run names the test as skipped where no other program is there to make one.
test.skipIf(spawnSync('openssl', ['version']).status !== 0)('a PKCS#12 store counts if it holds a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'key-material-'));
  const openssl = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  };
  try {
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(folder, 'key.pem'), key);
    openssl('req', '-x509', '-new', '-key', 'key.pem', '-subj', '/CN=a', '-days', '1', '-out', 'cert.pem');
    openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-passout', 'pass:a', '-out', 'key.p12');
    openssl('pkcs12', '-export', '-nokeys', '-in', 'cert.pem', '-passout', 'pass:a', '-out', 'trust.p12');
    const find = (path: string) => findKeyMaterial({ path, bytes: readFileSync(join(folder, path)) });
    expect(find('key.p12')).toMatchObject([{ form: 'PKCS#12 key store', isEncrypted: true }]);
    expect(find('trust.p12')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('whatever stands in a file', () => {
  const lines = fc.constantFrom(
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    '{ "kty": "oct", "k": "',
    'JWT_SECRET=',
    'jwt:\n  secret: "',
    'kind: Secret\ndata:\n  a: !!binary ',
    'variable "jwt_secret" {',
    'ENV JWT_SECRET \\',
    '&a [*a]',
    `M${'A'.repeat(70)}`,
    `LS0tLS${'B'.repeat(90)}==`,
  );
  const text = fc.array(fc.oneof(lines, fc.string()), { maxLength: 30 }).map((parts) => parts.join('\n'));
  const path = fc.constantFrom('.env', 'Dockerfile', 'a.yaml', 'config.json', 'a.tf', 'a.toml', 'a.pem', 'a.ts');

  it('nothing is thrown, and ranges are in order and within it', () => {
    fc.assert(
      fc.property(path, text, (file, content) => {
        let last = 0;
        for (const { start, end } of findKeyMaterial({ path: file, text: content })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(content.length);
      }),
    );
  });

  it('bytes are looked at, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const sequence = Buffer.from([0x30, 0x82, bytes.length >> 8, bytes.length & 255, ...bytes]);
        expect(findKeyMaterial({ path: 'a.der', bytes: sequence }).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each([
    ['headers', '-----BEGIN PRIVATE KEY-----\n'],
    ['headers without an end of line', '-----BEGIN PRIVATE KEY----- '],
    ['braces', '{ kty: '],
    ['base64', 'MIIB'],
    ['lines of base64', `${'MIIBVQIBADANBgkqhkiG9w0BAQ'.repeat(2)}\n`],
    ['quotes', 'JWT_SECRET="'],
    ['lines that go on', 'ENV JWT_SECRET=a \\\n'],
    ['blanks', `${' '.repeat(200)}\n`],
    ['PuTTY', 'PuTTY-User-Key-File-3: a\nEncryption: none\n'],
    ['blocks', 'variable "jwt_secret" {\n'],
    ['lists', 'key: [['],
    ['maps', '{"secret":'],
    ['indented maps', ' - key:\n'],
    ['anchors', 'key: &a [*a, *a]\n'],
  ])('%s without an end are read in time', (_, part) => {
    const content = part.repeat(Math.ceil(200_000 / part.length));
    for (const file of ['.env', 'Dockerfile', 'a.tf', 'a.pem', 'a.yaml', 'config.json']) {
      const start = performance.now();
      findKeyMaterial({ path: file, text: content });
      expect(performance.now() - start, file).toBeLessThan(8_000);
    }
  });
});

it.each([
  ['.env.local', 'production'],
  ['apps/a/.env.production.local', 'production'],
  ['.env.test.local', 'development'],
  ['.env.example', 'template'],
  ['docker-compose.yml', 'production'],
  ['docker-compose.dev.yml', 'development'],
  ['tests/docker-compose.yml', 'development'],
  ['.github/workflows/ci.yml', 'pipeline'],
  ['.gitlab-ci.yml', 'pipeline'],
  ['config/default.json', 'production'],
  ['package.json', undefined],
  ['pnpm-lock.yaml', undefined],
  ['src/app.ts', undefined],
])('%s holds settings for: %s', (path, use) => {
  expect(settingsFileOf(path)?.use).toBe(use);
});

it('a default of compose is the value where nothing else gives one', () => {
  expect(writtenValueOf('${JWT_SECRET:-changeme}')).toBe('changeme');
  expect(writtenValueOf('${JWT_SECRET:-}')).toBeUndefined();
  expect(writtenValueOf('${JWT_SECRET:?is not set}')).toBeUndefined();
});
