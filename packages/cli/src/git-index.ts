import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Finding } from '@blastradius/engine';
import { Git } from './git.js';
import type { Io } from './io.js';

/** Texts by path; `null` where there is no such file. */
type Texts = ReadonlyMap<string, string | null>;

/** What git would commit, below one folder. Paths are POSIX and relative to that folder. */
export interface GitIndex {
  /** Whether the commit changes, adds or removes the file. */
  isStaged(file: string): boolean;
  /** Whether it changes nothing. */
  readonly isEmpty: boolean;
  /** As they are in the index, of files that the working tree has otherwise. */
  readonly texts: Texts;
  /** As they were before the commit, of files that it changes. */
  readCommitted(): Texts;
}

/** Nothing as large is analysed. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** Index and working tree, side by side. `root` is a folder that is there. */
export function readGitIndex(root: string, shownRoot: string, io: Io): GitIndex {
  const git = Git.open(root, shownRoot, io);
  const folder = relative(git.top, realpathSync.native(root)).split(sep).join('/');
  const below = folder === '' ? [] : ['--', folder];
  const within = (path: string): string => (folder === '' ? path : path.slice(folder.length + 1));
  const compare = ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--ignore-submodules=dirty'];

  const staged = readChanges(git.ask([...compare, '--cached', ...below]));
  const files = new Set(staged.map(({ path }) => within(path)));
  const submodules = staged
    .filter(({ modes }) => modes.some((mode) => mode === '160000'))
    .map(({ path }) => `${within(path)}/`);

  // Git commits nothing until they are merged, and where that stands, the working tree shows.
  const unmerged = new Set(staged.filter(({ isUnmerged }) => isUnmerged).map(({ path }) => path));
  const textsBefore = (changes: readonly Change[]): Texts => {
    const ofFiles = changes.filter((change) => isOfFile(change) && !unmerged.has(change.path));
    const texts = readTexts(git, ofFiles);
    return new Map(
      ofFiles.flatMap(({ path, before }): [string, string | null][] => {
        const text = before === undefined ? null : texts.get(before);
        return text === undefined ? [] : [[within(path), text]];
      }),
    );
  };

  // What is only intended to be added is in the index by its name alone.
  const changed = textsBefore(readChanges(git.ask([...compare, ...below])));
  const untracked = readPaths(git.ask(['ls-files', '--others', '--exclude-standard', '-z', ...below]));
  return {
    isStaged: (file) => files.has(file) || submodules.some((start) => file.startsWith(start)),
    isEmpty: staged.length === 0,
    texts: new Map([...changed, ...untracked.map((path) => [within(path), null] as const)]),
    readCommitted: () => textsBefore(staged),
  };
}

/** Whether a finding has to do with the commit: it stands in a staged file, or a piece of its evidence does. */
export function touches({ place, steps }: Finding, index: GitIndex): boolean {
  return index.isStaged(place.file) || steps.some((step) => index.isStaged(step.place.file));
}

interface Change {
  readonly path: string;
  /** As git writes them: `100644`, `120000` for a link, `160000` for a submodule, `000000` where there is none. */
  readonly modes: readonly [string, string];
  /** The object that it was; `undefined` where there was none. */
  readonly before: string | undefined;
  readonly isUnmerged: boolean;
}

/** https://git-scm.com/docs/diff-format#_raw_output_format */
function readChanges(output: Buffer): readonly Change[] {
  const fields = readPaths(output);
  const changes: Change[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [from = '', to = '', before = '', , status] = (fields[index] ?? '').slice(1).split(' ');
    changes.push({
      path: fields[index + 1] ?? '',
      modes: [from, to],
      before: /[^0]/.test(before) ? before : undefined,
      isUnmerged: status === 'U',
    });
  }
  return changes;
}

/** Links and submodules hold no text of their own. */
function isOfFile({ modes: [from, to], before }: Change): boolean {
  return (before === undefined ? to : from).startsWith('100');
}

function readPaths(output: Buffer): readonly string[] {
  return output
    .toString()
    .split('\0')
    .filter((path) => path !== '');
}

/** The texts of the objects that the index has for these files. */
function readTexts(git: Git, changes: readonly Change[]): ReadonlyMap<string, string> {
  const ids = [...new Set(changes.flatMap(({ before }) => (before === undefined ? [] : [before])))];
  if (ids.length === 0) return new Map();
  const small = git
    .ask(['cat-file', '--batch-check'], lines(ids))
    .toString()
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([id = '', kind, size]) => (kind === 'blob' && Number(size) <= LARGEST_BYTES ? [id] : []));
  return small.length === 0 ? new Map() : readBatch(git.ask(['cat-file', '--batch'], lines(small)));
}

/** `<id> blob <size>`, a line feed, the bytes and another line feed, one behind the other. */
function readBatch(output: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    const [id = '', , size] = output.toString('utf8', at, end).split(' ');
    const start = end + 1;
    texts.set(id, output.toString('utf8', start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return texts;
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join('');
}
