import { pathToFileURL } from 'node:url';

import { command, prepare } from './prepare.mjs';

// The package manager runs scripts in the root and leaves the caller's folder in INIT_CWD.
process.chdir(process.env.INIT_CWD ?? process.cwd());
try {
  prepare();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
await import(pathToFileURL(command).href);
