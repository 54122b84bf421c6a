import type { Rule, Session, SessionOptions } from '@blastradius/engine';

/** What the command is a shell on. */
export interface Analysis {
  readonly rules: readonly Rule[];
  readonly openSession: (root: string, options: SessionOptions) => Session;
}
