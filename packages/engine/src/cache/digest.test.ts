import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openProject } from '../source/open-project.js';
import type { Project } from '../source/project.js';
import { digestAll, digestSurroundings } from './digest.js';

const base = mkdtempSync(join(tmpdir(), 'blastradius-digest-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

const tree: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "workspaces": ["packages/*"] }',
  'packages/a/package.json': '{ "name": "a" }',
  'packages/a/index.ts': 'export const a = 1;',
  'tsconfig.json': '{ "extends": "./base.json" }',
  'base.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'src/app.ts': "import { b } from '@/b';",
  'src/b.ts': 'export const b = 2;',
  '.env': 'PORT=3000',
  'schema.prisma': 'model A { id Int @id }',
};

function lay(name: string): string {
  const root = join(base, name);
  for (const [path, text] of Object.entries(tree)) write(root, path, text);
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function digest(root: string, question = '{}', makers: readonly string[] = []): string {
  return digestOf(openProject(root, {}), question, makers);
}

function digestOf(project: Project, question: string, makers: readonly string[]): string {
  return digestAll(project, digestSurroundings(project, makers, question));
}

it('is the same wherever the project lies', () => {
  const root = lay('here');
  cpSync(root, join(base, 'there'), { recursive: true });
  expect(digest(join(base, 'there'))).toBe(digest(root));
});

it.each([
  ['code', 'src/b.ts', 'export const b = 3;'],
  ['a new file', 'src/c.ts', ''],
  ['what a tsconfig extends', 'base.json', '{}'],
  ['a tsconfig', 'tsconfig.json', '{}'],
  ['the members of the workspace', 'package.json', '{ "name": "shop", "workspaces": ["libraries/*"] }'],
  ['a schema', 'schema.prisma', 'model A { id String @id }'],
  ['settings', '.env', 'PORT=3001'],
])('changes with %s', (what, path, text) => {
  const root = lay(what.replaceAll(' ', '-'));
  const before = digest(root);
  write(root, path, text);
  expect(digest(root)).not.toBe(before);
});

it('changes where a text moves from one file to its neighbour', () => {
  const root = lay('moved');
  write(root, 'src/x.ts', 'ab');
  write(root, 'src/y.ts', 'c');
  const before = digest(root);
  write(root, 'src/x.ts', 'a');
  write(root, 'src/y.ts', 'bc');
  expect(digest(root)).not.toBe(before);
});

it('changes with a link, with unsaved text, and with what is asked by whom', () => {
  const root = lay('asked');
  const project = openProject(root, {});
  const before = digest(root);
  expect(digest(root, '{"preview":true}')).not.toBe(before);
  expect(digest(root, '{}', [join(root, 'src')])).not.toBe(before);
  expect(digestOf(project.withText('src/b.ts', 'export const b = 4;'), '{}', [])).not.toBe(before);
  symlinkSync(join(root, 'src'), join(root, 'linked'));
  expect(digest(root)).not.toBe(before);
});

it('of the surroundings stays with the texts of the code, and changes with their paths', () => {
  const root = lay('surroundings');
  const surroundings = (): string => digestSurroundings(openProject(root, {}), [], '{}');
  const before = surroundings();
  write(root, 'src/b.ts', 'export const b = 5;');
  expect(surroundings()).toBe(before);
  write(root, 'src/c.ts', '');
  expect(surroundings()).not.toBe(before);
});
