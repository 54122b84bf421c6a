import { fileURLToPath } from 'node:url';

import { barOf } from './bars.js';
import { measureProcess, programPath } from './measure-process.js';
import { Rounds } from './rounds.js';
import type { Contender } from './rounds.js';
import { changeOneFile, forgetRuns } from './subject.js';
import type { Subject } from './subject.js';
import { formatSeconds } from './table.js';
import type { Row } from './table.js';

const command = fileURLToPath(new URL('../../cli/dist/bin.js', import.meta.url));

export type Tell = (name: string, round: number) => void;

export interface Checked {
  readonly rounds: Rounds;
  readonly rows: readonly Row[];
  /** What the command says of each subject. */
  readonly summaries: readonly Summary[];
  /** Cold, warm and with a changed file, in every run. */
  readonly isTheSame: boolean;
}

export interface Summary {
  readonly files: number;
  readonly routes: number;
  readonly findings: number;
}

/** `blastradius check` of all subjects by turns with the least that a reader of TypeScript can do. */
export function measureChecks(subjects: readonly Subject[], runs: number, usageFile: string, tell: Tell): Checked {
  const rounds = new Rounds(
    runs,
    subjects.flatMap((subject) => contendersFor(subject, usageFile)),
    tell,
  );
  const answers = subjects.map((subject) =>
    checks.flatMap((check) => rounds.of(nameOf(check, subject)).map(({ stdout }) => stdout)),
  );
  return {
    rounds,
    rows: [...subjects.flatMap((subject) => rowsOf(rounds, subject)), ...growthRows(rounds, subjects)],
    summaries: answers.map(([answer = '{}']) => (JSON.parse(answer) as { summary: Summary }).summary),
    isTheSame: answers.every((texts) => texts.every((text) => text === texts[0])),
  };
}

const checks = ['cold', 'warm', 'comment changed', 'code changed'] as const;

function nameOf(what: 'floor' | (typeof checks)[number], { folder }: Subject): string {
  return `${what} ${folder}`;
}

export function floorOf(subject: Subject, usageFile: string): Contender {
  return {
    name: nameOf('floor', subject),
    run: () => measureProcess([programPath('floor'), subject.list], usageFile, [0]),
  };
}

/** The answer of 1 is a success: there are findings. */
export function coldCheckOf(subject: Subject, usageFile: string): Contender {
  return {
    name: nameOf('cold', subject),
    prepare: () => {
      forgetRuns(subject);
    },
    run: () => check(subject, usageFile),
  };
}

function contendersFor(subject: Subject, usageFile: string): readonly Contender[] {
  let changes = 0;
  const changed = (what: 'comment' | 'code'): Contender => ({
    name: nameOf(`${what} changed`, subject),
    run: () => {
      const undo = changeOneFile(subject, what, (changes += 1));
      try {
        return check(subject, usageFile);
      } finally {
        undo();
      }
    },
  });
  return [
    floorOf(subject, usageFile),
    coldCheckOf(subject, usageFile),
    { name: nameOf('warm', subject), run: () => check(subject, usageFile) },
    changed('comment'),
    changed('code'),
  ];
}

function check({ folder }: Subject, usageFile: string) {
  return measureProcess([command, 'check', '.', '--format', 'json'], usageFile, [0, 1], folder);
}

function rowsOf(rounds: Rounds, subject: Subject): readonly Row[] {
  const files = subject.paths.length;
  const titles = {
    cold: '`check`, cold / floor',
    warm: '`check`, warm / floor',
    'comment changed': '`check`, warm, a comment of one file changed / floor',
    'code changed': '`check`, warm, the code of one file changed / floor',
  };
  return [
    ...checks.map((what) => ({
      ...ratioRow(rounds, nameOf(what, subject), nameOf('floor', subject)),
      what: titles[what],
      files,
      bar: barOf(what === 'cold' || what === 'warm' ? what : 'one changed', files),
    })),
    {
      what: '`check`, cold: peak memory',
      files,
      value: rounds.median(nameOf('cold', subject), 'mebibytes'),
      unit: 'MiB',
      from: `floor ${rounds.median(nameOf('floor', subject), 'mebibytes').toFixed(0)} MiB`,
      bar: barOf('memory', files),
    },
  ];
}

/** From each generated size to the next larger one. */
function growthRows(rounds: Rounds, subjects: readonly Subject[]): readonly Row[] {
  const sizes = subjects.filter(({ name }) => name === 'generated').sort((a, b) => a.paths.length - b.paths.length);
  return sizes.slice(1).flatMap((large, index) => {
    const small = sizes[index];
    if (small === undefined) return [];
    const files = large.paths.length;
    return [
      {
        ...ratioRow(rounds, nameOf('cold', large), nameOf('cold', small)),
        what: `\`check\`, cold / the same for ${String(small.paths.length)} files`,
        files,
        bar: small.paths.length * 5 === files ? barOf('growth', files) : undefined,
      },
    ];
  });
}

/** The ratio of times, with what it is made of. */
export function ratioRow(rounds: Rounds, subject: string, reference: string): Pick<Row, 'value' | 'unit' | 'from'> {
  const times = [subject, reference].map((name) => formatSeconds(rounds.median(name, 'seconds'))).join(' / ');
  return {
    value: rounds.ratio(subject, reference),
    unit: 'ratio',
    from: `${times}, CPU ${rounds.ratio(subject, reference, 'cpuSeconds').toFixed(2)}`,
  };
}
