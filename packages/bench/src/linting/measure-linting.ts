import { barOf } from '../bars.js';
import { ratioRow } from '../measure-check.js';
import type { Tell } from '../measure-check.js';
import { measureProcess, programPath } from '../measure-process.js';
import { Rounds } from '../rounds.js';
import type { Contender } from '../rounds.js';
import { forgetRuns } from '../subject.js';
import type { Subject } from '../subject.js';
import type { Row } from '../table.js';
import type { Linted } from './lint-folder.js';
import { writeConfigurations } from './write-configurations.js';

export interface Linting {
  readonly rows: readonly Row[];
  /** Cold and warm, with one thread and two, in every run. */
  readonly isTheSame: boolean;
}

/** Of each contender but the bare one, what is said of it. */
const contents = {
  idle: 'as many rules that do nothing',
  cold: '`recommended`, cold',
  warm: '`recommended`, warm',
} as const;

/** ESLint with the plugin as it is recommended, by turns with ESLint that only parses or whose rules do nothing, with one thread and with two. */
export function measureLinting(
  subject: Subject,
  scratch: string,
  runs: number,
  usageFile: string,
  tell: Tell,
): Linting {
  const { bare, idle, withPlugin } = writeConfigurations(scratch);
  const contenders = (['1', '2'] as const).flatMap((threads): readonly Contender[] => [
    lintingOf(`bare ${threads}`, subject, bare, threads, usageFile),
    lintingOf(`idle ${threads}`, subject, idle, threads, usageFile),
    {
      ...lintingOf(`cold ${threads}`, subject, withPlugin, threads, usageFile),
      prepare: () => {
        forgetRuns(subject);
      },
    },
    lintingOf(`warm ${threads}`, subject, withPlugin, threads, usageFile),
  ]);
  const rounds = new Rounds(runs, contenders, tell);
  const answers = ['cold 1', 'warm 1', 'cold 2', 'warm 2'].flatMap((name) => rounds.of(name).map(readLinted));
  const files = answers[0]?.files ?? 0;
  return {
    rows: (['1', '2'] as const).flatMap((threads) =>
      (['idle', 'cold', 'warm'] as const).map((what) => ({
        ...ratioRow(rounds, `${what} ${threads}`, `bare ${threads}`),
        what: `ESLint with ${contents[what]} / with the parser alone, ${threads === '1' ? '1 thread' : '`--concurrency 2`'}`,
        files,
        bar:
          what === 'idle' ? undefined : barOf(threads === '1' ? `eslint ${what}` : `eslint ${what}, 2 threads`, files),
      })),
    ),
    isTheSame: answers.every(({ digest }) => digest === answers[0]?.digest),
  };
}

export function lintingOf(
  name: string,
  { folder }: Subject,
  configuration: string,
  threads: '1' | '2',
  usageFile: string,
): Contender {
  const program = [programPath('linting/lint-folder'), folder, configuration, threads];
  return { name, run: () => measureProcess(program, usageFile, [0]) };
}

function readLinted({ stdout }: { readonly stdout: string }): Linted {
  return JSON.parse(stdout) as Linted;
}
