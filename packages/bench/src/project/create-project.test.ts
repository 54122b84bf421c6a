import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';

import { createProject } from './create-project.js';

describe('a generated project', () => {
  const project = createProject(400);
  const code = [...project].filter(([path]) => path.endsWith('.ts'));

  test('has as many files as were asked for', () => {
    expect(code).toHaveLength(400);
    expect([...createProject(401).keys()].filter((path) => path.endsWith('.ts'))).toHaveLength(401);
  });

  test('is the same every time', () => {
    expect(createProject(400)).toEqual(project);
  });

  test('has files of the usual size', () => {
    const lines = code.reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0) / code.length;
    const imports = code.reduce((sum, [, text]) => sum + (text.match(/^import /gm) ?? []).length, 0) / code.length;
    expect(lines).toBeGreaterThan(55);
    expect(lines).toBeLessThan(75);
    expect(imports).toBeGreaterThan(3.5);
    expect(imports).toBeLessThan(5);
  });

  test('parses', () => {
    const broken = [...createProject(90)].filter(([fileName, text]) => {
      if (!fileName.endsWith('.ts')) return false;
      const { diagnostics } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
      return diagnostics !== undefined && diagnostics.length > 0;
    });
    expect(broken.map(([path]) => path)).toEqual([]);
  });

  test('imports files that are there', () => {
    const missing = code.flatMap(([path, text]) =>
      [...text.matchAll(/from '(\.[^']*)'/g)]
        .map((match) => posix.join(posix.dirname(path), `${match[1] ?? ''}.ts`))
        .filter((target) => !project.has(target)),
    );
    expect(missing).toEqual([]);
  });

  test('is refused where it would be too small to be one', () => {
    expect(() => createProject(3)).toThrow('at least');
  });
});
