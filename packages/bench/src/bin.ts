import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { collectCodeFiles } from './collect-code-files.js';
import { compare, median } from './compare.js';
import { measureProcess } from './measure-process.js';
import type { Measurement } from './measure-process.js';
import { writeProject } from './project/write-project.js';

/** A cold check may take three times what parsing and visiting the same files takes, and less than 400 MiB. */
const goal = { ratio: 3, mebibytes: 400 };

const usage = `Usage: pnpm bench [folder] [--files <number>] [--runs <number>] [--assert]

Measures a cold \`blastradius check\` of a folder, or of a generated project, against parsing and visiting its files once.

  --files <number>  files of the generated project (2000)
  --runs <number>   pairs of runs (5)
  --assert          exit 1 where a goal is not met`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '2000' },
    runs: { type: 'string', default: '5' },
    assert: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'blastradius-bench-'));
  try {
    const met = run(scratch, positionals[0], readCount('files', values.files), readCount('runs', values.runs));
    if (values.assert && !met) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`--${option} takes a positive number, not ${text}.`);
  return count;
}

/** Returns whether both goals are met. */
function run(scratch: string, given: string | undefined, files: number, runs: number): boolean {
  const folder = given === undefined ? join(scratch, 'project') : resolve(process.env.INIT_CWD ?? '.', given);
  if (given === undefined) writeProject(folder, files);

  const paths = collectCodeFiles(folder);
  const list = join(scratch, 'files.json');
  writeFileSync(list, JSON.stringify(paths));
  const usageFile = join(scratch, 'usage');
  const floor = fileURLToPath(new URL('./floor.js', import.meta.url));
  const command = fileURLToPath(new URL('../../cli/dist/bin.js', import.meta.url));

  const comparison = compare(
    runs,
    () => measureProcess([floor, list], usageFile, [0]),
    () => measureProcess([command, 'check', folder, '--format', 'json'], usageFile, [0, 1]),
  );
  const { summary } = JSON.parse(comparison.subject[0]?.stdout ?? '{}') as {
    summary: { files: number; routes: number; findings: number };
  };
  const memory = median(comparison.subject.map(({ mebibytes }) => mebibytes));
  const isFast = comparison.ratio <= goal.ratio;
  const isSmall = memory < goal.mebibytes;

  console.log(`Node ${process.version}, ${runs} pairs, medians of whole processes`);
  console.log(
    `files    ${paths.length} parsed, ${summary.files} checked: ${summary.routes} routes, ${summary.findings} findings`,
  );
  console.log(`floor    ${describe(comparison.floor)}`);
  console.log(`check    ${describe(comparison.subject)}`);
  console.log(`ratio    ${comparison.ratio.toFixed(2)}, goal at most ${goal.ratio}: ${isFast ? 'met' : 'NOT met'}`);
  console.log(`memory   ${memory.toFixed(0)} MiB, goal under ${goal.mebibytes}: ${isSmall ? 'met' : 'NOT met'}`);
  return isFast && isSmall;
}

function describe(measurements: readonly Measurement[]): string {
  const seconds = measurements.map((measurement) => measurement.seconds);
  const range = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`;
  const memory = median(measurements.map((measurement) => measurement.mebibytes));
  return `${median(seconds).toFixed(2)} s (${range}), ${memory.toFixed(0)} MiB`;
}
