import type { Place } from '../finding/place.js';
import type { ProjectDocument } from '../source/project.js';

/** One `NAME=value` line of an environment file. The value is used to compare and to find files, and is never shown. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** Entries of all environment files by name; `.env` itself wins over its variants. */
export function collectEnvironmentEntries(documents: readonly ProjectDocument[]): ReadonlyMap<string, EnvironmentEntry> {
  const entries = new Map<string, EnvironmentEntry>();
  const files = documents.filter((document) => document.kind === 'environment').sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  for (const file of files) {
    file.text.split('\n').forEach((text, index) => {
      const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(text);
      const [, name, raw = ''] = match ?? [];
      if (name === undefined || entries.has(name)) return;
      const value = raw.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
      // A reference to another variable, and what only says that something belongs here.
      if (/^\$\{?\w+\}?$/.test(value) || /^<.*>$/.test(value)) return;
      entries.set(name, { name, value, place: { file: file.path, line: index + 1, column: 1, endLine: index + 1, endColumn: text.length + 1 } });
    });
  }
  return entries;
}
