import { createHash, hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project, SourceFile } from '../source/project.js';

/**
 * Names what an answer follows from beside the texts of the code: the code that makes it, what it was asked for, and everything else
 * of the project that any stage can see.
 *
 * @param makers Folders with the code that makes the answer, beside the engine: that of the rules.
 * @param question What was asked, as JSON.
 */
export function digestSurroundings(project: Project, makers: readonly string[], question: string): string {
  return digestTexts([process.version, ...[engineFolder, ...makers].map(stampOf), question, ...project.surroundings()]);
}

/** Names the facts of a project, whatever stands in its files: the code that makes them, and the root. */
export function digestMaker(project: Project): string {
  return digestTexts([process.version, stampOf(engineFolder), project.root]);
}

/** Names an answer by all that it follows from. `surroundings` names all but the texts of the code, their paths included. */
export function digestAll(project: Project, surroundings: string): string {
  const digest = createHash('sha256').update(surroundings);
  for (const file of project.code) digest.update(digestCode(file));
  return digest.digest('hex');
}

const codeDigests = new WeakMap<SourceFile, string>();

/** Of the text of one file. */
export function digestCode(file: SourceFile): string {
  let digest = codeDigests.get(file);
  if (digest === undefined) codeDigests.set(file, (digest = hash('sha256', file.text, 'base64url')));
  return digest;
}

/** Each text goes in with its length, so that no two lists of texts give one digest. */
function digestTexts(texts: Iterable<string>): string {
  const digest = createHash('sha256');
  for (const text of texts) digest.update(`${String(text.length)}:`).update(text);
  return digest.digest('hex');
}

const engineFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = new Map<string, string>();

/** Size and time of each file that can run: an installed version never changes, and one that is being worked on does. */
function stampOf(folder: string): string {
  let stamp = stamps.get(folder);
  if (stamp === undefined) {
    const lines: string[] = [];
    collectStamps(folder, '', lines);
    stamps.set(folder, (stamp = lines.sort().join('\n')));
  }
  return stamp;
}

function collectStamps(folder: string, below: string, lines: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) collectStamps(path, `${below}${entry.name}/`, lines);
    else if (entry.isFile() && /(?<!\.d)\.[cm]?[jt]s$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(path);
      lines.push(`${below}${entry.name} ${String(size)} ${String(mtimeMs)}`);
    }
  }
}
