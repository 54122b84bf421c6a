import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as Background from './background.js';
import type { Plugin } from './create-plugin.js';

// A thread runs what is built.
const { startBackground } = (await import(new URL('../dist/background.js', import.meta.url).href)) as typeof Background;
const { default: plugin } = (await import(new URL('../dist/index.js', import.meta.url).href)) as { default: Plugin };

const guarded = `import { Router } from 'express';
import { requireUser } from './guard.js';
import { db } from './db.js';

export const orders = Router();
orders.delete('/:id', requireUser, async (req, res) => res.json(await db.query('delete from orders where id = $1', [req.params.id])));
`;
const open = guarded.replace('requireUser, ', '');

/** More files than are followed with every change. */
const others = Array.from({ length: 70 }, (_, index) => [
  `src/other${String(index)}.ts`,
  `export const other = ${String(index)};\n`,
]);
const files: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "5", "jsonwebtoken": "9", "pg": "8" } }',
  'src/db.ts': "import pg from 'pg';\n\nexport const db = new pg.Pool();\n",
  'src/guard.ts': `import jwt from 'jsonwebtoken';

export function requireUser(req, res, next) {
  try {
    jwt.verify(req.headers.authorization, process.env.KEY);
  } catch {
    return res.sendStatus(401);
  }
  next();
}
`,
  'src/orders.ts': guarded,
  'src/app.ts':
    "import express from 'express';\nimport { orders } from './orders.js';\n\nconst app = express();\napp.use('/orders', orders);\napp.listen(3000);\n",
  ...(Object.fromEntries(others) as Readonly<Record<string, string>>),
};

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-background-')));
  for (const folder of ['src', 'node_modules']) mkdirSync(join(root, folder));
  for (const [file, text] of Object.entries(files)) write(file, text);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

function write(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}

/** Lints one file over and over, as an editor does. */
function openEditor(file: string): (text: string) => Promise<readonly (string | null)[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { sourceType: 'module' } }, plugin.configs.recommended],
  });
  return async (text) => {
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  };
}

async function eventually<Result>(look: () => Promise<Result>, isDone: (result: Result) => boolean): Promise<Result> {
  for (;;) {
    const result = await look();
    if (isDone(result)) return result;
    await setTimeout(50);
  }
}

describe('a project that is linted over and over', () => {
  const finding = 'blastradius/require-route-guard';

  it('shows what follows from a saved file, in that file and in others, and holds nobody up', async () => {
    const lint = openEditor('src/orders.ts');
    expect(await lint(guarded)).toEqual([]);
    write('src/orders.ts', open);
    const found = await eventually(
      () => lint(open),
      (messages) => messages.length > 0,
    );
    expect(found).toContain(finding);
    // What is typed in between stands where it belongs.
    expect(await lint(`\n\n${open}`)).toEqual(found);
    write('src/orders.ts', guarded);
    expect(
      await eventually(
        () => lint(guarded),
        (messages) => messages.length === 0,
      ),
    ).toEqual([]);
    write('src/guard.ts', 'export function requireUser(req, res, next) { next(); }\n');
    await openEditor('src/guard.ts')('export function requireUser(req, res, next) { next(); }\n');
    expect(
      await eventually(
        () => lint(guarded),
        (messages) => messages.length > 0,
      ),
    ).toContain(finding);
  });
});

describe('startBackground', () => {
  const done = async (background: Background.Background): Promise<string> => {
    while (background.state === 'busy') await setTimeout(20);
    return background.state;
  };

  it('is done when it has done all that it was told', async () => {
    const background = startBackground(root, undefined);
    expect(background.state).toBe('done');
    background.update('src/orders.ts', open);
    background.update('src/orders.ts', guarded);
    background.reopen();
    expect(background.state).toBe('busy');
    expect(await done(background)).toBe('done');
  });

  it('can be waited for by a thread that does nothing else', () => {
    const background = startBackground(root, undefined);
    background.update('src/orders.ts', open);
    background.wait(60_000);
    expect(background.state).toBe('done');
  });

  it('is not waited for longer than is said', () => {
    const background = startBackground(root, undefined);
    background.update('src/orders.ts', open);
    const start = performance.now();
    background.wait(1);
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('fails where the project cannot be analysed', async () => {
    write('blastradius.config.json', '{ "nothing": true }');
    const background = startBackground(root, undefined);
    background.update('src/orders.ts', open);
    expect(await done(background)).toBe('failed');
  });
});
