import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ReadOptions } from './command-line.js';
import { Failure, systemReason } from './failure.js';
import { hasColor } from './has-color.js';
import { write } from './io.js';
import type { Io } from './io.js';

/** Sends a report to where it is wanted; `format` learns whether colours show there. */
export async function writeReport(
  { output, color }: ReadOptions,
  io: Io,
  format: (options: { readonly color: boolean }) => string | Promise<string>,
): Promise<void> {
  const report = await format({ color: color ?? (output === undefined && hasColor(io)) });
  try {
    if (output === undefined) await write(io.stdout, report);
    else await writeFile(resolve(io.cwd, output), report);
  } catch (error) {
    throw new Failure(`cannot write the report to ${output ?? 'standard output'}: ${systemReason(error)}.`);
  }
}
