import { posix } from 'node:path';
import { findPrivateKeyHeader, settingsFileOf } from '@blastradius/key-material';
import { findDocumentKind } from './document-kind.js';
import type { ProjectDocument } from './project.js';
import { collectWrittenKeys } from './written-key.js';

/**
 * `undefined` for what only looked like a document by its name.
 * @param bytes Of a file that is no text.
 */
export function createDocument(path: string, text: string, bytes?: Uint8Array): ProjectDocument | undefined {
  const kind = findDocumentKind(posix.basename(path));
  if (kind === undefined) return undefined;
  if (kind !== 'private-key') {
    if (kind !== 'environment' && kind !== 'settings') return { path, kind, text };
    const keys = collectWrittenKeys(path, text);
    // What nobody runs with says nothing beyond the keys that lie in it.
    const isRun = kind === 'environment' || settingsFileOf(path)?.use === 'production';
    return isRun || keys.length > 0 ? { path, kind, text, keys } : undefined;
  }
  const header = findPrivateKeyHeader(text);
  const keys = collectWrittenKeys(path, text, bytes);
  // The header line alone: key material never leaves the reader.
  return header === undefined && keys.length === 0 ? undefined : { path, kind, text: header ?? '', keys };
}
