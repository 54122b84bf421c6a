import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

import { describeTexts } from '../describe-files.js';
import { createProject } from './create-project.js';

const code = (project: ReadonlyMap<string, string>) =>
  [...project].filter(([path]) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));
const textsOf = (project: ReadonlyMap<string, string>) => code(project).map(([, text]) => text);

describe('a generated project', () => {
  const project = createProject(400);
  const texts = textsOf(project);

  test.each([80, 400, 401, 500, 2000])('has %d files when it is asked for them, tests not counted', (size) => {
    expect(code(createProject(size))).toHaveLength(size);
  });

  test('is the same every time', () => {
    expect([...createProject(400)]).toEqual([...project]);
  });

  test('has tests beside its code', () => {
    const tests = [...project.keys()].filter((path) => path.endsWith('.spec.ts')).length;
    expect(tests / texts.length).toBeGreaterThan(0.05);
    expect(tests / texts.length).toBeLessThan(0.2);
  });

  // Back ends that are maintained in public have 1.2 to 4 kB, 40 to 140 lines, 2 to 7 imports and 2 to 9 functions a file.
  test('has files like those of real ones: many small, few large', () => {
    const figures = describeTexts(texts);
    expect(figures.bytes).toBeGreaterThan(2500);
    expect(figures.bytes).toBeLessThan(3300);
    expect(figures.medianBytes).toBeLessThan(figures.bytes * 0.7);
    expect(figures.largestBytes).toBeGreaterThan(figures.bytes * 8);
    expect(figures.lines).toBeGreaterThan(60);
    expect(figures.lines).toBeLessThan(100);
    expect(figures.imports).toBeGreaterThan(2.5);
    expect(figures.imports).toBeLessThan(5);
    expect(figures.functions).toBeGreaterThan(5);
    expect(figures.functions).toBeLessThan(8);
  });

  test('serves a route in every fourth or fifth file', () => {
    const routes = texts.reduce(
      (sum, text) =>
        sum + (text.match(/^ {2}@(?:Get|Post|Patch|Delete)\(|^\w+Router\.(?:get|post|put|delete)\(/gm) ?? []).length,
      0,
    );
    expect(routes / texts.length).toBeGreaterThan(0.1);
    expect(routes / texts.length).toBeLessThan(0.35);
  });

  test('parses', () => {
    const broken = [...createProject(160)].filter(([fileName, text]) => {
      if (!fileName.endsWith('.ts')) return false;
      const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
      return diagnostics !== undefined && diagnostics.length > 0;
    });
    expect(broken.map(([path]) => path)).toEqual([]);
  });

  test.each([80, 400])('of %d files imports files that are there', (size) => {
    const files = createProject(size);
    const missing = code(files).flatMap(([path, text]) =>
      [...text.matchAll(/from '([.@][^']*)'/g)]
        .flatMap(([, specifier = '']) => targetsOf(path, specifier))
        .filter((targets) => !targets.some((target) => files.has(target)))
        .map((targets) => `${path} → ${targets.join(' or ')}`),
    );
    expect(missing).toEqual([]);
  });

  test('is refused where it would be too small to be one', () => {
    expect(() => createProject(3)).toThrow('too small');
  });
});

test('files have the same mean size in small and large projects', () => {
  const [small = Number.NaN, ...larger] = [500, 2000, 10_000].map((size) => {
    const texts = textsOf(createProject(size));
    return texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  });
  for (const bytes of larger) expect(Math.abs(bytes / small - 1)).toBeLessThan(0.03);
});

/** Where an import may lead; nothing is said of what npm installs. */
function targetsOf(path: string, specifier: string): readonly (readonly string[])[] {
  const own = /^@marketplace\/(\w+)\/(.+)$/.exec(specifier);
  const base = specifier.startsWith('.')
    ? posix.join(posix.dirname(path), specifier)
    : own && `packages/${own[1] ?? ''}/src/${own[2] ?? ''}`;
  return base ? [[`${base}.ts`, `${base}/index.ts`]] : [];
}
