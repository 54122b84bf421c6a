import { createHash, generateKeyPairSync } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { describe, expect, test } from 'vitest';
import { creator } from './index.js';
import type { Options } from './index.js';

/** Message ids and the texts at their ranges, as secretlint gives them. */
async function lint(filePath: string, content: string, options: Options = {}) {
  const { messages } = await lintSource({
    source: { filePath, content, ext: '', contentType: 'text' },
    options: {
      config: { rules: [{ id: creator.meta.id, rule: creator, options }] },
      maskSecrets: true,
      noPhysicFilePath: true,
    },
  });
  return messages.map(({ messageId, message, range: [start, end] }) => ({
    messageId,
    message,
    text: content.slice(start, end),
  }));
}

const texts = async (filePath: string, content: string, options?: Options) =>
  (await lint(filePath, content, options)).map(({ text }) => text);

/** Different every time a test names another one, and in no list of known keys. */
const generated = (name: string) => createHash('sha256').update(name).digest('base64');

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const publicPem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString().trim();
const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a signing secret by its name', () => {
  test.each([
    ['.env', 'JWT_SECRET=changeme', 'changeme'],
    ['apps/api/.env.production', 'export SESSION_SECRET="two words" # for now', '"two words"'],
    ['.env.local', "NEXTAUTH_SECRET='a'", "'a'"],
    ['.env.staging', 'APP_KEY=base64:abcdef', 'base64:abcdef'],
    ['.env', 'ACCESS_TOKEN_SECRET=a\r\nPORT=1\r\n', 'a'],
    ['Dockerfile', 'FROM node\nENV NODE_ENV=production \\\n    JWT_SECRET=in-the-image\n', 'in-the-image'],
    ['Dockerfile', 'ENV COOKIE_SECRET in the old form\n', 'in the old form'],
    ['api.dockerfile', 'ARG JWT_SIGNING_KEY="of the build"\n', '"of the build"'],
    ['docker-compose.yml', 'services:\n  a:\n    environment:\n      JWT_SECRET: abc\n', 'abc'],
    ['compose.yaml', 'services:\n  a:\n    environment:\n      - JWT_SECRET=abc\n', 'JWT_SECRET=abc'],
    ['compose.yaml', 'services:\n  a:\n    environment:\n      JWT_SECRET: ${JWT_SECRET:-abc}\n', '${JWT_SECRET:-abc}'],
    ['k8s/s.yaml', `kind: Secret\ndata:\n  jwt-secret: ${base64('of the cluster')}\n`, base64('of the cluster')],
    ['k8s/s.yaml', 'a: 1\n---\nkind: Secret\nstringData:\n  JWT_SECRET: abc\n', 'abc'],
    ['k8s/d.yaml', 'spec:\n  env:\n    - name: JWT_SECRET\n      value: "abc"\n', '"abc"'],
    ['.github/workflows/deploy.yml', 'jobs:\n  d:\n    env:\n      JWT_SECRET: abc\n', 'abc'],
    ['.gitlab-ci.yml', 'variables:\n  SESSION_SECRET: abc\n', 'abc'],
    ['main.tf', 'variable "jwt_secret" {\n  type = string\n  default = "abc"\n}\n', '"abc"'],
    ['main.tf', 'resource "a" "b" {\n  environment = {\n    JWT_SECRET = "abc"\n  }\n}\n', '"abc"'],
    ['main.tf', '  { name = "JWT_SECRET", value = "abc" },\n', '"abc"'],
    ['prod.tfvars', 'jwt_secret = "abc"\n', '"abc"'],
    ['config/default.json', '{ "auth": { "jwt": { "secret": "abc" } } }', '"abc"'],
    ['appsettings.json', '{ "Jwt": { "SigningKey": "abc" } }', '"abc"'],
    ['application.yml', 'session:\n  secret: abc\n', 'abc'],
    ['config.toml', '[jwt]\nsecret = "abc" # a comment\n', '"abc"'],
    ['application.properties', 'jwt.secret=abc\n', 'abc'],
    ['app.ini', '[session]\nsecret = abc\n', 'abc'],
    ['deploy.sh', 'set -e\nexport JWT_SECRET=abc\n', 'abc'],
    ['.env.development', `JWT_SECRET=${generated('a')}`, generated('a')],
  ])('%s: %s', async (path, content, found) => {
    const messages = await lint(path, content);
    expect(messages.map(({ messageId, text }) => [messageId, text])).toEqual([['SIGNING_SECRET', found]]);
  });

  test('is found on every line on which one stands', async () => {
    const content = 'JWT_SECRET=first\nDATABASE_URL=postgres://a\nCOOKIE_SECRET=second\n';
    expect(await texts('.env', content)).toEqual(['first', 'second']);
  });

  test('is named, and its text is not', async () => {
    const [found] = await lint('config/default.json', '{ "jwt": { "secret": "the-text-of-it" } }');
    expect(found?.message).toContain('found a signing secret in jwt.secret.');
    expect(found?.message).not.toContain('the-text-of-it');
  });

  test('may have a name that only the project knows', async () => {
    expect(await texts('.env', 'TICKET_PEPPER=abc')).toEqual([]);
    expect(await texts('.env', 'TICKET_PEPPER=abc', { names: ['TICKET_PEPPER'] })).toEqual(['abc']);
  });
});

