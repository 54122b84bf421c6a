import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rules } from '@blastradius/rules';
import { breakingKinds, keepingKinds } from './mutant.js';
import type { MutantKind } from './mutant.js';
import { isFailure, printOutcomes } from './print-outcomes.js';
import { runMutants } from './run-mutants.js';

const kinds: readonly MutantKind[] = [...breakingKinds, ...keepingKinds];

const usage = `Usage: pnpm mutants <folder> [--kind <kind>]… [--limit <number>] [--seed <number>] [--left-out]

Changes a sound project in one place at a time and says which changes the rules do not answer as they must. Mutants that
take a protection away must give a finding; those that keep the meaning must change none.

  --kind <kind>     one of ${kinds.slice(0, 6).join(', ')},
                    ${kinds.slice(6).join(', ')}
  --limit <number>  at most so many mutants of each kind, drawn by the seed
  --seed <number>   1 where it is not given
  --left-out        says where no mutant was made, and why

Exit 0: all are answered as they must, 1: some are not, 2: it could not be done.`;

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string', multiple: true },
      limit: { type: 'string' },
      seed: { type: 'string' },
      'left-out': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [folder, ...others] = positionals;
  if (values.help || folder === undefined || others.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const outcomes = runMutants(resolve(process.env.INIT_CWD ?? '.', folder), rules, {
    ...(values.kind ? { kinds: values.kind.map(readKind) } : {}),
    ...(values.limit === undefined ? {} : { limit: readCount('limit', values.limit) }),
    ...(values.seed === undefined ? {} : { seed: readCount('seed', values.seed) }),
  });
  process.stdout.write(printOutcomes(outcomes, { leftOut: values['left-out'] }));
  return outcomes.some(({ outcomes: own }) => own.some(isFailure)) ? 1 : 0;
}

function readKind(text: string): MutantKind {
  const kind = kinds.find((item) => item === text);
  if (!kind) throw new RangeError(`--kind takes ${kinds.join(', ')}, not ${text}.`);
  return kind;
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`--${option} takes a positive number, not ${text}.`);
  return count;
}
