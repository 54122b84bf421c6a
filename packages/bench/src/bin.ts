import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { describeFiles } from './describe-files.js';
import { formatPage } from './format-page.js';
import { formatResults } from './format-results.js';
import type { Results } from './format-results.js';
import { measureLinting } from './linting/measure-linting.js';
import { describeMachine } from './machine.js';
import { measureChecks } from './measure-check.js';
import { measurePeers } from './peers/measure-peers.js';
import { copySubject, generateSubject } from './subject.js';
import type { Subject } from './subject.js';
import { isMet } from './table.js';
import { measureTyping } from './typing/measure-typing.js';

const usage = `Usage: pnpm bench [--files <numbers>] [--folder <path>] [--runs <number>] [--edits <number>] [--peers] [--write] [--assert]

Measures Blastradius by turns with the least that has to be done anyway, over generated projects or a folder that is there.

  --files <numbers>  sizes of the generated projects (500,2000,10000)
  --folder <path>    measures a copy of a folder instead
  --runs <number>    rounds (5)
  --edits <number>   texts that are linted as if somebody typed them (60)
  --peers            measures other tools too; npm installs them below node_modules/.cache
  --write            writes docs/performance.md
  --assert           exit 1 where a bar is not met`;

/** What ESLint takes for larger projects is known from this one. */
const MOST_FILES_TO_LINT = 2500;

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    folder: { type: 'string' },
    runs: { type: 'string', default: '5' },
    edits: { type: 'string', default: '60' },
    peers: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    assert: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'blastradius-bench-'));
  try {
    const results = run(scratch);
    console.log(formatResults(results));
    if (values.write) writeFileSync(new URL('../../../docs/performance.md', import.meta.url), formatPage(results));
    const isSame = Object.values(results.isTheSame).every(Boolean);
    if (values.assert && !(isSame && results.rows.every(isMet))) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(scratch: string): Results {
  const machine = describeMachine();
  const runs = readCount('runs', values.runs);
  const edits = readCount('edits', values.edits);
  const usageFile = join(scratch, 'usage');
  const subjects = prepareSubjects(scratch);

  const checked = measureChecks(subjects, runs, usageFile, tell);
  const largest = subjects.findLast(({ paths }) => paths.length <= MOST_FILES_TO_LINT);
  const linting = largest === undefined ? undefined : measureLinting(largest, scratch, runs, usageFile, tell);
  const typing = subjects.flatMap((subject) => {
    tell('typing', 1);
    return measureTyping(subject, scratch, edits, usageFile);
  });
  return {
    command: ['pnpm bench', ...process.argv.slice(2).map(withoutFolders)].join(' '),
    date: new Date().toISOString().slice(0, 10),
    runs,
    edits,
    machine,
    projects: subjects.map(({ name, paths }, index) => ({
      name,
      figures: describeFiles(paths),
      summary: checked.summaries[index] ?? { files: 0, routes: 0, findings: 0 },
    })),
    rows: [...checked.rows, ...(linting?.rows ?? []), ...typing],
    isTheSame: {
      '`check`, cold, warm and with a changed file': checked.isTheSame,
      ...(linting === undefined ? {} : { 'ESLint, cold and warm, with one thread and two': linting.isTheSame }),
    },
    peers: values.peers && largest !== undefined ? measurePeers(largest, scratch, runs, usageFile, tell) : undefined,
  };
}

/** A page names no folder of a machine. */
function withoutFolders(argument: string): string {
  return values.folder === undefined ? argument : argument.replace(values.folder, basename(values.folder));
}

/** By size, the smallest first. */
function prepareSubjects(scratch: string): readonly Subject[] {
  const sizes = values.files ?? (values.folder === undefined ? '500,2000,10000' : '');
  const generated = sizes
    .split(',')
    .filter((size) => size !== '')
    .map((size) => generateSubject(scratch, readCount('files', size)));
  // pnpm runs a script in the folder of its manifest, and says where it was called.
  const folder = values.folder === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', values.folder);
  const given = folder === undefined ? [] : [copySubject(scratch, folder)];
  return [...generated, ...given].sort((a, b) => a.paths.length - b.paths.length);
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`--${option} takes positive numbers, not ${text}.`);
  return count;
}

/** On a terminal only: a run of all sizes takes a while. */
function tell(name: string, round: number): void {
  if (process.stderr.isTTY) process.stderr.write(`round ${String(round)}: ${name.replace(tmpdir(), '')}\n`);
}
