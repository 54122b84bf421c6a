import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
