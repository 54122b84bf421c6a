import { readAssignments, settingsFileOf } from '@blastradius/key-material';
import type { Place } from '../finding/place.js';
import type { ProjectDocument } from '../source/project.js';
import { commonFolders, folderOf } from './folder-of.js';

/** One variable that is given a value. The value is used to compare and to find files, and is never shown. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** What the environment files of the project say, and the files that it is deployed with: Docker, compose, Kubernetes, Terraform. */
export class EnvironmentFiles {
  readonly #entries = new Map<string, EnvironmentEntry[]>();
  readonly #deployed: readonly ProjectDocument[];
  readonly #read = new Map<ProjectDocument, readonly EnvironmentEntry[]>();

  constructor(documents: readonly ProjectDocument[]) {
    // Files for a mode that production never runs in say nothing of production.
    const inProduction = documents.filter(({ path }) => settingsFileOf(path)?.use === 'production');
    const files = inProduction.filter((document) => document.kind === 'environment');
    this.#deployed = inProduction.filter((document) => document.kind !== 'environment');
    // `.env` itself wins over its variants.
    files.sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
    for (const file of files)
      for (const entry of readEnvironmentEntries(file))
        this.#entries.set(entry.name, [...(this.#entries.get(entry.name) ?? []), entry]);
  }

  /** The entry that counts for a file of code: that of the nearest environment file. */
  find(name: string, reader: string): EnvironmentEntry | undefined {
    return nearest(this.#entries.get(name) ?? [], reader)[0];
  }

  /** The entries of the nearest files that the program is deployed with: each service may have its own. */
  collectDeployed(name: string, reader: string): readonly EnvironmentEntry[] {
    // Most files do not name it, and need not be read.
    const entries = this.#deployed
      .filter(({ text }) => text.includes(name))
      .flatMap((file) => this.#entriesOf(file).filter((entry) => entry.name === name));
    return nearest(entries, reader);
  }

  #entriesOf(file: ProjectDocument): readonly EnvironmentEntry[] {
    const known = this.#read.get(file) ?? readEnvironmentEntries(file);
    this.#read.set(file, known);
    return known;
  }
}

/** Those that share the most folders with the reader. */
function nearest(entries: readonly EnvironmentEntry[], reader: string): readonly EnvironmentEntry[] {
  const folder = folderOf(reader);
  const shared = entries.map((entry) => commonFolders(folderOf(entry.place.file), folder));
  const closest = Math.max(...shared);
  return entries.filter((_, index) => shared[index] === closest);
}

/** The filled-in lines of a file of settings. */
export function readEnvironmentEntries({ path, text }: ProjectDocument): readonly EnvironmentEntry[] {
  const format = settingsFileOf(path)?.format;
  if (format === undefined) return [];
  let line = 1;
  let lineStart = 0;
  return readAssignments(format, text).flatMap((assignment) => {
    const { value, start } = assignment;
    // A reference to another variable: its value is given from outside.
    if (value === '' || /^\$(?:\w+|\{\w+\})$/.test(value)) return [];
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < start; next = text.indexOf('\n', lineStart)) {
      line++;
      lineStart = next + 1;
    }
    const lineEnd = text.indexOf('\n', start);
    const end = Math.min(assignment.end, lineEnd === -1 ? text.length : lineEnd);
    const name = assignment.path.at(-1) ?? '';
    const column = start - lineStart + 1;
    return [
      {
        name,
        value,
        place: { file: path, line, column, endLine: line, endColumn: Math.max(column, end - lineStart + 1) },
      },
    ];
  });
}
