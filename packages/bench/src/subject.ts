import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { collectCodeFiles } from './collect-code-files.js';
import { writeProject } from './project/write-project.js';

/** A project that is measured: a copy that may be changed. */
export interface Subject {
  readonly name: string;
  readonly folder: string;
  /** The code files, absolute. */
  readonly paths: readonly string[];
  /** A JSON file with `paths`. */
  readonly list: string;
  /** The one of median size. */
  readonly medianFile: string;
}

/** Where Blastradius keeps what it knows between two runs. */
const cacheFolder = 'node_modules/.cache/blastradius';

export function generateSubject(scratch: string, size: number): Subject {
  const folder = join(scratch, `generated-${String(size)}`);
  writeProject(folder, size);
  return describeSubject(scratch, folder, 'generated');
}

/** A copy, because runs leave caches in it and change a file. What is installed is not copied: it is not analysed. */
export function copySubject(scratch: string, given: string): Subject {
  const folder = join(scratch, 'given', basename(given));
  mkdirSync(folder, { recursive: true });
  cpSync(given, folder, {
    recursive: true,
    filter: (path) => !/^(node_modules|\.git)$/.test(basename(path)),
  });
  return describeSubject(scratch, folder, basename(given));
}

export function forgetRuns({ folder }: Subject): void {
  rmSync(join(folder, cacheFolder), { recursive: true, force: true });
}

/**
 * Changes a file: by a comment, which says nothing, or by an export, of which nobody knows beforehand that no finding depends on it. It is
 * another change for each number. Answers with what undoes it.
 */
export function changeOneFile({ medianFile }: Subject, what: 'comment' | 'code', number: number): () => void {
  const text = readFileSync(medianFile, 'utf8');
  const change =
    what === 'comment' ? `// Changed ${String(number)} times.` : `export const changed = ${String(number)};`;
  writeFileSync(medianFile, `${text}\n${change}\n`);
  return () => {
    writeFileSync(medianFile, text);
  };
}

function describeSubject(scratch: string, folder: string, name: string): Subject {
  // A project that is worked on has installed something; where nothing is, nothing is kept.
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  const paths = collectCodeFiles(folder);
  const bySize = paths
    .map((path) => ({ path, size: statSync(path).size }))
    .sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  const median = bySize[Math.floor(bySize.length / 2)];
  if (median === undefined) throw new RangeError(`${name} has no code.`);
  const list = join(scratch, `${basename(folder)}.json`);
  writeFileSync(list, JSON.stringify(paths));
  return { name, folder, paths, list, medianFile: median.path };
}
