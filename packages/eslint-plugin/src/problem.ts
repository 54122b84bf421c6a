import type { Place } from '@blastradius/engine';

export interface Problem {
  readonly message: string;
  /** `undefined` for the head of the file. */
  readonly place: Place | undefined;
}

/** What is to be said of one file, by rule. */
export type FileProblems = ReadonlyMap<string, readonly Problem[]>;
