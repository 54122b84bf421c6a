import type { Place } from '../finding/place.js';
import type { ProjectDocument } from '../source/project.js';
import { commonFolders, folderOf } from './folder-of.js';

/** One `NAME=value` line of an environment file. The value is used to compare and to find files, and is never shown. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** Files for a mode that production never runs in: https://vite.dev/guide/env-and-mode, https://github.com/bkeepers/dotenv#usage */
const otherModes = /\.(?:test|testing|ci|e2e|dev|development)(?:\.local)?$/;

/** What the environment files of the project say. */
export class EnvironmentFiles {
  readonly #entries = new Map<string, EnvironmentEntry[]>();

  constructor(documents: readonly ProjectDocument[]) {
    const files = documents.filter((document) => document.kind === 'environment' && !otherModes.test(document.path));
    // `.env` itself wins over its variants.
    files.sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
    for (const file of files)
      for (const entry of readEnvironmentEntries(file))
        this.#entries.set(entry.name, [...(this.#entries.get(entry.name) ?? []), entry]);
  }

  /** The entry that counts for a file of code: that of the nearest environment file. */
  find(name: string, reader: string): EnvironmentEntry | undefined {
    let best: EnvironmentEntry | undefined;
    let closest = -1;
    for (const entry of this.#entries.get(name) ?? []) {
      const shared = commonFolders(folderOf(entry.place.file), folderOf(reader));
      if (shared > closest) {
        best = entry;
        closest = shared;
      }
    }
    return best;
  }
}

/** The filled-in lines of an environment file. */
export function readEnvironmentEntries(file: ProjectDocument): readonly EnvironmentEntry[] {
  const entries: EnvironmentEntry[] = [];
  file.text.split('\n').forEach((text, index) => {
    const [, name, raw = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
    if (name === undefined) return;
    const value = raw.replace(/(^|\s+)#.*$/, '').replace(/^(["'`])(.*)\1$/, '$2');
    // A reference to another variable: its value is given from outside.
    if (value === '' || /^\$(?:\w+|\{\w+\})$/.test(value)) return;
    const endColumn = text.replace(/\r$/, '').length + 1;
    entries.push({
      name,
      value,
      place: { file: file.path, line: index + 1, column: 1, endLine: index + 1, endColumn },
    });
  });
  return entries;
}
