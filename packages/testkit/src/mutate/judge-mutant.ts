import type { Finding } from '@blastradius/engine';
import { keepsMeaning } from './mutant.js';
import type { Deserved, Mutant } from './mutant.js';

type About = Pick<Finding, 'ruleId' | 'entity'>;

/** What a linter said to a mutant, held against what it had to say. */
export interface Verdict {
  /** Findings that are deserved and did not come; empty where the mutant is killed. */
  readonly missing: readonly Deserved[];
  /** Findings that came and are not deserved, or that went although the meaning is kept. */
  readonly wrong: readonly string[];
}

/**
 * Compares the findings before and after a mutation. Lines move, so that a finding is told from another by its rule, by what it is
 * about and, where the mutant breaks something, by its file.
 */
export function judgeMutant(mutant: Mutant, before: readonly Finding[], after: readonly Finding[]): Verdict {
  if (keepsMeaning(mutant)) {
    const gone = subtract(before, after, aboutOf).map((finding) => `is gone: ${aboutOf(finding)}`);
    return {
      missing: [],
      wrong: [...gone, ...subtract(after, before, aboutOf).map((finding) => `is new: ${aboutOf(finding)}`)],
    };
  }
  const gained = subtract(after, before, (finding) => `${aboutOf(finding)} ${finding.place.file}`);
  const isSettled = gained.some(({ ruleId }) => mutant.orElse.includes(ruleId));
  const missing = isSettled ? [] : unmet(mutant, gained);
  const accepted = [...mutant.deserves, ...mutant.tolerates, { ruleIds: mutant.orElse }];
  const wrong = gained.filter((finding) => !accepted.some((deserved) => meets(finding, deserved)));
  return { missing, wrong: wrong.map((finding) => `is new: ${aboutOf(finding)}`) };
}

/** The deserved findings that none of the new ones meets, each of which counts once. */
function unmet({ deserves, orElse }: Mutant, gained: readonly About[]): readonly Deserved[] {
  if (deserves.length === 0) return [{ ruleIds: orElse }];
  const left = [...gained];
  return deserves.filter((wanted) => {
    const index = left.findIndex((finding) => meets(finding, wanted));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function meets(finding: About, { ruleIds, entity }: Deserved): boolean {
  return ruleIds.includes(finding.ruleId) && (entity === undefined || finding.entity === entity);
}

/** Those of `from` that have no counterpart in `others`, one to one. */
function subtract(
  from: readonly Finding[],
  others: readonly Finding[],
  keyOf: (finding: Finding) => string,
): readonly Finding[] {
  const counts = new Map<string, number>();
  for (const finding of others) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return from.filter((finding) => {
    const count = counts.get(keyOf(finding)) ?? 0;
    counts.set(keyOf(finding), count - 1);
    return count <= 0;
  });
}

function aboutOf({ ruleId, entity }: About): string {
  return `${ruleId} ${entity}`;
}
