import { findKeyMaterial } from '@blastradius/key-material';
import type { KeyMaterial } from '@blastradius/key-material';
import type { Place } from '../finding/place.js';

/** A key that is written in a file: what it is and where it stands, never its text. */
export interface WrittenKey extends Pick<KeyMaterial, 'form' | 'algorithm' | 'isEncrypted' | 'name'> {
  readonly place: Place;
}

/** @param bytes Of a file that is no text. */
export function collectWrittenKeys(path: string, text: string, bytes?: Uint8Array): readonly WrittenKey[] {
  const found = findKeyMaterial(bytes ? { path, bytes } : { path, text });
  return found.map(({ form, algorithm, isEncrypted, name, start, end }) => {
    const [line, column] = positionOf(text, start);
    const [endLine, endColumn] = positionOf(text, end);
    return { form, algorithm, isEncrypted, name, place: { file: path, line, column, endLine, endColumn } };
  });
}

function positionOf(text: string, offset: number): readonly [line: number, column: number] {
  const lines = text.slice(0, offset).split('\n');
  return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
}
