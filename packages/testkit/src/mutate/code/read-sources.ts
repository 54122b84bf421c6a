import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the engine leaves out as well: a mutant there could not give a finding. */
const leftOutFolder = /^(\..*|node_modules|dist|build|coverage|generated|__tests__|__mocks__|tests?|e2e)$/;
const leftOutFile = /\.d\.[cm]?ts$|[.-](test|spec)\.[cm]?[jt]sx?$/;
const source = /\.[cm]?[jt]sx?$|(^|\/)(package|tsconfig[\w.-]*)\.json$/;

/** The code below a folder, and the settings that lead from one file to another, by POSIX path relative to it. */
export function readSources(root: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !leftOutFolder.test(entry.name)) visit(path);
      if (entry.isFile() && source.test(path) && !leftOutFile.test(path)) {
        texts.set(path, readFileSync(join(root, path), 'utf8'));
      }
    }
  };
  visit('');
  return texts;
}
