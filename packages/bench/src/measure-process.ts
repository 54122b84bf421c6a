import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One whole process, its start included. */
export interface Measurement {
  readonly seconds: number;
  /** Peak of the resident memory, in MiB. */
  readonly mebibytes: number;
  readonly stdout: string;
}

const preload = fileURLToPath(new URL('./record-usage.js', import.meta.url));

/** Runs a Node program to its end. `usageFile` is written by the program's preload; `accepted` are the exit codes of success. */
export function measureProcess(
  program: readonly string[],
  usageFile: string,
  accepted: readonly number[],
): Measurement {
  const start = process.hrtime.bigint();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...program], {
    encoding: 'utf8',
    env: { ...process.env, BLASTRADIUS_BENCH_USAGE: usageFile },
    maxBuffer: 1024 ** 3,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status === null || !accepted.includes(status)) {
    throw new Error(`${program.join(' ')} ended with ${status ?? signal ?? 'nothing'}:\n${stderr}`);
  }
  return { seconds, mebibytes: Number(readFileSync(usageFile, 'utf8')) / 1024, stdout };
}
