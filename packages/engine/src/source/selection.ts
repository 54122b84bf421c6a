import { posix } from 'node:path';
import type { ExcludeParent, ExcludeReason } from './default-excludes.js';
import { excludedFiles, excludedFolders, testFolderNames } from './default-excludes.js';
import type { Gitignore } from './gitignore.js';
import type { PathMatcher } from './path-matcher.js';
import { createPathMatcher, isNegativeGlob, normalizeGlob } from './path-matcher.js';
import type { ProjectOptions } from './project.js';

/** What the walk has seen of the folders, as far as the excludes depend on it. */
export interface FolderTraits {
  /** Holds a `package.json`, or is the root. */
  isPackage(folder: string): boolean;
  /** A test file lies directly in it. */
  holdsTests(folder: string): boolean;
}

export type Reasons = ReadonlySet<ExcludeReason>;

export interface Selection {
  /** The reasons of the folders above are handed in, so that a walk asks for each folder once. */
  reasonsOf(path: string, isFolder: boolean, above: Reasons): Reasons;
  /** The reasons of a path and of every folder above it. */
  allReasonsOf(path: string, isFolder?: boolean): Reasons;
  /** Whether a code file is taken for which these reasons speak against it. */
  takesFile(path: string, reasons: Reasons): boolean;
  /**
   * Whether a code file is taken as soon as the rest of the project imports it: git ignores the file by its own name, and nobody can
   * say whether it is tracked nevertheless. Where a repository was exported, all that is there was tracked.
   */
  takesImportedFile(path: string, reasons: Reasons, above: Reasons): boolean;
  /** `false` where nothing below the folder can be taken. */
  entersFolder(path: string, reasons: Reasons): boolean;
  /** Whether `exclude` of the options names it. */
  isExcludedByUser(path: string): boolean;
}

interface Inclusion {
  readonly glob: string;
  readonly matches: PathMatcher;
  readonly asksFor: Reasons;
}

const none: Reasons = new Set();

/**
 * Only what lies below the root is judged: the root itself may be called `test`.
 *
 * A glob of `include` takes a file against a default exclude only if the glob says so itself: read with its wildcards filled in, it
 * would be left out for the same reason. `test/**` and `src/*.spec.ts` ask for tests, `apps/**` does not ask for
 * `apps/api/node_modules`. The exact path of a file asks for it in any case.
 */
export function createSelection(options: ProjectOptions, gitignore: Gitignore, traits: FolderTraits): Selection {
  const isExcludedByUser = createPathMatcher(options.exclude ?? []);
  const inclusions = readInclusions(options.include ?? [], gitignore);
  const isRevoked = createPathMatcher((options.include ?? []).filter(isNegativeGlob).map((glob) => glob.slice(1)));

  const selection: Selection = {
    reasonsOf: (path, isFolder, above) => reasonsAt(path, isFolder, above, gitignore, traits),
    allReasonsOf(path, isFolder = false) {
      let reasons = none;
      for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
        reasons = selection.reasonsOf(path.slice(0, end), true, reasons);
      }
      return selection.reasonsOf(path, isFolder, reasons);
    },
    takesFile(path, reasons) {
      if (isExcludedByUser(path)) return false;
      if (options.include === undefined) return reasons.size === 0;
      return (
        !isRevoked(path) &&
        inclusions.some(({ glob, matches, asksFor }) => glob === path || (matches(path) && isSubset(reasons, asksFor)))
      );
    },
    takesImportedFile(path, reasons, above) {
      if (gitignore.knowsTracked || above.has('git-ignored')) return false;
      return selection.takesFile(path, new Set([...reasons].filter((reason) => reason !== 'git-ignored')));
    },
    entersFolder(path, reasons) {
      if (posix.basename(path) === '.git' || isExcludedByUser(path)) return false;
      if (reasons.size === 0) return true;
      return inclusions.some(({ glob, asksFor }) => glob.startsWith(`${path}/`) || isSubset(reasons, asksFor));
    },
    isExcludedByUser,
  };
  return selection;
}

function reasonsAt(
  path: string,
  isFolder: boolean,
  above: Reasons,
  gitignore: Gitignore,
  traits: FolderTraits,
): Reasons {
  const found: ExcludeReason[] = [];
  const name = posix.basename(path);
  const folder = parentOf(path);
  const isUnder = (parent: ExcludeParent): boolean =>
    parent === 'any' ||
    traits.isPackage(folder) ||
    (parent === 'source' && posix.basename(folder) === 'src' && traits.isPackage(parentOf(folder)));

  if (name.startsWith('.')) found.push('hidden');
  if (isFolder) {
    for (const exclude of excludedFolders) {
      if (exclude.names.has(name) && isUnder(exclude.parent)) found.push(exclude.reason);
    }
    if (testFolderNames.has(name) && traits.holdsTests(path)) found.push('test');
  } else {
    for (const exclude of excludedFiles) {
      if (exclude.name.test(name) && isUnder(exclude.parent)) found.push(exclude.reason);
    }
  }
  // An ignored folder says it for everything below.
  if (!above.has('git-ignored') && gitignore.ignores(path, isFolder)) found.push('git-ignored');
  return found.length === 0 ? above : new Set([...above, ...found]);
}

function readInclusions(globs: readonly string[], gitignore: Gitignore): readonly Inclusion[] {
  const anyFolder: FolderTraits = { isPackage: () => true, holdsTests: () => false };
  const probe = (sample: string): Reasons => createSelection({}, gitignore, anyFolder).allReasonsOf(sample);
  return globs
    .filter((glob) => !isNegativeGlob(glob))
    .map((glob) => {
      const normalized = normalizeGlob(glob);
      const samples = expandBraces(normalized).map(fillWildcards);
      return {
        glob: normalized,
        matches: createPathMatcher([glob]),
        // As the path of a file, and of a folder with a file in it.
        asksFor: new Set(samples.flatMap((sample) => [...probe(sample), ...probe(posix.join(sample, 'x'))])),
      };
    });
}

/** A path that the glob matches and that says no more than the glob does. */
function fillWildcards(glob: string): string {
  return glob
    .split('/')
    .filter((segment) => segment !== '**')
    .map((segment) => segment.replace(/\[[^\]]*\]|[*?]+/g, 'x'))
    .join('/');
}

function expandBraces(glob: string): readonly string[] {
  const braces = /\{([^{}]*)\}/.exec(glob);
  if (!braces) return [glob];
  const before = glob.slice(0, braces.index);
  const after = glob.slice(braces.index + braces[0].length);
  return (braces[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function parentOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function isSubset(some: Reasons, all: Reasons): boolean {
  for (const reason of some) if (!all.has(reason)) return false;
  return true;
}
