import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import type * as Engine from '../packages/engine/src/index.js';

const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'blastradius-new-library-'));
const engine = join(copy, 'packages/engine');

beforeAll(() => {
  for (const path of ['tsconfig.base.json', 'packages/engine/package.json', 'packages/engine/tsconfig.json'])
    cpSync(join(root, path), join(copy, path));
  cpSync(join(root, 'packages/engine/src'), join(engine, 'src'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  symlinkSync(join(root, 'packages/engine/node_modules'), join(engine, 'node_modules'));
  symlinkSync(join(root, 'packages/key-material'), join(copy, 'packages/key-material'));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

/** Files below the copy with their texts, but for what is only linked. */
function texts(): ReadonlyMap<string, string> {
  const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(copy.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

it('adds a library by the steps of CONTRIBUTING.md with nothing but its catalog file and its fixture', async () => {
  const before = texts();
  const made = execFileSync(
    'node',
    [join(root, '.ci/new-library.mjs'), '@acme/gate-keeper', 'identity', '--root', copy],
    {
      encoding: 'utf8',
    },
  );
  expect(made.trim().split('\n')).toHaveLength(4);

  const library = join(engine, 'src/catalog/identity/acme-gate-keeper.ts');
  const entry = "calls: { '@acme/gate-keeper#requireVisitor()': { guard: { proves: 'token' } } },";
  writeFileSync(library, readFileSync(library, 'utf8').replace('calls: {},', entry));
  const app = join(copy, 'fixtures/require-route-guard/express-acme-gate-keeper/src/app.ts');
  const route =
    "\napp.delete('/visits', requireVisitor(), async (req, res) => {\n  await prisma.order.deleteMany();\n  res.sendStatus(204);\n});\n";
  writeFileSync(app, `import { requireVisitor } from '@acme/gate-keeper';\n${readFileSync(app, 'utf8')}${route}`);

  const changed = [...texts()].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(
    changed.filter(
      (path) => !path.startsWith('packages/engine/src/catalog/identity/') && !path.startsWith('fixtures/'),
    ),
  ).toEqual(['packages/engine/src/catalog/libraries.ts']);

  const project = join(copy, 'fixtures/require-route-guard/express-acme-gate-keeper');
  execFileSync('node', [join(root, 'node_modules/typescript/bin/tsc'), '-p', engine, '--outDir', join(engine, 'dist')]);
  const { openSession } = (await import(pathToFileURL(join(engine, 'dist/index.js')).href)) as typeof Engine;
  const session = openSession(project, { rules });
  expect(session.application().routes.map(({ title, authentication }) => [title, authentication])).toEqual([
    ['DELETE /orders', 'open'],
    ['DELETE /visits', 'guarded'],
  ]);
  expect(session.findings().map(({ ruleId, entity }) => [ruleId, entity])).toEqual([
    ['require-route-guard', 'DELETE /orders'],
  ]);
});
