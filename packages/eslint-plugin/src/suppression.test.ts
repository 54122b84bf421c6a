import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'blastradius';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, expect, it } from 'vitest';
import plugin from './index.js';

const rule = 'blastradius/no-hardcoded-signing-key';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-suppression-')));
  writeFileSync(join(root, 'package.json'), '{ "name": "shop", "type": "module" }');
  writeFileSync(join(root, 'blastradius.config.json'), '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it.each([
  { title: 'no comment', lines: ['KEY'], left: [2] },
  { title: 'the next line', lines: [`// eslint-disable-next-line ${rule}`, 'KEY', 'KEY'], left: [4] },
  { title: 'a reason', lines: [`// eslint-disable-next-line ${rule} -- a test double`, 'KEY'], left: [] },
  { title: 'a block comment', lines: [`/* eslint-disable-next-line ${rule} */`, 'KEY'], left: [] },
  { title: 'the same line', lines: [`KEY // eslint-disable-line ${rule}`, 'KEY'], left: [3] },
  { title: 'every rule', lines: ['// eslint-disable-next-line', 'KEY'], left: [] },
  { title: 'several rules', lines: [`// eslint-disable-next-line no-undef, ${rule}`, 'KEY'], left: [] },
  { title: 'another rule', lines: ['// eslint-disable-next-line no-undef', 'KEY'], left: [3] },
  {
    title: 'a stretch',
    lines: [`/* eslint-disable ${rule} */`, 'KEY', `/* eslint-enable ${rule} */`, 'KEY'],
    left: [5],
  },
  { title: 'the rest of the file', lines: ['KEY', '/* eslint-disable */', 'KEY', 'KEY'], left: [2] },
  { title: 'a line comment that means nothing', lines: [`// eslint-disable ${rule}`, 'KEY'], left: [3] },
  {
    title: 'a rule without its plugin',
    lines: ['// eslint-disable-next-line no-hardcoded-signing-key', 'KEY'],
    left: [3],
  },
])('a comment for $title means the same in ESLint and in the command', async ({ lines, left }) => {
  const text = ["import jwt from 'jsonwebtoken';", ...lines, '']
    .map((line, index) =>
      line.replace('KEY', `jwt.sign({ sub: ${index} }, 'correct horse battery staple', { expiresIn: '5m' });`),
    )
    .join('\n');
  writeFileSync(join(root, 'token.js'), text);
  expect(await eslintLines()).toEqual(left);
  expect(await commandLines()).toEqual(left);
});

it('is not called unused by ESLint where it is used, and is where it is not', async () => {
  const used = `import jwt from 'jsonwebtoken';\n// eslint-disable-next-line ${rule}\njwt.sign({}, 'correct horse battery staple', { expiresIn: '5m' });\n`;
  writeFileSync(join(root, 'token.js'), used);
  expect(await lint()).toEqual([]);
  writeFileSync(join(root, 'token.js'), used.replace(/'correct.*?'/, 'process.env.KEY'));
  expect(await lint()).toMatchObject([{ ruleId: null, line: 2 }]);
});

async function eslintLines(): Promise<readonly number[]> {
  return (await lint()).filter(({ ruleId }) => ruleId === rule).map(({ line }) => line);
}

async function lint() {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [plugin.configs.recommended, { linterOptions: { reportUnusedDisableDirectives: 'error' } }],
  });
  return (await eslint.lintFiles(['token.js'])).flatMap(({ messages }) => messages);
}

async function commandLines(): Promise<readonly number[]> {
  const chunks: string[] = [];
  const stdout = {
    write(text: string, done?: () => void) {
      chunks.push(text);
      done?.();
      return true;
    },
  };
  await run(['check', '--format', 'json', '--only', 'no-hardcoded-signing-key'], {
    stdout,
    stderr: stdout,
    cwd: root,
    env: {},
  });
  const report = JSON.parse(chunks.join('')) as { findings: readonly { readonly line: number }[] };
  return report.findings.map(({ line }) => line);
}
