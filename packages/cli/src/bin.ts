#!/usr/bin/env node
import module from 'node:module';
import type * as Main from './main.js';

// From 22.8 on Node keeps what it has compiled of its modules (https://nodejs.org/api/module.html#moduleenablecompilecachecachedir), of all that are
// loaded from here on: so nothing else is imported above.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
// Required: to import some hundred modules takes Node 20 longer.
const { run } = module.createRequire(import.meta.url)('./main.js') as typeof Main;

// A reader that goes away makes the stream emit an error; whoever wrote learns it from the write.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

// Set, not called: `process.exit` cuts off what a pipe has not taken yet.
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
});
