import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { changeOneFile, copySubject, forgetRuns, generateSubject } from './subject.js';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'blastradius-subject-'));
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

function write(path: string, text: string): void {
  const file = join(scratch, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test('works on a copy, without what is installed', () => {
  write('shop/src/a.ts', 'a();\n');
  write('shop/src/long.js', 'b();\n'.repeat(9));
  write('shop/src/types.d.ts', 'export type A = 1;\n');
  write('shop/src/b.ts', 'bb();\n');
  write('shop/node_modules/left/index.js', 'left();\n');
  const subject = copySubject(scratch, join(scratch, 'shop'));
  expect(subject.name).toBe('shop');
  expect(subject.folder).not.toBe(join(scratch, 'shop'));
  expect(subject.paths.map((path) => relative(subject.folder, path)).sort()).toEqual([
    'src/a.ts',
    'src/b.ts',
    'src/long.js',
  ]);
  expect(relative(subject.folder, subject.medianFile)).toBe('src/b.ts');
  expect(existsSync(join(subject.folder, 'node_modules/left'))).toBe(false);
  changeOneFile(subject, 'code', 1);
  expect(readFileSync(join(scratch, 'shop/src/b.ts'), 'utf8')).toBe('bb();\n');
});

test('changes one file into another text each time, and back', () => {
  const subject = generateSubject(scratch, 80);
  const text = readFileSync(subject.medianFile, 'utf8');
  const changes = [1, 2].flatMap((number) => [['comment', number] as const, ['code', number] as const]);
  const seen = changes.map(([what, number]) => {
    const undo = changeOneFile(subject, what, number);
    const changed = readFileSync(subject.medianFile, 'utf8');
    undo();
    return changed;
  });
  expect(new Set([text, ...seen]).size).toBe(5);
  expect(readFileSync(subject.medianFile, 'utf8')).toBe(text);
});

test('makes a run cold by removing what runs leave, and nothing else', () => {
  const subject = generateSubject(scratch, 80);
  const cache = join(subject.folder, 'node_modules/.cache');
  mkdirSync(join(cache, 'blastradius'), { recursive: true });
  mkdirSync(join(cache, 'other'));
  forgetRuns(subject);
  forgetRuns(subject);
  expect([existsSync(join(cache, 'blastradius')), existsSync(join(cache, 'other'))]).toEqual([false, true]);
});

test('refuses a folder without code', () => {
  write('empty/readme.md', '');
  expect(() => copySubject(scratch, join(scratch, 'empty'))).toThrow('no code');
});
