import { dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { findRoot } from './find-root.js';
import { readSettings } from './settings.js';

/** A file of a project, as the session of that project knows it. */
export interface Location {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root. */
  readonly config: string | undefined;
  /** POSIX, relative to the root. */
  readonly file: string;
}

/** What ESLint says of the file that it lints. */
export interface LintedFile {
  readonly cwd: string;
  readonly filename: string;
  readonly physicalFilename: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sourceCode: { readonly text: string };
}

const CODE = new Set(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']);
const roots = new Map<string, string | undefined>();

export function isCode(file: string): boolean {
  return CODE.has(extname(file));
}

/**
 * Where a linted file belongs. `undefined` for text that is no file of its own (`<input>`, a block that a processor
 * took out of `a.md`), and for files outside the root.
 *
 * The root is, in this order: `settings.blastradius.root`; what `findRoot` finds above the file; ESLint's working directory.
 */
export function locate({ cwd, filename, physicalFilename, settings }: LintedFile): Location | undefined {
  if (!isAbsolute(filename) || filename !== physicalFilename || !isCode(filename)) return undefined;
  const { root: givenRoot, config } = readSettings(settings);
  const root = givenRoot === undefined ? (findRootOnce(dirname(filename)) ?? cwd) : resolve(cwd, givenRoot);
  const file = relative(root, filename);
  if (file.startsWith(`..${sep}`) || isAbsolute(file)) return undefined;
  return {
    root,
    config: config === undefined ? undefined : relative(root, resolve(root, config)),
    file: file.split(sep).join('/'),
  };
}

function findRootOnce(folder: string): string | undefined {
  if (!roots.has(folder)) roots.set(folder, findRoot(folder));
  return roots.get(folder);
}
