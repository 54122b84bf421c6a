import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { rules } from '@blastradius/rules';
import { collectFixtures } from '@blastradius/testkit';
import parser from '@typescript-eslint/parser';
import { run } from 'blastradius';
import { ESLint } from 'eslint';
import { ESLint as ESLint9 } from 'eslint-9';
import { describe, expect, it } from 'vitest';
import plugin from './index.js';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const projects = [
  ...collectFixtures(
    fixtures,
    rules.map(({ id }) => id),
  ).map(({ directory }) => directory),
  ...readdirSync(join(fixtures, 'apps'))
    .map((name) => join(fixtures, 'apps', name))
    .filter((directory) => existsSync(join(directory, 'package.json'))),
].map((directory) => ({ name: relative(fixtures, directory).split(sep).join('/'), directory }));

const code = /\.[cm]?[jt]sx?$/;
const codeFiles = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';

/** What a finding looks like in every place. */
interface Shown {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

type Place = Pick<Shown, 'file' | 'line' | 'column'>;

/** The command runs once for each project. */
const found = new Map<string, Promise<readonly Shown[]>>();

it('has fixtures of every rule and of whole applications, with findings in them', async () => {
  for (const folder of [...rules.map(({ id }) => id), 'apps']) {
    expect(
      projects.filter(({ name }) => name.startsWith(`${folder}/`)),
      folder,
    ).not.toEqual([]);
  }
  const findings = await Promise.all(projects.map(({ directory }) => commandFindings(directory)));
  expect(new Set(findings.flat().map(({ ruleId }) => ruleId))).toEqual(new Set(rules.map(({ id }) => id)));
  // It analyses every fixture, one after the other.
}, 180_000);

describe.each(projects)('$name', ({ directory }) => {
  it.each([
    { version: 9, Linter: ESLint9 },
    { version: 10, Linter: ESLint },
  ])('has the same findings under ESLint $version and from the command', async ({ Linter }) => {
    const eslint = new Linter({
      cwd: directory,
      overrideConfigFile: true,
      errorOnUnmatchedPattern: false,
      overrideConfig: [
        { files: ['**/*.{js,jsx,mjs,cjs}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
        { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } },
        plugin.configs.strict,
        { settings: { blastradius: { root: directory } } },
      ],
    });
    const results = await eslint.lintFiles([codeFiles]);
    const shown = results.flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId?.startsWith('blastradius/'))
        .map(({ ruleId, line, column, message }) => ({
          ruleId: ruleId?.replace('blastradius/', '') ?? '',
          file: relative(directory, filePath).split(sep).join('/'),
          line,
          column,
          message,
        })),
    );
    expect(sort(shown)).toEqual(sort(await commandFindings(directory)));
  });
});

function commandFindings(directory: string): Promise<readonly Shown[]> {
  const running = found.get(directory) ?? runCommand(directory);
  found.set(directory, running);
  return running;
}

/** What the command finds, at the places where ESLint can show it: in code. */
async function runCommand(directory: string): Promise<readonly Shown[]> {
  const output = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof output) => ({
    write(text: string, done?: () => void) {
      output[name] += text;
      done?.();
      return true;
    },
  });
  const io = { stdout: collect('stdout'), stderr: collect('stderr'), cwd: directory, env: {} };
  const exitCode = await run(['check', '--preview', '--format', 'json'], io);
  expect(exitCode, output.stderr).toBeLessThan(2);
  const { findings } = JSON.parse(output.stdout) as {
    findings: readonly (Shown & { readonly steps: readonly Place[] })[];
  };
  return findings.flatMap(({ ruleId, message, steps, file, line, column }) => {
    const place = [{ file, line, column }, ...steps].find((candidate) => code.test(candidate.file));
    return place ? [{ ruleId, file: place.file, line: place.line, column: place.column, message }] : [];
  });
}

function sort(findings: readonly Shown[]): readonly Shown[] {
  const key = (finding: Shown) =>
    [
      finding.file,
      String(finding.line).padStart(6),
      String(finding.column).padStart(6),
      finding.ruleId,
      finding.message,
    ].join();
  return findings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
