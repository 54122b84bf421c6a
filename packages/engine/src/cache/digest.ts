import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '../source/project.js';

/**
 * Names an answer by all that it follows from: the code that makes it, what it was asked for, and every text of the project that
 * any stage can see. Each text goes in with its length, so that no two lists of texts give one digest.
 *
 * @param makers Folders with the code that makes the answer, beside the engine: that of the rules.
 * @param question What was asked, as JSON.
 */
export function digestAll(project: Project, makers: readonly string[], question: string): string {
  const hash = createHash('sha256');
  const add = (text: string): void => {
    hash.update(`${String(text.length)}:`).update(text);
  };
  add(process.version);
  for (const folder of [engineFolder, ...makers]) add(stampOf(folder));
  add(question);
  for (const text of project.inputs()) add(text);
  return hash.digest('hex');
}

const engineFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = new Map<string, string>();

/** Size and time of each file: an installed version never changes, and one that is being worked on does. */
function stampOf(folder: string): string {
  let stamp = stamps.get(folder);
  if (stamp === undefined) {
    stamp = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const { size, mtimeMs } = statSync(path);
        return `${relative(folder, path)} ${String(size)} ${String(mtimeMs)}`;
      })
      .sort()
      .join('\n');
    stamps.set(folder, stamp);
  }
  return stamp;
}
