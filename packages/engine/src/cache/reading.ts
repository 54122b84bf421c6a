import type { Answer } from './answer.js';

/**
 * An answer with what it has read of the code, so that it can be told whether an edit can change it. Plain JSON: digests, numbers and
 * places, and no text of the project.
 */
export interface Reading {
  readonly answer: Answer;
  /** What was looked for in functions that were not read, and found in none of them. */
  readonly patterns: readonly Pattern[];
  /** By path, every file of code. */
  readonly files: Readonly<Record<string, FileReading>>;
}

/** A regular expression. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

export interface FileReading {
  /** Digest of its text. */
  readonly text: string;
  /** None where it was not lowered: then nobody cares what stands in it. */
  readonly facts?: ReadFacts;
}

export interface ReadFacts {
  /** The parts that were read: all that stands outside of functions, and such types and functions as somebody asked for. */
  readonly parts: readonly number[];
  /** Digest of what they say. */
  readonly digest: string;
  /** Digest of what stands in one line, and what in the next: some findings are told apart by their lines. */
  readonly lines: string;
  /** Whether all of it could be parsed. */
  readonly isSound: boolean;
  readonly places: readonly ReadPlace[];
}

/** A place of the answer. */
export interface ReadPlace {
  /** Line, column, and those of the end. */
  readonly at: readonly [number, number, number, number];
  /** Which of the places of the facts it may be, by their order; none where it is no place of the facts. */
  readonly numbers: readonly number[];
}
