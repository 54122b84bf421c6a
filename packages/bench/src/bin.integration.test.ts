import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

test('prints a table with a line for everything that it measures', () => {
  const given = ['--files', '80', '--runs', '1', '--edits', '6'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('| Command             | `pnpm bench --files 80 --runs 1 --edits 6` |');
  expect(stdout).toMatch(/^\| generated +\| +80 \| +[1-9]\d* \| +[1-9]\d* \|/m);
  const ratio = String.raw`\| +80 \| +\d+\.\d\d \|`;
  for (const what of ['cold', 'warm', 'warm, a comment of one file changed', 'warm, the code of one file changed']) {
    expect(stdout).toMatch(new RegExp(String.raw`^\| \`check\`, ${what} / floor +${ratio}`, 'm'));
  }
  for (const threads of ['1 thread', '`--concurrency 2`']) {
    for (const what of ['as many rules that do nothing', '`recommended`, cold', '`recommended`, warm']) {
      expect(stdout).toMatch(
        new RegExp(String.raw`^\| ESLint with ${what} / with the parser alone, ${threads} +${ratio}`, 'm'),
      );
    }
  }
  expect(stdout).toMatch(/^\| `check`, cold: peak memory +\| +80 \| +\d+ MiB \|/m);
  expect(
    stdout.match(/^\| A keystroke .*added by `recommended`, p(?:50|95) +\| +80 \| +-?\d+\.\d ms \|/gm),
  ).toHaveLength(2);
  expect(stdout).toMatch(/^\| A file of median size is saved.* \| +80 \| +\d+\.\d ms \|/m);
  expect(stdout).toContain('- Findings of `check`, cold, warm and with a changed file: the same, byte for byte');
  expect(stdout).toContain('- Findings of ESLint, cold and warm, with one thread and two: the same, byte for byte');
  // It starts a dozen processes.
}, 600_000);
