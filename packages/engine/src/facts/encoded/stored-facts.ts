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
  /** How many words there are. */
  readonly words: number;
  /** Where each of them stands in the text. */
  readonly places: Uint8Array;
}

const places = new GrowingBytes();

/**
 * @param text That the facts were made of.
 * @returns Nothing where it takes too long to find the words in the text.
 */
export function storeFacts({ bytes, words }: EncodedFacts, text: string): StoredFacts | undefined {
  places.length = 0;
  const isWritten = writeWordPlaces(places, words, text);
  return isWritten ? { bytes, words: words.count, places: places.copy() } : undefined;
}

/** @param text The same that they were made of. */
export function restoreFacts(path: string, stored: StoredFacts, text: string, dictionary: Dictionary): EncodedFacts {
  let read: readonly string[] | undefined;
  const words = Words.unread(dictionary, stored.words, (word) => {
    read ??= readWords(new ByteCursor(stored.places, 0), stored.places.length, text);
    return read[word] ?? '';
  });
  return { path, bytes: stored.bytes, words };
}
