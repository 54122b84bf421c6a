import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const code = /\.[cm]?[jt]sx?$/;
const leftOut = /\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]sx?$/;

/** The code files under a folder, as the command reads them by default: no declarations, no tests, nothing installed or built. */
export function collectCodeFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|\..*)$/.test(entry.name) ? [] : collectCodeFiles(path);
    return entry.isFile() && code.test(entry.name) && !leftOut.test(entry.name) ? [path] : [];
  });
}
