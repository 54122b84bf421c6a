import { pathToFileURL } from 'node:url';

import { command, prepare } from './prepare.mjs';

prepare();
// The package manager runs scripts in the root and leaves the caller's folder in INIT_CWD.
process.chdir(process.env.INIT_CWD ?? process.cwd());
await import(pathToFileURL(command).href);
