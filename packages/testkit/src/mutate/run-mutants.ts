import type { Rule } from '@blastradius/engine';
import { judgeMutant } from './judge-mutant.js';
import type { Verdict } from './judge-mutant.js';
import { breakingKinds, isMutant, keepingKinds, keepsMeaning } from './mutant.js';
import type { LeftOut, Mutant, MutantKind } from './mutant.js';
import { operators } from './operators.js';
import { sample } from './sample.js';
import { studyProject } from './studied-project.js';
import type { StudiedProject } from './studied-project.js';

export interface MutantOptions {
  /** All kinds where it is not given. */
  readonly kinds?: readonly MutantKind[];
  /** How many mutants of each kind are run, drawn by `seed`; all where it is not given. */
  readonly limit?: number;
  readonly seed?: number;
}

/** What became of one mutant. */
export interface Outcome extends Verdict {
  readonly mutant: Mutant;
}

/** What became of all mutants of one kind. */
export interface KindOutcome {
  readonly kind: MutantKind;
  readonly outcomes: readonly Outcome[];
  readonly leftOut: readonly LeftOut[];
}

/** What these report is about something else than the protection that a mutant takes away, or follows from what others report of it. */
const besideProtection: ReadonlySet<string> = new Set([
  'no-attack-path',
  'no-master-signing-key',
  'no-plaintext-personal-data',
  'no-production-key-in-development',
  'no-public-internal-route',
  'require-issued-token-check',
  'require-key-rotation',
  'require-mint-audit',
  'require-rate-limit',
  'require-token-claims',
]);

/** Makes mutants of the project below a folder, one by one, and says what the rules made of them. */
export function runMutants(root: string, rules: readonly Rule[], options: MutantOptions = {}): readonly KindOutcome[] {
  const kinds = options.kinds ?? [...breakingKinds, ...keepingKinds];
  const isBreaking = (kind: MutantKind): boolean => breakingKinds.some((breaking) => breaking === kind);
  const protecting = rules.filter(({ id }) => !besideProtection.has(id));
  const broken = kinds.some(isBreaking) ? studyProject(root, protecting) : undefined;
  const kept = kinds.every(isBreaking) ? undefined : studyProject(root, rules);
  return kinds.flatMap((kind) => {
    const project = isBreaking(kind) ? broken : kept;
    return project ? [runKind(kind, project, options)] : [];
  });
}

function runKind(kind: MutantKind, project: StudiedProject, options: MutantOptions): KindOutcome {
  const mutants: Mutant[] = [];
  const leftOut: LeftOut[] = [];
  for (const candidate of operators[kind](project)) {
    if (!isMutant(candidate)) leftOut.push(candidate);
    else if (canBeKilled(candidate, project.rules)) mutants.push(candidate);
  }
  const chosen = sample(mutants, options.limit ?? mutants.length, options.seed ?? 1);
  const outcomes = chosen.map((mutant) => ({
    mutant,
    ...judgeMutant(mutant, project.findings, project.findingsWith(mutant.edits)),
  }));
  return { kind, outcomes, leftOut };
}

/** A mutant that only rules which are not there could report says nothing. */
function canBeKilled(mutant: Mutant, rules: readonly Rule[]): boolean {
  const isKnown = (ids: readonly string[]): boolean => ids.some((id) => rules.some((rule) => rule.id === id));
  if (keepsMeaning(mutant) || isKnown(mutant.orElse)) return true;
  return mutant.deserves.length > 0 && mutant.deserves.every(({ ruleIds }) => isKnown(ruleIds));
}
