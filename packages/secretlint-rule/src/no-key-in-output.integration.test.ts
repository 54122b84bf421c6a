import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { findingsFormats, routesFormats } from '@blastradius/report';
import { lintSource } from '@secretlint/core';
import { loadFormatter } from '@secretlint/formatter';
import { createRawSource } from '@secretlint/source-creator';
import { run } from 'blastradius';
import { ESLint } from 'eslint';
import blastradius from 'eslint-plugin-blastradius';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creator } from './index.js';

/** A key that lies in the project, new with every run. */
interface PlantedKey {
  readonly name: string;
  /** Where the command must report it. */
  readonly file: string;
  readonly text: string;
}

const random = () => randomBytes(24).toString('base64url');
const pkcs8Pem = { type: 'pkcs8', format: 'pem' } as const;

const literal = random();
const fallback = random();
const environment = random();
const compose = random();
const docker = random();
const cluster = random();
const settings = random();
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8Pem).toString();
const inEnvironment = generateKeyPairSync('ed25519').privateKey.export(pkcs8Pem).toString();
const der = generateKeyPairSync('ed448').privateKey.export({ type: 'pkcs8', format: 'der' });
const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const files: Readonly<Record<string, string | Buffer>> = {
  'package.json': '{ "name": "shop", "private": true, "type": "module", "dependencies": { "express": "5.3.0" } }',
  'blastradius.config.json': '{}',
  'src/app.js': `import { readFileSync } from 'node:fs';
import express from 'express';
import jwt from 'jsonwebtoken';

const app = express();
app.use(express.json());
app.post('/internal/token', (req, res) => {
  res.json({
    a: jwt.sign({ sub: req.body.userId }, '${literal}'),
    b: jwt.sign({ sub: req.body.userId }, process.env.MARK ?? '${fallback}'),
    c: jwt.sign({ sub: req.body.userId }, readFileSync('keys/token.pem'), { algorithm: 'ES256' }),
    d: jwt.sign({ sub: req.body.userId }, process.env.STAMP ?? ''),
    e: jwt.sign({ sub: req.body.userId }, process.env.SEAL ?? ''),
    f: jwt.sign({ sub: req.body.userId }, process.env.BADGE ?? ''),
    g: jwt.sign({ sub: req.body.userId }, process.env.CREST ?? ''),
  });
});
app.listen(3000);
`,
  // What does not parse is told of with its place.
  'src/broken.js': `const key = '${literal}`,
  '.env': `STAMP=${environment}\nJWT_PRIVATE_KEY=${JSON.stringify(inEnvironment)}\n`,
  'docker-compose.yml': `services:\n  shop:\n    environment:\n      - SEAL=${compose}\n`,
  Dockerfile: `FROM node\nENV BADGE=${docker}\n`,
  'k8s/shop.yaml': `kind: Secret\ndata:\n  CREST: ${Buffer.from(cluster).toString('base64')}\n`,
  'config/production.json': JSON.stringify({ session: { secret: settings } }),
  'keys/token.pem': pem,
  'keys/second.der': der,
  'keys/jwk.json': JSON.stringify({ keys: [{ ...jwk, kid: 'a' }] }, undefined, 2),
};

const planted: readonly PlantedKey[] = [
  { name: 'a literal', file: 'src/app.js', text: literal },
  { name: 'a default', file: 'src/app.js', text: fallback },
  { name: 'a variable', file: '.env', text: environment },
  { name: 'a variable of compose', file: 'docker-compose.yml', text: compose },
  { name: 'a variable of Docker', file: 'Dockerfile', text: docker },
  { name: 'a secret of Kubernetes', file: 'k8s/shop.yaml', text: cluster },
  { name: 'a secret of Kubernetes, encoded', file: 'k8s/shop.yaml', text: Buffer.from(cluster).toString('base64') },
  { name: 'a setting', file: 'config/production.json', text: settings },
  { name: 'a key file', file: 'keys/token.pem', text: bodyOf(pem) },
  { name: 'a key in a variable', file: '.env', text: bodyOf(inEnvironment) },
  { name: 'a key in DER', file: 'keys/second.der', text: der.toString('base64') },
  { name: 'a key in DER as it is', file: 'keys/second.der', text: der.toString('latin1') },
  { name: 'a JSON web key', file: 'keys/jwk.json', text: jwk.d ?? '' },
  { name: 'a prime of it', file: 'keys/jwk.json', text: jwk.p ?? '' },
];

function bodyOf(armoured: string): string {
  return armoured.split('\n').slice(1, -2).join('');
}

/** Characters of a piece of a key: none of them is met by chance. */
const pieceLength = 12;

/** The keys of which a text holds a piece, as they are or with what JSON, HTML or a shell would write. */
function keysIn(text: string): readonly string[] {
  const plain = text.replaceAll(/\\n|\s/g, '');
  return planted
    .filter(({ text: key }) => {
      for (let at = 0; at + pieceLength <= key.length; at++) {
        const piece = key.slice(at, at + pieceLength);
        if (text.includes(piece) || plain.includes(piece)) return true;
      }
      return false;
    })
    .map(({ name }) => name);
}

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-planted-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function pathsBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function command(...argv: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const stream = (add: (text: string) => void) => ({
    write(text: string, done?: (error?: Error | null) => void) {
      add(text);
      done?.();
      return true;
    },
  });
  const io = {
    stdout: stream((text) => (stdout += text)),
    stderr: stream((text) => (stderr += text)),
    cwd: folder,
    env: {},
  };
  const status = await run(argv, io);
  return { status, stdout, stderr };
}

