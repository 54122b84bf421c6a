import { Command, InvalidArgumentError, Option } from 'commander';
import type { Severity } from '@blastradius/engine';
import { findingsFormats, pathsFormats, routesFormats } from '@blastradius/report';
import type { FindingsFormat, PathsFormat, RoutesFormat } from '@blastradius/report';

/** What `check` and `routes` have in common. */
export interface ReadOptions {
  readonly config?: string;
  readonly output?: string;
  /** As asked for; `undefined` where the terminal decides. */
  readonly color?: boolean;
  readonly debug?: boolean;
}

export interface CheckOptions extends ReadOptions {
  readonly format: FindingsFormat;
  readonly rule?: ReadonlyMap<string, Severity | 'off'>;
  readonly only?: ReadonlySet<string>;
  readonly preview?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly staged?: boolean;
  /** False where nothing is to be taken from the disk or kept there. */
  readonly cache: boolean;
  readonly cacheLocation?: string;
  readonly maxWarnings?: number;
}

export interface RoutesOptions extends ReadOptions {
  readonly format: RoutesFormat;
}

export interface PathsOptions extends ReadOptions {
  readonly format: PathsFormat;
}

/** What the commands do; each may take its time. */
export interface Actions {
  readonly check: (path: string, options: CheckOptions) => Promise<void>;
  readonly routes: (path: string, options: RoutesOptions) => Promise<void>;
  readonly paths: (path: string, options: PathsOptions) => Promise<void>;
  readonly rules: () => Promise<void>;
}

const PATH_DESCRIPTION = 'folder of the back end, or of the workspace that holds it';
const SEVERITIES: readonly string[] = ['error', 'warning', 'off'] satisfies readonly (Severity | 'off')[];

/** The arguments of the command, as data for commander. Bad ones become a `CommanderError`. */
export function createCommandLine(version: string, ruleIds: readonly string[], actions: Actions): Command {
  const program = new Command('blastradius')
    .description('Finds architecture flaws in TypeScript and JavaScript back ends.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('Run it with --help for what it takes.')
    .addHelpText(
      'after',
      `
Exit codes:
  0  clean
  1  findings of severity error, or more warnings than --max-warnings
  2  it could not be done: bad arguments or configuration, nothing to analyse, a back end without a route`,
    )
    .exitOverride();

  withReadOptions(program.command('check'))
    .description('report what is wrong, with the evidence')
    .argument('[path]', PATH_DESCRIPTION, '.')
    .addOption(new Option('--format <format>', 'how to print it').choices(findingsFormats).default('stylish'))
    .option(
      '--rule <id:severity>',
      'severity of a rule: error, warning or off; may be repeated',
      severityParser(ruleIds),
    )
    .option('--only <id>', 'run this rule and no others; may be repeated', ruleParser(ruleIds))
    .option('--preview', 'also run the rules that are not recommended yet')
    .option('--staged', 'check what git would commit, and report what has to do with a staged file')
    .option('--baseline <file>', 'leave out the findings that this file accepts')
    .option('--update-baseline', 'accept everything that is found: writes the baseline file')
    .option('--max-warnings <number>', 'fail with more warnings than this', parseCount)
    .option('--cache-location <folder>', 'keep answers there, instead of node_modules/.cache/blastradius')
    .option('--no-cache', 'make every answer anew, and keep none')
    .action(actions.check);

  withReadOptions(program.command('routes'))
    .description('list the routes with what guards them')
    .argument('[path]', PATH_DESCRIPTION, '.')
    .addOption(new Option('--format <format>', 'how to print it').choices(routesFormats).default('stylish'))
    .action(actions.routes);

  withReadOptions(program.command('paths'))
    .description("show the ways from the outside to everybody's data, and what cuts them")
    .argument('[path]', PATH_DESCRIPTION, '.')
    .addOption(new Option('--format <format>', 'how to print it').choices(pathsFormats).default('stylish'))
    .action(actions.paths);

  program.command('rules').description('list the rules').action(actions.rules);
  return program;
}

function withReadOptions(command: Command): Command {
  return command
    .option('--output <file>', 'write the report to this file')
    .option('--config <file>', 'configuration file, instead of blastradius.config.* in the folder')
    .option('--color', 'use colours even where the output is not a terminal')
    .option('--no-color', 'use no colours')
    .option('--debug', 'print what could not be followed, and the stack of a crash');
}

function severityParser(ruleIds: readonly string[]) {
  return (value: string, previous: ReadonlyMap<string, Severity | 'off'> = new Map()) => {
    const [id = '', severity, ...rest] = value.split(':');
    if (!isSeverity(severity) || rest.length > 0) {
      throw new InvalidArgumentError(`Write a rule and its severity, such as ${ruleIds[0] ?? 'rule'}:warning.`);
    }
    requireRule(id, ruleIds);
    return new Map([...previous, [id, severity]]);
  };
}

function ruleParser(ruleIds: readonly string[]) {
  return (value: string, previous: ReadonlySet<string> = new Set()) => {
    requireRule(value, ruleIds);
    return new Set([...previous, value]);
  };
}

function requireRule(id: string, ruleIds: readonly string[]): void {
  if (!ruleIds.includes(id))
    throw new InvalidArgumentError(`There is no rule ${id}; the rules are ${ruleIds.join(', ')}.`);
}

function isSeverity(text: string | undefined): text is Severity | 'off' {
  return text !== undefined && SEVERITIES.includes(text);
}

function parseCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Write a whole number from 0 up.');
  return Number(value);
}
