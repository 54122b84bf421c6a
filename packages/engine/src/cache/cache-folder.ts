import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Where tools keep what they may lose: `node_modules/.cache` of the nearest folder that has `node_modules`. `undefined` where there is
 * none: no folder is made that nobody expects.
 */
export function findCacheFolder(root: string): string | undefined {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache', 'blastradius');
    if (folder === dirname(folder)) return undefined;
  }
}
