import type { Words } from './words.js';

/**
 * The facts of one file as bytes, which take a small part of the memory of objects.
 *
 * They stand in parts: one of everything but types and what is within functions, one of types, and one for each function with its parameters and
 * its body. A part has a structure, words and places; structure and words of a part are the same as long as nothing but white space and comments
 * has changed in it, whatever has changed around it.
 */
export interface EncodedFacts {
  /** POSIX, relative to the analysed root. */
  readonly path: string;
  /**
   * How many parts there are; of each the lengths of its structure, its words and its places; structure, words and places of each; and the
   * length of each line but the last. Numbers are written seven bits a byte, the lowest first.
   */
  readonly bytes: Uint8Array;
  /** What the numbers of words in the parts mean. */
  readonly words: Words;
}

export const outsidePart = 0;
export const typesPart = 1;
/** That of the first function. */
export const firstFunctionPart = 2;
