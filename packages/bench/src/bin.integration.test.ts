import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

test('prints both goals', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--files', '80', '--runs', '1'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^files +80 parsed, 80 checked: [1-9]\d* routes/m);
  expect(stdout).toMatch(/^ratio +\d+\.\d\d, goal at most 3: /m);
  expect(stdout).toMatch(/^memory +\d+ MiB, goal under 400: /m);
});
