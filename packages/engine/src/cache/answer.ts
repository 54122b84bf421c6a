import type { Finding } from '../finding/finding.js';
import type { SkippedFile } from '../source/project.js';

/** What a shell tells of a project: plain JSON without key material, and small beside the project. */
export interface Answer {
  readonly files: number;
  readonly routes: number;
  readonly isBackEnd: boolean;
  readonly skipped: readonly SkippedFile[];
  readonly limits: readonly string[];
  readonly findings: readonly JudgedFinding[];
}

export interface JudgedFinding {
  readonly finding: Finding;
  /** Whether a comment of the file takes it back. */
  readonly suppressed: boolean;
}
