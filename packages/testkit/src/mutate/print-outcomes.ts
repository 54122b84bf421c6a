import type { KindOutcome, Outcome } from './run-mutants.js';
import type { Deserved, MutantPlace } from './mutant.js';

/** How many mutants of one kind met which end. */
export interface Count {
  readonly made: number;
  readonly killed: number;
  readonly survived: number;
  readonly wrong: number;
  readonly leftOut: number;
}

export function countOutcomes({ outcomes, leftOut }: KindOutcome): Count {
  const survived = outcomes.filter(({ missing }) => missing.length > 0).length;
  const wrong = outcomes.filter((outcome) => outcome.wrong.length > 0).length;
  const killed = outcomes.filter((outcome) => outcome.missing.length === 0 && outcome.wrong.length === 0).length;
  return { made: outcomes.length, killed, survived, wrong, leftOut: leftOut.length };
}

/**
 * A line for each kind, then every mutant that a linter got wrong: what it overlooked, and what it said that is not deserved. Where
 * `shows.leftOut` is set, also the places where no mutant was made, with the reasons.
 */
export function printOutcomes(kinds: readonly KindOutcome[], shows: { readonly leftOut?: boolean } = {}): string {
  const lines = [row(['kind', 'made', 'killed', 'survived', 'wrong', 'left out'])];
  for (const kind of kinds) {
    const { made, killed, survived, wrong, leftOut } = countOutcomes(kind);
    lines.push(row([kind.kind, made, killed, survived, wrong, leftOut]));
  }
  for (const { outcomes, leftOut } of kinds) {
    lines.push(...outcomes.filter(isFailure).flatMap(describe));
    if (shows.leftOut === true) {
      lines.push(...leftOut.map(({ kind, place, reason }) => `\n${at(place)} no ${kind}: ${reason}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

export function isFailure({ missing, wrong }: Outcome): boolean {
  return missing.length > 0 || wrong.length > 0;
}

function describe({ mutant, missing, wrong }: Outcome): readonly string[] {
  return [
    `\n${at(mutant.place)} ${mutant.kind}: ${mutant.description}`,
    ...missing.map((deserved) => `  survived: ${inWords(deserved, mutant.orElse)} is not reported`),
    ...wrong.map((words) => `  wrong: ${words}`),
  ];
}

function inWords({ ruleIds, entity }: Deserved, orElse: readonly string[]): string {
  const rules = [...new Set([...ruleIds, ...orElse])].join(' or ');
  return entity === undefined ? rules : `${rules} for ${entity}`;
}

function at({ file, line }: MutantPlace): string {
  return `${file}:${line}`;
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(26) : String(cell).padStart(9))).join('');
}
