import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';

import configuration from '../.dependency-cruiser.js';

const root = join(import.meta.dirname, '..');
const engine = 'packages/engine/src';

/** For each arrow, a file that goes against it. */
const violations: Record<string, { file: string; text: string }> = {
  'source-comes-first': { file: `${engine}/source/a.ts`, text: "import '../program/link.js';" },
  'facts-know-one-file': { file: `${engine}/facts/a.ts`, text: "import type { Link } from '../program/link.js';" },
  'program-knows-no-library': { file: `${engine}/program/a.ts`, text: "import '../catalog/express.js';" },
  'catalog-is-data': { file: `${engine}/catalog/a.ts`, text: "import '../application/model.js';" },
  'catalog-takes-types-only': { file: `${engine}/catalog/b.ts`, text: "import '../program/link.js';" },
  'schema-knows-no-application': { file: `${engine}/schema/a.ts`, text: "import '../application/model.js';" },
  'application-starts-from-the-program': { file: `${engine}/application/a.ts`, text: "import '../cache/store.js';" },
  'application-takes-types-of-facts-and-source': {
    file: `${engine}/application/b.ts`,
    text: "import '../facts/lower.js';",
  },
  'findings-are-words': { file: `${engine}/finding/a.ts`, text: "import '../program/link.js';" },
  'findings-take-types-only': { file: `${engine}/finding/b.ts`, text: "import '../facts/lower.js';" },
  'configuration-is-read-as-data': { file: `${engine}/config/a.ts`, text: "import '../program/link.js';" },
  'session-is-for-shells': { file: `${engine}/cache/a.ts`, text: "import '../session.js';" },
  'key-material-stands-alone': { file: 'packages/key-material/src/a.ts', text: "import '../../engine/src/index.js';" },
  'rules-know-only-the-application': { file: 'rules/a/rule.ts', text: "import 'node:path';" },
  'syntax-stays-in-facts': { file: `${engine}/program/b.ts`, text: "import 'ts-morph';" },
  'disk-stays-in-source': { file: `${engine}/program/c.ts`, text: "import 'node:fs/promises';" },
  'nothing-is-executed': { file: `${engine}/source/b.ts`, text: "import 'node:child_process';" },
  'command-and-plugin-are-strangers': {
    file: 'packages/cli/src/a.ts',
    text: "import 'eslint-plugin-blastradius';",
  },
  'reports-print': { file: 'packages/report/src/a.ts', text: "import '@blastradius/rules';" },
  'packages-meet-at-their-index': {
    file: 'packages/cli/src/b.ts',
    text: "import '../../engine/src/facts/lower.js';",
  },
  'published-code-stands-alone': { file: 'packages/cli/src/c.ts', text: "import '@blastradius/testkit';" },
  'no-development-dependency': { file: 'packages/cli/src/d.ts', text: "import 'only-for-development';" },
  'no-unresolvable': { file: `${engine}/program/d.ts`, text: "import './nowhere.js';" },
  'no-cycle': { file: `${engine}/program/e.ts`, text: "import './f.js';" },
  'no-orphan': { file: `${engine}/program/g.ts`, text: 'export {};' },
};

const surroundings: Record<string, string> = {
  'package.json': '{"type":"module","dependencies":{"ts-morph":"*"},"devDependencies":{"only-for-development":"*"}}',
  'node_modules/ts-morph/package.json': '{"name":"ts-morph","main":"index.js"}',
  'node_modules/ts-morph/index.js': '',
  'node_modules/only-for-development/package.json': '{"name":"only-for-development","main":"index.js"}',
  'node_modules/only-for-development/index.js': '',
  [`${engine}/application/model.ts`]: '',
  [`${engine}/cache/store.ts`]: '',
  [`${engine}/catalog/express.ts`]: '',
  [`${engine}/facts/lower.ts`]: '',
  [`${engine}/program/f.ts`]: "import './e.js';",
  [`${engine}/program/link.ts`]: 'export type Link = string;',
  [`${engine}/index.ts`]: '',
  [`${engine}/session.ts`]: '',
  'packages/eslint-plugin/src/index.ts': '',
  'packages/testkit/src/index.ts': '',
  'rules/index.ts': '',
};

let folder: string;
let cruised: ICruiseResult;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-arrows-')));
  const files = { ...surroundings };
  for (const { file, text } of Object.values(violations)) files[file] = text;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const file of ['tsconfig.json', 'tsconfig.base.json']) copyFileSync(join(root, file), join(folder, file));
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json', 'packages', 'rules'];
  const { stdout } = spawnSync(process.execPath, [program, ...options], { cwd: folder, encoding: 'utf8' });
  cruised = JSON.parse(stdout) as ICruiseResult;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rules = configuration.forbidden ?? [];

test.each(rules.map(({ name }) => name ?? ''))('%s is caught', (name) => {
  const caught = cruised.summary.violations.filter(({ rule }) => rule.name === name).map(({ from }) => from);
  expect(caught).toContain(violations[name]?.file);
});

test.each(rules.map(({ name, comment }) => [name, comment ?? '']))('%s says why', (_, comment) => {
  expect(comment).toMatch(/^[A-Z].+\.$/);
});
