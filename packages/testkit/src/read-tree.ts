import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file under a folder by its POSIX path relative to it, `node_modules` left out. */
export function readTree(directory: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules') visit(path);
      } else if (entry.isFile()) {
        files.set(relative(directory, path).split(sep).join('/'), readFileSync(path, 'utf8'));
      }
    }
  };
  visit(directory);
  return files;
}
