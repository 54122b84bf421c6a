import type { Application } from './application/application.js';
import type { Finding, Severity } from './finding/finding.js';
import type { Rule } from './finding/rule.js';
import type { SkippedFile } from './source/project.js';

export interface SessionOptions {
  readonly rules: readonly Rule[];
  /** Path of the configuration file relative to the root; found by its name at the root where it is not given. */
  readonly config?: string;
  /** Severities by rule id, over those of the configuration. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** Runs every rule that is not turned off; without it, those that are not `recommended` run where a severity is given for them. */
  readonly preview?: boolean;
  /** Keeps answers on disk, and takes them from there. */
  readonly cache?: CacheOptions;
  /** Called at most some ten times a second; `done` of `total` files. */
  readonly progress?: (stage: 'source' | 'facts' | 'program' | 'rules', done: number, total: number) => void;
}

export interface CacheOptions {
  /** Folder, absolute; it need not be there. */
  readonly folder: string;
  /** Folders with the code of the rules, so that an answer of other rules is never taken. */
  readonly makers: readonly string[];
}

export interface Summary {
  readonly files: number;
  readonly skipped: readonly SkippedFile[];
  readonly routes: number;
  /** Whether the project uses a framework that serves routes. */
  readonly isBackEnd: boolean;
  /** What was too much to follow, in words for a person. */
  readonly limits: readonly string[];
  readonly findings: number;
}

export { SessionError } from './session-error.js';

export interface FindingsOptions {
  /** Gives the findings that a comment suppresses as well. */
  readonly suppressed?: boolean;
  /** Gives what this rule finds with these options, instead of what all rules find with those of the configuration. */
  readonly rule?: RuleChoice;
}

export interface RuleChoice {
  readonly id: string;
  /** In the form of `meta.options` of the rule; what is left out has its default. */
  readonly options: object;
}

/** One project, read once and kept up to date. Not safe for use after an update by two callers at once. */
export interface Session {
  readonly root: string;
  /**
   * Lays unsaved text over a file, or with `null` that it is not there; `undefined` goes back to the disk. `path` is
   * absolute or relative to the root.
   */
  update(path: string, text: string | null | undefined): void;
  /**
   * Lays these texts over their files, by path, if what follows from them is known without an analysis: from the cache, or because nothing
   * has changed that was read. Otherwise all stays as it is. Answers whether it was known.
   */
  updateIfKnown(texts: ReadonlyMap<string, string>): boolean;
  /** The text that it has of a file of code, saved or not. `path` is POSIX and relative to the root. */
  textOf(path: string): string | undefined;
  application(): Application;
  /**
   * All findings, or those of one file, in the order of places. Those that a comment suppresses are left out, unless
   * `suppressed` asks for them: a shell that applies the comments itself must see what they suppress. All of them, asked
   * for so, are the same array as long as nothing has changed.
   */
  findings(path?: string, options?: FindingsOptions): readonly Finding[];
  summary(): Summary;
}
