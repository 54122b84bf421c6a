import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from './read-sources.js';

it('takes code and settings, without what the engine leaves out', () => {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-mutants-'));
  const taken = ['package.json', 'src/a.ts', 'src/deep/b.cjs', 'tsconfig.base.json'];
  const leftOut = [
    '.git/a.js',
    'dist/a.js',
    'node_modules/a/a.js',
    'src/a.d.ts',
    'src/a.test.ts',
    'src/data.json',
    'tests/a.js',
  ];
  try {
    for (const path of [...taken, ...leftOut]) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), path);
    }
    expect([...readSources(root)].sort()).toEqual(taken.map((path) => [path, path]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
