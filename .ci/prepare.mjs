import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** The text of a file of the root. @param {string} file */
const read = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

/** Installs what the lock file names, where that is not installed, and builds the command, or the project that is named, where it is missing or stale. Prints on stderr only; where it fails, the process ends with 2. */
export function prepare(project = 'packages/cli') {
  // pnpm leaves a copy of the lock file that it has installed.
  if (read('node_modules/.pnpm/lock.yaml') !== read('pnpm-lock.yaml')) {
    /** @type {{ packageManager: string }} */
    const { packageManager } = JSON.parse(read('package.json') ?? '{}');
    run(`npx -y ${packageManager} install --frozen-lockfile`);
  }
  run(`node node_modules/typescript/bin/tsc -b ${project}`);
}

/** @param {string} line */
function run(line) {
  const { status } = spawnSync(line, { cwd: root, shell: true, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(`Could not get ready: \`${line}\` failed. See above for the reason.`);
  process.exit(2);
}

/** The built command. */
export const command = join(root, 'packages/cli/dist/bin.js');
