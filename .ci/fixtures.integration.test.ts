import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

const configurations = readdirSync(join(root, 'fixtures'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|[/\\])tsconfig[^/\\]*\.json$/.test(file) && !file.split(sep).includes('node_modules'))
  .sort();

test.each(configurations)('fixtures/%s type-checks against the real packages', (file) => {
  const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', join('fixtures', file)], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
