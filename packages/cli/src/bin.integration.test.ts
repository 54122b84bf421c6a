import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const bin = join(import.meta.dirname, '../dist/bin.js');
const application = join(import.meta.dirname, '../../../fixtures/apps/marketplace-breach');

it('sends the whole report through a pipe, and nothing beside it', async () => {
  const { code, stdout, stderr } = await execute(['check', application, '--format', 'sarif']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0' });
});

it('keeps its exit code when the reader of the report goes away', async () => {
  const { code, stderr } = await execute(['check', application, '--format', 'sarif'], { closeStdout: true });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

it.each([
  { argv: ['check', join(application, 'no-such-folder')], says: 'no-such-folder' },
  { argv: ['check', join(application, 'package.json')], says: 'package.json' },
  { argv: ['check', application, '--config', 'no-such-config.json'], says: 'no-such-config.json' },
])('ends with 2 and a sentence for $argv', async ({ argv, says }) => {
  const { code, stdout, stderr } = await execute(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^blastradius: /);
  expect(stderr).toContain(says);
  expect(stderr).not.toMatch(/^\s+at |this is a bug/m);
});

function execute(argv: readonly string[], { closeStdout = false } = {}) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...argv]);
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
    if (closeStdout) child.stdout.destroy();
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
