import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import plugin from './index.js';

const key = "export const key = 'correct horse battery staple';\n";
const environmentKey = 'export const key = process.env.KEY;\n';
const token = `import jwt from 'jsonwebtoken';
import { key } from './key.js';

export const sign = (subject) => jwt.sign({ sub: subject }, key, { expiresIn: '15m' });
`;

let root: string;
let eslint: ESLint;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-eslint-')));
  put('package.json', '{ "name": "shop", "type": "module", "dependencies": { "jsonwebtoken": "9" } }');
  put('blastradius.config.json', '{}');
  put('src/key.js', key);
  put('src/token.js', token);
  eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [plugin.configs.recommended] });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it('finds across files, and finds the project above the file by itself', async () => {
  expect(await lintFiles('src/key.js')).toEqual(['no-hardcoded-signing-key:1']);
});

it('believes the text that an editor has not saved, and the disk again afterwards', async () => {
  expect(await lintText('src/key.js', environmentKey)).toEqual([]);
  expect(await lintText('src/key.js', `\n\n${key}`)).toEqual(['no-hardcoded-signing-key:3']);
  expect(await lintFiles('src/key.js')).toEqual(['no-hardcoded-signing-key:1']);
});

it('lets unsaved text of one file count for the findings of another', async () => {
  expect(await lintText('src/token.js', token.replace(', key,', ', process.env.KEY,'))).toEqual([]);
  expect(await lintFiles('src/key.js')).toEqual([]);
  expect(await lintFiles('src/token.js')).toEqual([]);
  expect(await lintFiles('src/key.js')).toEqual(['no-hardcoded-signing-key:1']);
});

it('knows a file that is not on disk yet', async () => {
  put('src/key.js', environmentKey);
  const text = token.replace("import { key } from './key.js';", "const key = 'correct horse battery staple';");
  expect(await lintText('src/new.js', text)).toEqual(['no-hardcoded-signing-key:2']);
});

it('adds no file to the project that the project leaves out', async () => {
  const text = token.replace("import { key } from './key.js';", "const key = 'correct horse battery staple';");
  put('test/token.test.js', text);
  expect(await lintFiles('test/token.test.js')).toEqual([]);
});

describe('options', () => {
  const rule = 'blastradius/require-token-claims';
  const strict = ['error', { claims: ['exp', 'aud'] }] as const;
  const addressed = token.replace('key);', "key, { expiresIn: '1h' });");

  function lintWith(config: Linter.Config): ESLint {
    return new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [{ plugins: plugin.configs.strict.plugins ?? {}, rules: { [rule]: 'error' } }, config],
    });
  }

  it('apply to the files that they are given for', async () => {
    put('src/token.js', addressed);
    put('src/admin/token.js', addressed.replace('./key', '../key'));
    const found = await lintWith({ files: ['src/admin/**'], rules: { [rule]: [...strict] } }).lintFiles(['src']);
    expect(found.map(({ filePath, messages }) => [relative(root, filePath), messages.length])).toEqual([
      [join('src', 'admin', 'token.js'), 1],
      [join('src', 'key.js'), 0],
      [join('src', 'token.js'), 0],
    ]);
    expect(shorten(found)).toEqual(['require-token-claims:4']);
    expect(found[0]?.messages[0]?.message).toContain('makes a token with no `aud`,');
  });

  it('are those of the configuration of Blastradius where ESLint gives none', async () => {
    put('src/token.js', addressed);
    put('blastradius.config.json', JSON.stringify({ rules: { 'require-token-claims': strict } }));
    expect(shorten(await lintWith({}).lintFiles(['src/token.js']))).toEqual(['require-token-claims:4']);
    const other = lintWith({ rules: { [rule]: ['error', { claims: ['exp'] }] } });
    expect(shorten(await other.lintFiles(['src/token.js']))).toEqual([]);
  });

  it('that there are not are refused by ESLint, with what there is', async () => {
    const linting = lintWith({ rules: { [rule]: ['error', { claims: ['expiry'] }] } }).lintFiles(['src/token.js']);
    await expect(linting).rejects.toThrow(
      /blastradius\/require-token-claims[^]*"expiry" should be equal to one of the allowed/,
    );
    const unknown = lintWith({ rules: { [rule]: ['error', { claim: [] }] } }).lintFiles(['src/token.js']);
    await expect(unknown).rejects.toThrow(
      /Unexpected property "claim". Expected properties: "claims", "maximumLifetime"/,
    );
  });
});

it('says once what is wrong with the configuration', async () => {
  put('blastradius.config.json', '{ "gards": [] }');
  const results = await eslint.lintFiles(['src']);
  const messages = results.flatMap((result) => result.messages);
  expect(messages).toMatchObject([{ line: 1, column: 1 }]);
  expect(messages[0]?.message).toContain('gards');
  expect(messages[0]?.message).not.toContain(root);
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function lintText(file: string, text: string): Promise<readonly string[]> {
  return shorten(await eslint.lintText(text, { filePath: join(root, file) }));
}

async function lintFiles(file: string): Promise<readonly string[]> {
  return shorten(await eslint.lintFiles([file]));
}

function shorten(results: readonly ESLint.LintResult[]): readonly string[] {
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, message }) => (ruleId ? `${ruleId.replace('blastradius/', '')}:${line}` : message)),
  );
}
