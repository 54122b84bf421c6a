import { posix } from 'node:path';
import type { Ignore } from 'ignore';
import ignore from 'ignore';
import { relativePath } from './absolute-path.js';
import type { SkippedFile } from './project.js';
import { readText } from './read-text.js';
import type { Repository } from './find-repository.js';
import { readTrackedPaths } from './tracked-paths.js';

export interface Gitignore {
  /** `path` is relative to the root. The folders above it are not asked again: git does not look into an ignored folder. */
  ignores(path: string, isFolder: boolean): boolean;
  /** Whether it is known what git tracks. Where it is not, an ignored file may still be one that everybody gets. */
  readonly knowsTracked: boolean;
}

/** Rules of a folder above the root. */
interface RulesAbove {
  /** What stands between the folder of the rules and a path relative to the root; '' or with a trailing slash. */
  readonly prefix: string;
  readonly rules: Ignore;
}

/** Rules of the root or of a folder below it. */
interface RulesBelow {
  /** Where a path relative to the root begins to be relative to the folder of the rules. */
  readonly start: number;
  readonly rules: Ignore;
}

/**
 * Follows every `.gitignore` of the project and those above it in the same repository. A tracked file is not ignored. Whether
 * there is a repository at all does not matter; `.git/info/exclude` and the user's global excludes differ between machines and do
 * not count.
 */
export function readGitignore(root: string, repository: Repository | undefined, problems: SkippedFile[]): Gitignore {
  const above = readAbove(root, repository?.foldersAbove ?? [], problems);
  const byFolder = new Map<string, readonly RulesBelow[]>();
  const tracked = repository && readTrackedPaths(repository.top);
  const fromTop = repository === undefined ? '' : relativePath(repository.top, root);

  /** The rules that concern what lies in a folder, the nearest ones first. Most folders have those of the folder above. */
  const rulesFor = (folder: string): readonly RulesBelow[] => {
    let found = byFolder.get(folder);
    if (!found) {
      const own = readRules(posix.join(root, folder), posix.join(folder, '.gitignore'), problems);
      const inherited = folder === '' ? [] : rulesFor(folder.slice(0, Math.max(folder.lastIndexOf('/'), 0)));
      found = own ? [{ start: folder === '' ? 0 : folder.length + 1, rules: own }, ...inherited] : inherited;
      byFolder.set(folder, found);
    }
    return found;
  };

  /** The nearest rule that says anything. */
  const isMatched = (path: string, isFolder: boolean): boolean => {
    const asked = isFolder ? `${path}/` : path;
    for (const { start, rules } of rulesFor(path.slice(0, Math.max(path.lastIndexOf('/'), 0)))) {
      const verdict = rules.test(asked.slice(start));
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    for (const { prefix, rules } of above) {
      const verdict = rules.test(prefix + asked);
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  };

  return {
    ignores: (path, isFolder) =>
      isMatched(path, isFolder) && tracked?.has(posix.join(fromTop, path), isFolder) !== true,
    knowsTracked: tracked !== undefined,
  };
}

function readAbove(root: string, folders: readonly string[], problems: SkippedFile[]): readonly RulesAbove[] {
  const found: RulesAbove[] = [];
  for (const folder of folders) {
    const prefix = `${relativePath(folder, root)}/`;
    const rules = readRules(folder, `${relativePath(root, folder)}/.gitignore`, problems);
    // Whoever names an ignored folder as the root wants to see what is in it.
    if (rules && !rules.ignores(prefix)) found.push({ prefix, rules });
  }
  return found;
}

function readRules(folder: string, shownPath: string, problems: SkippedFile[]): Ignore | undefined {
  const { text, reason } = readText(`${folder}/.gitignore`, 1);
  if (text !== undefined) return ignore({ ignorecase: false }).add(text);
  if (!reason.endsWith('ENOENT') && !reason.endsWith('ENOTDIR')) {
    problems.push({ file: shownPath, reason: `${reason}; files that it ignores are analysed` });
  }
  return undefined;
}
