import { existsSync } from 'node:fs';
import { posix } from 'node:path';

/** Where the git repository reaches that a project lies in. */
export interface Repository {
  /** Absolute. */
  readonly top: string;
  /** Absolute folders above the root as far as the top, nearest first. */
  readonly foldersAbove: readonly string[];
}

export function findRepository(root: string): Repository | undefined {
  const foldersAbove: string[] = [];
  for (let folder = root; ;) {
    if (existsSync(posix.join(folder, '.git'))) return { top: folder, foldersAbove };
    const parent = posix.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
    foldersAbove.push(folder);
  }
}
