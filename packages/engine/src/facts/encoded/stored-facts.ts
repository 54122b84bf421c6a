import { ByteCursor } from './byte-cursor.js';
import type { Dictionary } from './dictionary.js';
import type { EncodedFacts } from './encoded-facts.js';
import { GrowingBytes } from './growing-bytes.js';
import { readWords, writeWordPlaces } from './word-places.js';
import { Words } from './words.js';

/** The facts of one file without its words: of them it is told where in the text they stand. */
export interface StoredFacts {
  /** As of encoded facts. */
  readonly bytes: Uint8Array;
  /** Where each of its words stands in the text. */
  readonly places: Uint8Array;
}

const places = new GrowingBytes();

/**
 * @param text That the facts were made of.
 * @returns Nothing where some words cannot be told by the text.
 */
export function storeFacts({ bytes, words }: EncodedFacts, text: string): StoredFacts | undefined {
  places.length = 0;
  return writeWordPlaces(places, words, text) ? { bytes, places: places.copy() } : undefined;
}

/** @param text The same that they were made of. */
export function restoreFacts(
  path: string,
  { bytes, places: found }: StoredFacts,
  text: string,
  dictionary: Dictionary,
): EncodedFacts {
  return { path, bytes, words: Words.of(readWords(new ByteCursor(found, 0), found.length, text), dictionary) };
}
