import { posix } from 'node:path';
import type { SkippedFile, SourceFile } from './project.js';
import type { TextOrReason } from './read-text.js';
import type { Selection } from './selection.js';
import { findTextExclude } from './text-excludes.js';
import type { TsconfigScopes } from './tsconfig-scopes.js';

/** Neither: it is left out, and nobody would expect otherwise. */
export interface TakenCode {
  readonly file?: SourceFile;
  readonly skip?: SkippedFile;
}

/** The last decision on a file that is taken by its path. */
export function takeCode(path: string, reading: TextOrReason, selection: Selection, scopes: TsconfigScopes): TakenCode {
  const { text, reason } = reading;
  if (text === undefined) return { skip: { file: path, reason } };
  const folder = posix.dirname(path);
  const isOutput = scopes.findScope(folder === '.' ? '' : folder)?.isOutput(path) === true;
  const exclude = isOutput ? 'build output' : findTextExclude(path, text);
  if (exclude !== undefined && !selection.takesFile(path, new Set([...selection.allReasonsOf(path), exclude]))) {
    return exclude === 'minified'
      ? { skip: { file: path, reason: 'seems to be minified; name it under `include` if it is not' } }
      : {};
  }
  return { file: { path, text } };
}
