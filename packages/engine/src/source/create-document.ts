import { posix } from 'node:path';
import { findDocumentKind, findPrivateKeyHeader, isManifest } from './document-kind.js';
import type { ProjectDocument } from './project.js';

/** `undefined` for what only looked like a document by its name. */
export function createDocument(path: string, text: string): ProjectDocument | undefined {
  const kind = findDocumentKind(posix.basename(path));
  if (kind === undefined) return undefined;
  if (kind === 'manifest' && !isManifest(text)) return undefined;
  if (kind !== 'private-key') return { path, kind, text };
  const header = findPrivateKeyHeader(text);
  return header === undefined ? undefined : { path, kind, text: header };
}
