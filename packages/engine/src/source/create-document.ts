import { posix } from 'node:path';
import { findPrivateKeyHeader, settingsFileOf } from '@blastradius/key-material';
import { findDocumentKind, isManifest } from './document-kind.js';
import type { DocumentKind, ProjectDocument } from './project.js';
import { collectWrittenKeys } from './written-key.js';

/**
 * `undefined` for what only looked like a document by its name.
 * @param bytes Of a file that is no text.
 */
export function createDocument(path: string, text: string, bytes?: Uint8Array): ProjectDocument | undefined {
  const kind = kindOf(path, text);
  if (kind === undefined) return undefined;
  if (kind === 'private-key') {
    const header = findPrivateKeyHeader(text);
    const keys = collectWrittenKeys(path, text, bytes);
    // The header line alone: key material never leaves the reader.
    return header === undefined && keys.length === 0 ? undefined : { path, kind, text: header ?? '', keys };
  }
  if (!mayHoldKeys.has(kind)) return { path, kind, text };
  const keys = collectWrittenKeys(path, text);
  // What nobody runs with says nothing beyond the keys that lie in it.
  const isRun = kind !== 'settings' || settingsFileOf(path)?.use === 'production';
  return isRun || keys.length > 0 ? { path, kind, text, keys } : undefined;
}

const mayHoldKeys: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'environment',
  'settings',
  'compose',
  'manifest',
]);

/** YAML that says nothing of a deployment may still be somebody's settings. */
function kindOf(path: string, text: string): DocumentKind | undefined {
  const kind = findDocumentKind(posix.basename(path));
  if (kind !== 'manifest' || isManifest(text)) return kind;
  return settingsFileOf(path) && 'settings';
}
