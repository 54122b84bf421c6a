import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One whole process, its start included. */
export interface Measurement {
  readonly seconds: number;
  /** Of all its threads together. */
  readonly cpuSeconds: number;
  /** Peak of the resident memory, in MiB. */
  readonly mebibytes: number;
  readonly stdout: string;
}

/** What `record-usage` leaves in the file that it is given. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly mebibytes: number;
}

const preload = new URL('./record-usage.js', import.meta.url).href;

/** Runs a Node program to its end. `usageFile` is written by the program's preload; `accepted` are the exit codes of success. */
export function measureProcess(
  program: readonly string[],
  usageFile: string,
  accepted: readonly number[],
  cwd?: string,
): Measurement {
  rmSync(usageFile, { force: true });
  const start = process.hrtime.bigint();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...program], {
    encoding: 'utf8',
    env: { ...process.env, BLASTRADIUS_BENCH_USAGE: usageFile },
    maxBuffer: 1024 ** 3,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status === null || !accepted.includes(status)) {
    throw new Error(`${program.join(' ')} ended with ${status ?? signal ?? 'nothing'}:\n${stderr}`);
  }
  return { seconds, ...(JSON.parse(readFileSync(usageFile, 'utf8')) as Usage), stdout };
}

/** A program of this package, beside this file. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}
