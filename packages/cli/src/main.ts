import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { homepage, openSession, SessionError } from '@blastradius/engine';
import { collectAttackPaths, rules, rulesFolder } from '@blastradius/rules';
import type { Analysis } from './analysis.js';
import { check } from './check.js';
import { createCommandLine } from './command-line.js';
import { Failure } from './failure.js';
import { say, write } from './io.js';
import type { Io } from './io.js';
import { paths } from './paths.js';
import { routes } from './routes.js';
import { describeRules } from './rules.js';

/**
 * Runs the command. `argv` without the program and script names. Gives the exit code and never throws:
 * 0 clean, 1 findings, 2 it could not be done. Everything is written when it settles.
 */
export async function run(
  argv: readonly string[],
  io: Io,
  analysis: Analysis = { rules, makers: [rulesFolder], collectAttackPaths, openSession },
): Promise<number> {
  let exitCode = 0;
  const version = readVersion();
  const ids = analysis.rules.map(({ id }) => id);
  const commandLine = createCommandLine(version, ids, {
    check: async (path, options) => {
      exitCode = await check(analysis, { name: 'blastradius', version }, path, options, io);
    },
    routes: (path, options) => routes(analysis, path, options, io),
    paths: (path, options) => paths(analysis, path, options, io),
    rules: () => write(io.stdout, describeRules(analysis.rules)),
  });
  const said = captureOutput(commandLine);
  try {
    await commandLine.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      await write(io.stdout, said.out).catch(() => undefined);
      await say(io, said.err);
      return error.exitCode === 0 ? 0 : 2;
    }
    await say(io, describeError(error, argv.includes('--debug')));
    return 2;
  }
}

/** Collects what commander prints, so that it is written like everything else: awaited, to the given streams. */
function captureOutput(program: Command): { out: string; err: string } {
  const said = { out: '', err: '' };
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeOut: (text) => (said.out += text),
      writeErr: (text) => (said.err += text),
      outputError: (text) => (said.err += text.replace(/^error: /, 'blastradius: ')),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return said;
}

function describeError(error: unknown, debug: boolean): string {
  if (error instanceof Failure || error instanceof SessionError) return `blastradius: ${error.message}\n`;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const remedy = `Please report it at ${homepage}/issues with ${debug ? 'what follows' : 'what the same command prints with --debug'}.`;
  const stack = debug && error instanceof Error && error.stack ? `${error.stack}\n` : '';
  return `blastradius: this is a bug in blastradius, not in what it reads: ${message}\n${remedy}\n${stack}`;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) throw new Error('no version');
  return String(manifest.version);
}
