import { posix } from 'node:path';
import { findDocumentKind, findPrivateKeyHeader } from './document-kind.js';
import type { ProjectDocument } from './project.js';

/** Enough for any migration that people write; dumps of whole databases tell nothing more about the schema. */
export const documentLimitInMegabytes = 1;

/** `undefined` for what only looked like a document by its name. */
export function createDocument(path: string, text: string): ProjectDocument | undefined {
  const kind = findDocumentKind(posix.basename(path));
  if (kind === undefined) return undefined;
  if (kind !== 'private-key') return { path, kind, text };
  const header = findPrivateKeyHeader(text);
  return header === undefined ? undefined : { path, kind, text: header };
}
