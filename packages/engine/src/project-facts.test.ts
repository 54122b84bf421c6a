import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { extractFacts } from './facts/extract-facts.js';
import { ProjectFacts } from './project-facts.js';
import { openProject } from './source/open-project.js';
import type { Project } from './source/project.js';

vi.mock(import('./facts/extract-facts.js'), { spy: true });
beforeEach(() => {
  vi.mocked(extractFacts).mockClear();
});

const base = mkdtempSync(join(tmpdir(), 'blastradius-project-facts-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

const cache = join(base, 'cache');

function open(texts: Readonly<Record<string, string>>): Project {
  mkdirSync(join(base, 'project'), { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(base, 'project', name), text);
  return openProject(join(base, 'project'), { exclude: [] });
}

function lower(project: Project, facts: ProjectFacts): unknown {
  return JSON.stringify([...facts.of(project, [], () => undefined)].map(([path, { body }]) => [path, body]));
}

function loweredFiles(): readonly string[] {
  return vi.mocked(extractFacts).mock.calls.map(([path]) => path);
}

const texts = { 'a.ts': 'export const a = f("correct horse");', 'b.ts': 'export const b = 1;', 'c.ts': 'c(`\\n`);' };

it('lowers a file once, in whatever process', () => {
  const project = open(texts);
  const first = new ProjectFacts(cache);
  const made = lower(project, first);
  expect(loweredFiles()).toEqual(['a.ts', 'b.ts', 'c.ts']);
  first.keep(project);

  const edited = open({ 'b.ts': 'export const b = 2;' });
  vi.mocked(extractFacts).mockClear();
  const second = new ProjectFacts(cache);
  const again = lower(edited, second);
  expect(loweredFiles()).toEqual(['b.ts']);
  expect(again).not.toBe(made);
  expect(again).toBe(lower(edited, new ProjectFacts()));

  second.keep(edited);
  vi.mocked(extractFacts).mockClear();
  expect(lower(open({}), new ProjectFacts(cache))).toBe(again);
  expect(loweredFiles()).toEqual([]);
});

it('keeps nothing of what the code says', () => {
  const files = readdirSync(join(cache, 'facts'));
  expect(files).toHaveLength(1);
  for (const name of files)
    expect(readFileSync(join(cache, 'facts', name), 'latin1')).not.toMatch(/correct|horse|export|const/);
});
