/**
 * Lints a folder with ESLint as its command does it. Takes the folder, a configuration file and the number of threads;
 * prints a `Linted`.
 */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { ESLint } from 'eslint';

export interface Linted {
  readonly files: number;
  readonly problems: number;
  /** Of everything that was reported, in the order of files and places. */
  readonly digest: string;
}

const [folder, configuration, threads] = process.argv.slice(2);
if (folder === undefined || configuration === undefined || threads === undefined) {
  throw new Error('Usage: lint-folder <folder> <configuration> <threads>');
}

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: configuration,
  concurrency: threads === '1' ? 'off' : Number(threads),
});
const results = await eslint.lintFiles(['.']);
const problems = results
  .flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, column, message }) =>
      [relative(folder, filePath), line, column, ruleId, message].join('\t'),
    ),
  )
  .sort();
const linted: Linted = {
  files: results.length,
  problems: problems.length,
  digest: createHash('sha256').update(problems.join('\n')).digest('hex'),
};
console.log(JSON.stringify(linted));
