import { posix } from 'node:path';
import type { Ignore } from 'ignore';
import ignore from 'ignore';
import { relativePath } from './absolute-path.js';
import type { SkippedFile } from './project.js';
import { readText } from './read-text.js';

export interface Gitignore {
  /** `path` is relative to the root. The folders above it are not asked again: git does not look into an ignored folder. */
  ignores(path: string, isFolder: boolean): boolean;
}

interface Rules {
  /** What stands between the folder of the rules and a path relative to the root; '' or with a trailing slash. */
  readonly prefix: string;
  readonly rules: Ignore;
}

/**
 * Follows every `.gitignore` of the project and those above it in the same repository. Whether there is a `.git` below the
 * root does not matter; `.git/info/exclude` and the user's global excludes differ between machines and do not count.
 */
export function readGitignore(root: string, foldersAbove: readonly string[], problems: SkippedFile[]): Gitignore {
  const above = readAbove(root, foldersAbove, problems);
  const byFolder = new Map<string, Ignore | undefined>();

  const rulesOf = (folder: string): Ignore | undefined => {
    if (!byFolder.has(folder)) {
      byFolder.set(folder, readRules(posix.join(root, folder), posix.join(folder, '.gitignore'), problems));
    }
    return byFolder.get(folder);
  };

  return {
    ignores(path, isFolder) {
      const asked = isFolder ? `${path}/` : path;
      for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
        const verdict = rulesOf(end === -1 ? '' : path.slice(0, end))?.test(asked.slice(end + 1));
        if (verdict?.ignored === true) return true;
        if (verdict?.unignored === true) return false;
        if (end === -1) break;
      }
      for (const { prefix, rules } of above) {
        const verdict = rules.test(prefix + asked);
        if (verdict.ignored) return true;
        if (verdict.unignored) return false;
      }
      return false;
    },
  };
}

function readAbove(root: string, folders: readonly string[], problems: SkippedFile[]): readonly Rules[] {
  const found: Rules[] = [];
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
