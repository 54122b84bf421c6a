import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../dist/mutate/bin.js', import.meta.url));
const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: fixtures },
  });
}

it('prints a line for each kind and ends with 0 where nothing survives', () => {
  const { status, stdout, stderr } = run('require-route-guard/express-order', '--kind', 'remove-guard', '--limit', '1');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^kind +made +killed +survived +wrong +left out\nremove-guard +1 +1 +0 +0 +\d+\n$/);
  expect(status).toBe(0);
});

it.each([
  [[], 'Usage: pnpm mutants <folder>'],
  [['require-route-guard', '--kind', 'remove-everything'], '--kind takes remove-guard, '],
  [['require-route-guard', '--limit', 'many'], '--limit takes a positive number, not many.'],
  [['no-such-folder'], 'no-such-folder'],
])('ends with 2 for %j', (args, words) => {
  const { status, stdout, stderr } = run(...args);
  expect(stdout + stderr).toContain(words);
  expect(status).toBe(2);
});
