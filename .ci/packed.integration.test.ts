import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

const manifests = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'rules'].map(
  (directory) => JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')) as Manifest,
);
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };

const published = manifests
  .filter((manifest) => manifest.private !== true)
  .map(({ name, version }) => ({ name, tarball: `${name.replace('@', '').replace('/', '-')}-${version}.tgz` }));

const secretlintRule = '@blastradius/secretlint-rule-signing-key';

/** What a stranger writes on the first day: an open mint with a literal key. */
const server = `import express from 'express';
import jwt from 'jsonwebtoken';

const app = express();
app.use(express.json());
app.post('/internal/token', (request, response) => {
  response.json({ token: jwt.sign({ sub: request.body.userId }, 'a literal in the source') });
});
app.listen(3000);
`;

let folder: string;

function run(cwd: string, program: string, ...options: readonly string[]) {
  // A shell finds `npx` and `npm` on every system.
  const { status, stdout, stderr } = spawnSync([program, ...options].join(' '), { cwd, encoding: 'utf8', shell: true });
  return { status, stdout, output: stdout + stderr };
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-packed-')));
  const filters = published.map(({ name }) => `--filter ${name}`);
  const { status, output } = run(root, `npx -y ${packageManager}`, ...filters, `pack --pack-destination ${folder}`);
  expect(status, output).toBe(0);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(published)('$name', ({ tarball }) => {
  test('is as publint wants it', () => {
    const { status, output } = run(root, 'node node_modules/publint/src/cli.js run --strict', join(folder, tarball));
    expect(status, output).toBe(0);
  });

  test('has types that resolve as its code does', () => {
    const program = 'node node_modules/@arethetypeswrong/cli/dist/index.js --profile esm-only --no-color';
    const { status, output } = run(root, program, join(folder, tarball));
    expect(status, output).toBe(0);
  });

  test('holds no tests and no build records', () => {
    const { stdout } = run(folder, 'tar -tf', tarball);
    expect(stdout).toContain('package/dist/index.js');
    expect(stdout).not.toMatch(/\.test\.|\.tsbuildinfo/);
  });
});

interface EslintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string; readonly line: number; readonly column: number }[];
}

interface CheckResult {
  readonly findings: readonly { readonly ruleId: string; readonly line: number; readonly column: number }[];
}

describe.each([
  { title: 'ESLint 9 and no TypeScript', others: ['eslint@9.39.2'] },
  { title: 'ESLint 10 and TypeScript 7', others: ['eslint@10.15.0', 'typescript@7.0.2'] },
])('in an empty project with $title', ({ title, others }) => {
  let project: string;

  beforeAll(() => {
    project = join(folder, title.replaceAll(' ', '-'));
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
    writeFileSync(join(project, 'server.js'), server);
    writeFileSync(
      join(project, 'eslint.config.js'),
      "import blastradius from 'eslint-plugin-blastradius';\nexport default [blastradius.configs.recommended];\n",
    );
    const tarballs = published
      .filter(({ name }) => name !== secretlintRule)
      .map(({ tarball }) => join(folder, tarball));
    const { status, output } = run(project, 'npm install --no-audit --no-fund', ...tarballs, ...others);
    expect(status, output).toBe(0);
  });

  function check() {
    const { status, stdout, output } = run(project, 'npx --no-install blastradius check --format json');
    expect(status, output).toBe(1);
    return (JSON.parse(stdout) as CheckResult).findings.map(({ ruleId, line, column }) => ({ ruleId, line, column }));
  }

  test('the command finds the mint and the key', () => {
    const rules = check().map(({ ruleId }) => ruleId);
    expect(rules).toEqual(expect.arrayContaining(['no-open-token-mint', 'no-hardcoded-signing-key']));
  });

  test('ESLint says the same as the command', () => {
    const { status, stdout, output } = run(project, 'npx --no-install eslint --format json server.js');
    expect(status, output).toBe(1);
    const found = (JSON.parse(stdout) as EslintResult[]).flatMap(({ messages }) => messages);
    expect(
      found.map(({ ruleId, line, column }) => ({ ruleId: ruleId.replace('blastradius/', ''), line, column })),
    ).toEqual(check());
  });
});

// Those between them have the same types and the same core.
describe.each(['11.7.1', '13.0.6'])('in an empty project with secretlint %s', (version) => {
  let project: string;

  beforeAll(() => {
    project = join(folder, `secretlint-${version}`);
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
    writeFileSync(join(project, '.secretlintrc.json'), JSON.stringify({ rules: [{ id: secretlintRule }] }));
    writeFileSync(join(project, '.env'), 'PORT=3000\nJWT_SECRET=changeme\n');
    writeFileSync(join(project, '.env.example'), 'JWT_SECRET=<your-secret>\n');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(project, 'private.der'), privateKey.export({ type: 'pkcs8', format: 'der' }));
    writeFileSync(join(project, 'public.der'), publicKey.export({ type: 'spki', format: 'der' }));
    const tarballs = published
      .filter(({ name }) => name === secretlintRule || name === '@blastradius/key-material')
      .map(({ tarball }) => join(folder, tarball));
    const { status, output } = run(
      project,
      'npm install --no-audit --no-fund --engine-strict=false',
      ...tarballs,
      `secretlint@${version}`,
    );
    expect(status, output).toBe(0);
  });

  test('the rule finds the secret and the key, and nothing else', () => {
    const files = ['.env', '.env.example', 'private.der', 'public.der'];
    const { status, stdout, output } = run(project, 'npx --no-install secretlint --format compact', ...files);
    expect(status, output).toBe(1);
    // secretlint tells of a file as soon as it has read it, so the order is the disk's.
    const found = stdout.split('\n').filter((line) => line.includes(': line'));
    expect(found.sort()).toEqual([
      expect.stringMatching(/\.env: line 2, .*found a signing secret in JWT_SECRET/),
      expect.stringMatching(/private\.der: .*found a PKCS#8 private key \(Ed25519\)/),
    ]);
    expect(output).not.toContain('changeme');
  });

  test('no compiler comes with it', () => {
    expect(existsSync(join(project, 'node_modules/@blastradius/key-material'))).toBe(true);
    expect(existsSync(join(project, 'node_modules/typescript'))).toBe(false);
  });
});