test('the search finds every planted key in the files themselves', () => {
  const held = pathsBelow(folder).flatMap((path) => [
    ...keysIn(readFileSync(path, 'utf8')),
    ...keysIn(readFileSync(path, 'latin1')),
    ...keysIn(readFileSync(path).toString('base64')),
  ]);
  // A text in base64 stands there encoded alone.
  const names = planted.map(({ name }) => name).filter((name) => name !== 'a secret of Kubernetes');
  expect(new Set(held)).toEqual(new Set(names));
});

describe('the command', () => {
  test('reports every planted key', async () => {
    const { stdout } = await command('check', '--preview', '--only', 'no-hardcoded-signing-key', '--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { file: string }[] };
    const count = (file: string) => findings.filter((finding) => finding.file === file).length;
    expect(Object.fromEntries(planted.map(({ file }) => [file, count(file)]))).toEqual({
      'src/app.js': 2,
      '.env': 2,
      'docker-compose.yml': 1,
      Dockerfile: 1,
      'k8s/shop.yaml': 1,
      'config/production.json': 1,
      'keys/token.pem': 1,
      'keys/second.der': 1,
      'keys/jwk.json': 1,
    });
  });

  test.each([...findingsFormats])('prints none of them as %s', async (format) => {
    const { status, stdout, stderr } = await command('check', '--preview', '--debug', '--color', '--format', format);
    expect(status).toBe(1);
    expect(stdout).toContain('no-hardcoded-signing-key');
    expect(keysIn(stdout + stderr)).toEqual([]);
  });

  test.each([...routesFormats])('prints none of them with the routes as %s', async (format) => {
    const { status, stdout, stderr } = await command('routes', '--debug', '--format', format);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('/internal/token');
    expect(keysIn(stdout + stderr)).toEqual([]);
  });

  test('leaves none of them in a baseline, in a report, in a cache or anywhere else', async () => {
    const kept = [
      '--baseline',
      'baseline.json',
      '--update-baseline',
      '--output',
      'report.txt',
      '--cache-location',
      'cache',
    ];
    await command('check', '--preview', ...kept);
    const written = pathsBelow(folder).filter((path) => !(relative(folder, path) in files));
    expect(written.some((path) => relative(folder, path).startsWith('cache/'))).toBe(true);
    expect(written.map((path) => relative(folder, path))).toEqual(
      expect.arrayContaining(['baseline.json', 'report.txt']),
    );
    for (const path of written) expect(keysIn(readFileSync(path, 'utf8')), relative(folder, path)).toEqual([]);
    for (const path of written) expect(keysIn(readFileSync(path, 'latin1')), relative(folder, path)).toEqual([]);
  });
});

test('ESLint says none of them', async () => {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.js'], ...blastradius.configs.strict }],
  });
  const results = await eslint.lintFiles(['src/app.js']);
  const messages = results.flatMap((result) => result.messages);
  expect(messages.filter(({ ruleId }) => ruleId === 'blastradius/no-hardcoded-signing-key').length).toBeGreaterThan(1);
  // `source` of a result is the file: ESLint's own formats do not print it either, json aside.
  expect(keysIn(JSON.stringify(messages))).toEqual([]);
  for (const format of ['stylish', 'html']) {
    const formatter = await eslint.loadFormatter(format);
    const output = await formatter.format(results.map((result) => ({ ...result, source: '' })));
    expect(output).toContain('no-hardcoded-signing-key');
    expect(keysIn(output), format).toEqual([]);
  }
});

test.each(['stylish', 'compact', 'table', 'checkstyle', 'junit', 'unix', 'mask-result', 'json'])(
  'secretlint prints none of them as %s',
  async (formatterName) => {
    const rules = [{ id: creator.meta.id, rule: creator, options: { names: ['STAMP', 'SEAL', 'BADGE', 'CREST'] } }];
    const paths = Object.keys(files).filter((file) => !file.startsWith('src/'));
    const results = await Promise.all(
      paths.map(async (file) => {
        const source = await createRawSource(join(folder, file));
        return lintSource({ source, options: { config: { rules }, maskSecrets: true } });
      }),
    );
    const found = results.filter(({ messages }) => messages.length > 0);
    expect(found.flatMap(({ messages }) => messages)).toHaveLength(9);
    const formatter = await loadFormatter({ formatterName, color: false, terminalLink: false });
    const output = formatter.format(
      // Its `json` prints whole files, whatever a rule does; `mask-result` prints texts alone, with the ranges of the rule masked.
      formatterName === 'json'
        ? found.map((result) => ({ ...result, sourceContent: '' }))
        : formatterName === 'mask-result'
          ? found.filter(({ sourceContentType }) => sourceContentType === 'text')
          : found,
    );
    expect(output).not.toBe('');
    const isMasked = formatterName === 'mask-result';
    // Of a JSON web key the range is the private exponent: the primes are not masked.
    expect(keysIn(output).filter((name) => !isMasked || name !== 'a prime of it')).toEqual([]);
  },
);
