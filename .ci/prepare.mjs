import { execSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** The text of a file of the root. @param {string} file */
const read = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

/** Installs what the lock file names, where that is not installed, and builds the command, where it is missing or stale. Prints on stderr only. */
export function prepare() {
  // pnpm leaves a copy of the lock file that it has installed.
  if (read('node_modules/.pnpm/lock.yaml') !== read('pnpm-lock.yaml')) {
    /** @type {{ packageManager: string }} */
    const { packageManager } = JSON.parse(read('package.json') ?? '{}');
    execSync(`npx -y ${packageManager} install --frozen-lockfile`, { cwd: root, stdio: ['ignore', 2, 2] });
  }
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b', 'packages/cli'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The command does not build; see the errors above.');
}

/** The built command. */
export const command = join(root, 'packages/cli/dist/bin.js');
