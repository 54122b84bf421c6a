import type { Finding, Rule, Summary } from '@blastradius/engine';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** What a run has to say. Formats put it in order themselves. */
export interface FindingsReport {
  readonly tool: Tool;
  readonly summary: Pick<Summary, 'files' | 'skipped' | 'routes' | 'findings'>;
  readonly findings: readonly Finding[];
  /** The rules that ran, whether or not they found anything. */
  readonly rules: readonly Rule[];
  /** Text of a file of the analysed project; lets SARIF carry hashes of the lines that findings stand on. */
  readonly readText?: (file: string) => string | undefined;
}