describe('left alone', () => {
  const values = [
    '',
    '<your-secret>',
    '${JWT_SECRET}',
    '$JWT_SECRET',
    '$(openssl rand -hex 32)',
    '{{ .Values.jwt }}',
    '"${{ secrets.JWT_SECRET }}"',
    '%JWT_SECRET%',
    '#{JWT_SECRET}#',
    'xxx',
    'XXXX-XXXX',
    '********',
    '...',
    'your-secret-key',
    'put-your-secret-here',
    'null',
    './keys/jwt.pem',
    '/run/secrets/jwt',
    'arn:aws:secretsmanager:eu-west-1:1:secret:jwt',
    'op://vault/jwt/secret',
    'ENC[AES256_GCM,data:abc,iv:abc]',
    'encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3',
    `"${publicPem.replaceAll('\n', '\\n')}"`,
    base64(publicPem),
  ];
  test.each(values)('JWT_SECRET=%s', async (value) => {
    expect(await texts('.env', `JWT_SECRET=${value}\n`)).toEqual([]);
  });

  test.each([
    ['.env.example', 'JWT_SECRET=changeme'],
    ['.env.test', 'JWT_SECRET=changeme'],
    ['.github/workflows/test.yml', 'env:\n  JWT_SECRET: test-secret\n'],
    ['docker-compose.dev.yml', 'services:\n  a:\n    environment:\n      JWT_SECRET: abc\n'],
    ['.env', 'JWT_PUBLIC_KEY=abc\nJWT_SECRET_ID=abc\nJWT_EXPIRES_IN=1d\nJWT_ISSUER=shop\nSESSION_COOKIE_NAME=sid'],
    ['.env', 'AWS_SECRET_ACCESS_KEY=abc\nSTRIPE_SECRET_KEY=abc\nGITHUB_CLIENT_SECRET=abc\nSTRIPE_WEBHOOK_SECRET=abc'],
    ['.env', '# JWT_SECRET=abc'],
    [
      'deployment.yaml',
      'env:\n  - name: JWT_SECRET\n    valueFrom:\n      secretKeyRef: { name: jwt-secret, key: jwt-secret }\n',
    ],
    ['values.yaml', 'auth:\n  existingSecret: shop-auth\n  jwtSecretName: shop-jwt\n'],
    ['config/custom-environment-variables.json', '{ "jwt": { "secret": "JWT_SECRET" } }'],
    ['locales/en.json', '{ "config": { "session": { "secret": "abc" } } }'],
    ['src/settings.json', '{ "session": { "secret": "Choose a secret for the session." } }'],
    [
      'main.tf',
      'variable "jwt_secret" {\n  type = string\n  sensitive = true\n}\nx = { JWT_SECRET = var.jwt_secret }\n',
    ],
    ['readme.md', 'JWT_SECRET=abc'],
    ['package.json', '{ "config": { "jwt_secret": "abc" } }'],
  ])('%s: %s', async (path, content) => {
    expect(await texts(path, content)).toEqual([]);
  });

  test('a private key that was cut, and one that is made up', async () => {
    const cut = pem
      .split('\n')
      .map((line) => line.slice(0, 40))
      .join('\n');
    expect(await texts('a.pem', cut)).toEqual([]);
    expect(await texts('a.md', '-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----')).toEqual([]);
    const made = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----`;
    expect(await texts('a.pem', made)).toEqual([]);
  });

  test('public JSON web keys and tokens', async () => {
    const { d, ...publicJwk } = jwk;
    expect(d).toBeDefined();
    expect(await texts('jwk.json', JSON.stringify({ keys: [publicJwk] }))).toEqual([]);
    const token = [{ alg: 'HS256', typ: 'JWT' }, { sub: 'a'.repeat(60) }].map((part) => base64(JSON.stringify(part)));
    expect(await texts('token.txt', [...token, 'signature'].join('.'))).toEqual([]);
  });
});

describe('a private key within another text', () => {
  const indented = pem
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  test.each([
    ['several lines of an environment file', '.env', `JWT_PRIVATE_KEY="${pem}"`],
    ['one line with \\n', '.env', `JWT_PRIVATE_KEY=${JSON.stringify(pem)}`],
    ['JSON', 'account.json', JSON.stringify({ type: 'service_account', private_key: `${pem}\n` })],
    ['YAML', 'values.yaml', `signing:\n  key: |\n${indented}\n`],
    ['code', 'src/key.ts', `export const key =\n  '${pem.split('\n').join("\\n' +\n  '")}';`],
    ['a certificate around it', 'bundle.pem', `Bag Attributes\n${pem}\n-----BEGIN CERTIFICATE-----\nMIIB\n`],
    ['base64 of the PEM', 'k8s/s.yaml', `kind: Secret\ndata:\n  key: ${base64(pem)}\n`],
    ['Windows line ends', 'a.pem', pem.replaceAll('\n', '\r\n')],
  ])('%s', async (_, path, content) => {
    const found = await lint(path, content);
    expect(found.map(({ messageId }) => messageId)).toEqual(['PRIVATE_KEY']);
    expect(found[0]?.message).toMatch(/^found a PKCS#8 private key \(Ed25519\)/);
  });

  test.each([
    [
      'a literal of code',
      'src/key.ts',
      `const key = { kty: 'EC', crv: 'P-256', x: '${jwk.x}', y: '${jwk.y}', d: '${jwk.d}' };`,
    ],
    ['a variable', '.env', `JWKS='${JSON.stringify({ keys: [jwk] })}'`],
    ['an escaped text', '.env', `JWK=${JSON.stringify(JSON.stringify(jwk))}`],
    [
      'YAML',
      'config.yaml',
      `jwks:\n  keys:\n    - kty: EC\n      crv: P-256\n      x: ${jwk.x}\n      y: ${jwk.y}\n      d: ${jwk.d}\n`,
    ],
    ['base64', '.env', `JWK_BASE64=${base64(JSON.stringify(jwk))}`],
  ])('a JSON web key: %s', async (_, path, content) => {
    const found = await lint(path, content);
    expect(found.map(({ messageId }) => messageId)).toEqual(['PRIVATE_JSON_WEB_KEY']);
  });
});
