import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { prepare, root } from './prepare.mjs';

prepare('packages/testkit');
const bin = join(root, 'packages/testkit/dist/marketplace/bin.js');
// Ctrl-C reaches both: the other one ends the application, and is waited for.
process.on('SIGINT', () => undefined);
const child = spawn(process.execPath, [bin, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
