import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './main.js';

const bin = join(import.meta.dirname, '../dist/bin.js');

/** No setting of the machine takes part, and no repository that the tests run in. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

const guarded = `import { Router } from 'express';
import { prisma } from './db.js';
import { requireUser } from './guard.js';

export const orders = Router();
orders.delete('/:id', requireUser, async (req, res) => res.json(await prisma.order.delete({ where: { id: req.params.id } })));
`;
const open = guarded.replace('requireUser, ', '');

const project = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "5", "jsonwebtoken": "9", "@prisma/client": "6" } }',
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n",
  'src/keys.ts': 'export const key = process.env.KEY;\n',
  'src/guard.ts': `import jwt from 'jsonwebtoken';
import { key } from './keys.js';

export function requireUser(req, res, next) {
  try {
    jwt.verify(req.headers.authorization, key);
  } catch {
    return res.sendStatus(401);
  }
  next();
}
`,
  'src/orders.ts': guarded,
  'src/app.ts': `import express from 'express';
import { orders } from './orders.js';

const app = express();
app.use('/orders', orders);
app.listen(3000);
`,
};

const openOrders = 'src/orders.ts require-route-guard';
const writtenKey = 'src/keys.ts no-hardcoded-signing-key';
const written = "export const key = 'an-octopus-has-three-hearts';\n";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius staged-')));
  git('init', '--quiet', '--initial-branch=main');
  put(project);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what is checked', () => {
  beforeEach(() => commit());

  it('is what is staged, and not what the working tree has made of it since', async () => {
    put({ 'src/orders.ts': open });
    expect(await check()).toEqual({ code: 0, found: [], says: 'blastradius: nothing below . is staged.\n' });
    git('add', '.');
    put({ 'src/orders.ts': guarded });
    expect(await check()).toEqual({ code: 1, found: [openOrders], says: '' });
  });

  it('is what is staged where the working tree is worse', async () => {
    put({ 'src/orders.ts': `${guarded}export {};\n` });
    git('add', '.');
    put({ 'src/orders.ts': open });
    expect(await check()).toEqual({ code: 0, found: [], says: '' });
    // The change beside it counts once it is staged.
    git('add', '.');
    expect(await check()).toEqual({ code: 1, found: [openOrders], says: '' });
  });

  it('takes files that are not staged as they were committed', async () => {
    put({ 'src/app.ts': `${project['src/app.ts']}// served\n` });
    git('add', '.');
    put({ 'src/guard.ts': 'export const requireUser = (req, res, next) => next();\n' });
    rmSync(join(root, 'src/keys.ts'));
    expect(await check()).toEqual({ code: 0, found: [], says: '' });
  });

  it('knows no file that is not staged for the first time', async () => {
    put({
      'src/app.ts': project['src/app.ts'].replace(
        'app.listen',
        "app.use('/more', require('./more.js').orders);\napp.listen",
      ),
      'src/more.ts': open,
      'src/intended.ts': open,
    });
    git('add', 'src/app.ts');
    git('add', '--intent-to-add', 'src/intended.ts');
    expect(await check()).toEqual({ code: 0, found: [], says: '' });
    git('add', '.');
    expect((await check()).found).toEqual(['src/more.ts require-route-guard']);
  });

  it('knows no file whose removal is staged, and is still there', async () => {
    put({ 'src/orders.ts': open });
    git('add', '.');
    expect((await check()).found).toEqual([openOrders]);
    git('rm', '--quiet', '--cached', 'src/orders.ts');
    expect((await check()).found).toEqual([]);
  });

  it('follows a file under its new name', async () => {
    git('mv', 'src/orders.ts', 'src/sales.ts');
    put({
      'src/app.ts': project['src/app.ts'].replace('./orders.js', './sales.js'),
      'src/sales.ts': open,
    });
    git('add', '.');
    put({ 'src/sales.ts': guarded });
    expect((await check()).found).toEqual(['src/sales.ts require-route-guard']);
  });

  it('reads files that are no code as they are staged', async () => {
    put({ '.env': 'KEY=0f6e2d3b5a8c4e7f9b1d2c3a4e5f60718293a4b5c6d7e8f9\n' });
    git('add', '.');
    const before = await check();
    expect(before.found).toEqual(['.env no-hardcoded-signing-key']);
    rmSync(join(root, '.env'));
    expect(await check()).toEqual(before);
  });

  it.each(['src/or ders.ts', 'src/bestellungen-für-alle.ts', 'src/a*[b]\'"c.ts', 'src/-x.ts'])(
    'reads %s',
    async (file) => {
      put({
        [file]: open.replaceAll('./', '../src/'),
        'src/app.ts': project['src/app.ts'].replace(
          "'./orders.js'",
          JSON.stringify(`../${file.replace('.ts', '.js')}`),
        ),
      });
      git('add', '.');
      put({ [file]: guarded });
      expect((await check()).found).toEqual([`${file} require-route-guard`]);
    },
  );

  it('is told as it is staged in a report that repeats lines', async () => {
    put({ 'src/orders.ts': open });
    git('add', '.');
    const staged = await sarif('--staged');
    put({ 'src/orders.ts': guarded });
    expect(await sarif('--staged')).toBe(staged);
  });
});

describe('what is reported', () => {
  it('stands in a staged file, or its evidence does', async () => {
    put({ 'src/keys.ts': written, 'src/orders.ts': open });
    commit();
    put({ 'src/db.ts': `${project['src/db.ts']}// one client\n` });
    git('add', '.');
    expect(await check()).toEqual({
      code: 0,
      found: [],
      says: 'blastradius: 2 findings are left out that the commit neither touches nor adds; without --staged, all are shown.\n',
    });
    // The key is used there.
    put({ 'src/guard.ts': `${project['src/guard.ts']}// who it is\n` });
    git('add', '.');
    expect(await check()).toEqual({
      code: 1,
      found: [writtenKey],
      says: 'blastradius: 1 finding is left out that the commit neither touches nor adds; without --staged, all are shown.\n',
    });
  });

  it('stands elsewhere where the commit opens a hole there', async () => {
    const more = 'src/more.ts require-route-guard';
    put({
      'src/more.ts': open.replace('orders.delete', 'orders.put'),
      'src/app.ts': `import { orders as more } from './more.js';\n${project['src/app.ts'].replace('app.listen', "app.use('/more', more);\napp.listen")}`,
    });
    commit();
    const left = expect.stringContaining('1 finding is left out') as string;
    put({ 'src/guard.ts': 'export const requireUser = (req, res, next) => next();\n' });
    git('add', '.');
    // What was open before is not the commit's doing, nor is what somebody is about to change.
    expect(await check()).toEqual({ code: 1, found: [openOrders], says: left });
    put({ 'src/guard.ts': project['src/guard.ts'], 'src/more.ts': guarded });
    expect(await check()).toEqual({ code: 1, found: [openOrders], says: left });
    git('rm', '--quiet', '--cached', '--force', 'src/guard.ts');
    expect((await check()).found).toEqual([]);
    put({ 'src/app.ts': project['src/app.ts'] });
    git('add', '.');
    expect((await check()).found).not.toContain(more);
  });

  it('stands elsewhere where a file goes that held a guard', async () => {
    put({
      'src/app.ts': project['src/app.ts']
        .replace("app.use('/", "app.use(guarding);\napp.use('/")
        .replace("'express';", "'express';\nimport { guarding } from './guarding.js';"),
      'src/guarding.ts':
        "import { Router } from 'express';\nimport { requireUser } from './guard.js';\n\nexport const guarding = Router();\nguarding.use(requireUser);\n",
      'src/orders.ts': open,
    });
    commit();
    expect((await check()).found).toEqual([]);
    git('rm', '--quiet', 'src/guarding.ts');
    put({ 'src/app.ts': project['src/app.ts'] });
    git('add', '.');
    expect((await check()).found).toEqual([openOrders]);
  });

  it('is not what a baseline accepts, which knows the findings elsewhere', async () => {
    put({ 'src/keys.ts': written, 'src/orders.ts': open });
    commit();
    await run(['check', '--baseline', 'known.json', '--update-baseline'], { ...memory(), cwd: root, env });
    put({ 'src/orders.ts': open.replace("'/:id'", "'/all/:id'") });
    git('add', 'src');
    const { code, found, says } = await check('--baseline', 'known.json');
    expect({ code, found }).toEqual({ code: 1, found: [openOrders] });
    expect(says).toContain('accepts 1 finding that is no longer there');
  });
});

describe('the repository', () => {
  it('may have no commit yet', async () => {
    put({ 'src/orders.ts': open });
    expect(await check()).toEqual({
      code: 2,
      found: undefined,
      says: 'blastradius: nothing to analyse among what git would commit from .: stage the code of a TypeScript or JavaScript back end, or leave out --staged.\n',
    });
    git('add', '.');
    put({ 'src/orders.ts': guarded });
    expect((await check()).found).toEqual([openOrders]);
  });

  it('may reach further than the folder that is checked', async () => {
    for (const [file, text] of Object.entries(project)) put({ [`apps/my shop/${file}`]: text });
    commit();
    put({ 'src/orders.ts': open });
    git('add', '.');
    const shop = join('apps', 'my shop');
    expect((await checkIn(root, shop)).says).toBe(`blastradius: nothing below ${shop} is staged.\n`);
    put({ 'apps/my shop/src/orders.ts': open });
    git('add', '.');
    put({ 'apps/my shop/src/orders.ts': guarded });
    expect((await checkIn(root, shop)).found).toEqual([openOrders]);
    expect((await checkIn(join(root, shop), '.')).found).toEqual([openOrders]);
  });

  it('may hold a submodule, whose files are staged with it and are as they are on disk', async () => {
    const other = join(root, '..', `${root.slice(root.lastIndexOf('-') + 1)}-other`);
    try {
      mkdirSync(other);
      gitIn(other, 'init', '--quiet');
      writeFileSync(join(other, 'keys.ts'), written);
      gitIn(other, 'add', '.');
      gitIn(other, 'commit', '--quiet', '--message=keys');
      put({ 'src/guard.ts': project['src/guard.ts'].replace('./keys.js', '../lib/keys.js') });
      commit();
      git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'lib');
      expect((await check()).found).toEqual(['lib/keys.ts no-hardcoded-signing-key']);
      commit();
      put({ 'lib/keys.ts': `\n${written}` });
      expect((await check()).says).toContain('nothing below . is staged');
      // Of the submodule itself, everything is as for any repository.
      gitIn(join(root, 'lib'), 'add', '.');
      expect((await checkIn(root, 'lib')).code).toBe(0);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('may be amidst a merge', async () => {
    commit();
    git('switch', '--quiet', '--create', 'other');
    put({ 'src/orders.ts': `// other\n${open}` });
    commit();
    git('switch', '--quiet', 'main');
    put({ 'src/orders.ts': `// main\n${guarded}` });
    commit();
    expect(tryGit(root, 'merge', 'other').status).toBe(1);
    put({ 'src/orders.ts': open });
    expect((await check()).found).toEqual([openOrders]);
  });

  it('has to be there', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    expect(await check()).toEqual({
      code: 2,
      found: undefined,
      says: 'blastradius: . is in no git repository, so nothing is staged there: leave out --staged to check it as it is.\n',
    });
  });

  it('has to have a working tree', async () => {
    git('config', 'core.bare', 'true');
    const { code, says } = await check();
    expect(code).toBe(2);
    expect(says).toMatch(
      /^blastradius: --staged asks git what is staged in \., and it says: this operation must be run in a work tree\n$/,
    );
  });

  it('is asked for nothing where the folder is not there', async () => {
    const { code, says } = await checkIn(root, 'no-such-folder');
    expect(code).toBe(2);
    expect(says).toContain('no-such-folder does not exist');
  });

  it('cannot be asked without git', async () => {
    const output = memory();
    expect(await run(['check', '--staged'], { ...output, cwd: root, env: { PATH: root } })).toBe(2);
    expect(output.stderr.text).toBe(
      'blastradius: git was not found, and --staged asks it what is staged: install it, or leave out --staged.\n',
    );
  });
});

// What git hands to its hooks: an index of the very commit, and in linked work trees the folder of the repository.
describe('a hook', () => {
  beforeEach(() => {
    commit();
    installHook('.');
  });

  it('refuses a commit with findings, and lets others through', () => {
    put({ 'src/orders.ts': open });
    git('add', '.');
    const refused = tryGit(root, 'commit', '--message=open');
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('require-route-guard');
    put({ 'src/orders.ts': `${guarded}// guarded\n` });
    git('add', '.');
    expect(tryGit(root, 'commit', '--message=guarded').status).toBe(0);
  });

  it('sees what `commit --all` and `commit <file>` take, and nothing else', () => {
    put({ 'src/orders.ts': open });
    expect(tryGit(root, 'commit', '--all', '--message=all').status).toBe(1);
    put({ 'src/app.ts': `${project['src/app.ts']}// served\n` });
    expect(tryGit(root, 'commit', '--message=one', 'src/app.ts').status).toBe(0);
    expect(tryGit(root, 'commit', '--message=other', 'src/orders.ts').status).toBe(1);
  });

  it.each(['.', 'src'])('does so in a linked work tree, for %s', (folder) => {
    installHook(folder);
    const linked = join(root, 'linked');
    git('worktree', 'add', '--quiet', linked);
    writeFileSync(join(linked, 'src/orders.ts'), open);
    const { status, stdout, stderr } = tryGit(linked, 'commit', '--all', '--message=open');
    expect(stdout + stderr).toContain('require-route-guard');
    expect(status).toBe(1);
  });

  it('asks another repository for its own index', () => {
    const lib = join(root, 'lib');
    mkdirSync(lib);
    for (const [file, text] of Object.entries({ ...project, 'src/orders.ts': open })) write(lib, file, text);
    gitIn(lib, 'init', '--quiet');
    gitIn(lib, 'add', '.');
    installHook('lib');
    const { status, stdout, stderr } = tryGit(root, 'commit', '--allow-empty', '--message=nothing');
    expect(stdout + stderr).toContain('require-route-guard');
    expect(status).toBe(1);
  });

  function installHook(folder: string): void {
    const hook = join(root, '.git/hooks/pre-commit');
    write(root, '.git/hooks/pre-commit', `#!/bin/sh\nexec "${process.execPath}" "${bin}" check --staged ${folder}\n`);
    chmodSync(hook, 0o755);
  }
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) write(root, file, text);
}

function write(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function commit(): void {
  git('add', '.');
  git('commit', '--quiet', '--message=state');
}

function git(...args: readonly string[]): void {
  gitIn(root, ...args);
}

function gitIn(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = tryGit(folder, ...args);
  expect(status, stderr).toBe(0);
}

function tryGit(folder: string, ...args: readonly string[]) {
  return spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' });
}

async function check(...argv: readonly string[]) {
  return checkIn(root, '.', ...argv);
}

/** What the command finds, `undefined` where it reports nothing at all. */
async function checkIn(cwd: string, path: string, ...argv: readonly string[]) {
  const output = memory();
  const code = await run(['check', path, '--staged', '--format', 'json', ...argv], { ...output, cwd, env });
  const report = output.stdout.text === '' ? undefined : (JSON.parse(output.stdout.text) as Report);
  return {
    code,
    found: report?.findings.map(({ file, ruleId }) => `${file} ${ruleId}`),
    says: output.stderr.text,
  };
}

async function sarif(...argv: readonly string[]): Promise<string> {
  const output = memory();
  expect(await run(['check', '--format', 'sarif', ...argv], { ...output, cwd: root, env })).toBe(1);
  return output.stdout.text;
}

interface Report {
  readonly findings: readonly { readonly file: string; readonly ruleId: string }[];
}

function memory() {
  const stream = () => ({
    text: '',
    write(text: string, done?: () => void) {
      this.text += text;
      done?.();
      return true;
    },
  });
  return { stdout: stream(), stderr: stream() };
}
