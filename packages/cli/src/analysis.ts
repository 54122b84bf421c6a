import type { Application, AttackPath, Rule, Session, SessionOptions } from '@blastradius/engine';

/** What the command is a shell on. */
export interface Analysis {
  readonly rules: readonly Rule[];
  /** Folders with the code of the rules. */
  readonly makers: readonly string[];
  readonly collectAttackPaths: (application: Application) => readonly AttackPath[];
  readonly openSession: (root: string, options: SessionOptions) => Session;
}
