import type { Edit } from './edit.js';

/** Kinds that take a protection away: each mutant must give a finding. */
export const breakingKinds = [
  'remove-guard',
  'remove-return',
  'remove-await',
  'remove-ownership-conjunct',
  'literal-key',
  'decode-for-verify',
] as const;

/** Kinds that keep what the program means: no mutant may change a finding. */
export const keepingKinds = [
  'rename',
  'reorder',
  'wrap-handler',
  'alias-import',
  're-export',
  'split-file',
  'to-commonjs',
  'to-es-module',
] as const;

export type BreakingKind = (typeof breakingKinds)[number];
export type KeepingKind = (typeof keepingKinds)[number];
export type MutantKind = BreakingKind | KeepingKind;

/** A finding that a mutant must give. */
export interface Deserved {
  /** At least one of these rules must report, and each of them may. */
  readonly ruleIds: readonly string[];
  /** What the finding must be about, where the mutant names it: `GET /orders`. */
  readonly entity?: string;
}

/** Where a mutant was made; the file is POSIX and relative to the root. */
export interface MutantPlace {
  readonly file: string;
  readonly line: number;
}

/** One change of a project, with what a linter must say to it. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly place: MutantPlace;
  /** In the imperative, for a person: `take authenticate out of users.get(…)`. */
  readonly description: string;
  readonly edits: readonly Edit[];
  /** Each needs a finding of its own that was not there before. */
  readonly deserves: readonly Deserved[];
  /** Rules that may report as well; one new finding of theirs does for all that the mutant deserves. */
  readonly orElse: readonly string[];
  /** Findings that may come as well: they follow from what the mutant has broken. */
  readonly tolerates: readonly Deserved[];
}

/** A place that looks like one for a mutant, and why none is made there. */
export interface LeftOut {
  readonly kind: MutantKind;
  readonly place: MutantPlace;
  readonly reason: string;
}

export type Candidate = Mutant | LeftOut;

/** Whether no finding may change: the mutant deserves none. */
export function keepsMeaning({ deserves, orElse }: Mutant): boolean {
  return deserves.length === 0 && orElse.length === 0;
}

export function isMutant(candidate: Candidate): candidate is Mutant {
  return 'edits' in candidate;
}
