import { spawnSync } from 'node:child_process';

import { command, prepare, root } from './prepare.mjs';

const application = 'fixtures/apps/marketplace-breach';

prepare();
console.log(`\nblastradius check ${application}\n`);
const { status } = spawnSync(process.execPath, [command, 'check', application], { cwd: root, stdio: 'inherit' });
if (status !== 0 && status !== 1) throw new Error(`blastradius ended with exit code ${status ?? 'none'}.`);
console.log(`\nAs a gate, this run ends with exit code ${status}: ${status === 1 ? 'there are findings' : 'clean'}.`);
