import { existsSync } from 'node:fs';
import { posix } from 'node:path';

/** Absolute folders above the root, nearest first, as far as the git repository reaches that the root lies in. */
export function findRepositoryFoldersAbove(root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = root; ;) {
    if (existsSync(posix.join(folder, '.git'))) return folders;
    const parent = posix.dirname(folder);
    if (parent === folder) return [];
    folder = parent;
    folders.push(folder);
  }
}
