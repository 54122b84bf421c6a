import type { Finding } from '@blastradius/engine';
import type { Mark } from './mark.js';

/** The part of a finding that marks speak about. */
export type ComparedFinding = Pick<Finding, 'ruleId' | 'message' | 'place' | 'entity' | 'steps'>;

/**
 * Holds findings against marks, one to one: each finding needs a mark of its own and each mark a finding.
 * Returns every disagreement as one line for a person, empty where both agree.
 */
export function compareFindings(findings: readonly ComparedFinding[], marks: readonly Mark[]): readonly string[] {
  const expected = marks.filter((mark) => mark.kind !== 'miss');
  const findingOf = pair(expected, findings);
  const paired = new Set(findingOf.values());
  const misses = marks.filter((mark) => mark.kind === 'miss');
  const disagreements: string[] = [];

  for (const finding of findings) {
    if (paired.has(finding)) continue;
    const miss = misses.find((mark) => standsOn(mark, finding));
    disagreements.push(
      miss === undefined
        ? `${at(finding.place)} ${finding.ruleId} is reported without a mark: ${describe(finding)}`
        : `${at(finding.place)} ${finding.ruleId} is found now; mended, turn the \`?miss\` at ${at(miss.writtenAt)} into a mark`,
    );
  }
  for (const mark of expected) {
    if (findingOf.has(mark)) continue;
    const near = findings.filter((finding) => standsOn(mark, finding) && !paired.has(finding));
    if (mark.kind === 'noise') {
      disagreements.push(
        `${at(mark)} ${mark.ruleId} is not reported any more; mended, remove the \`?noise\` at ${at(mark.writtenAt)}`,
      );
    } else if (near.length === 0) {
      disagreements.push(`${at(mark)} ${mark.ruleId} is marked and not reported${wanted(mark)}`);
    } else {
      disagreements.push(`${at(mark)} ${mark.ruleId} is reported in other words${wanted(mark)}`);
    }
  }
  return disagreements;
}

/** Pairs as many marks as possible: a mark with few words must not take the finding that another one needs. */
function pair(marks: readonly Mark[], findings: readonly ComparedFinding[]): ReadonlyMap<Mark, ComparedFinding> {
  const markOf = new Map<ComparedFinding, Mark>();
  const assign = (mark: Mark, seen: Set<ComparedFinding>): boolean => {
    for (const finding of findings) {
      if (seen.has(finding) || !meets(finding, mark)) continue;
      seen.add(finding);
      const holder = markOf.get(finding);
      if (holder === undefined || assign(holder, seen)) {
        markOf.set(finding, mark);
        return true;
      }
    }
    return false;
  };
  for (const mark of marks) assign(mark, new Set());
  return new Map([...markOf].map(([finding, mark]) => [mark, finding]));
}

function standsOn(mark: Mark, finding: ComparedFinding): boolean {
  return finding.ruleId === mark.ruleId && finding.place.file === mark.file && finding.place.line === mark.line;
}

function meets(finding: ComparedFinding, mark: Mark): boolean {
  return (
    standsOn(mark, finding) &&
    mark.words.every((word) => finding.message.includes(word)) &&
    (mark.entity === undefined || finding.entity === mark.entity) &&
    finding.steps.length >= (mark.steps ?? 0)
  );
}

function wanted(mark: Mark): string {
  const parts = [
    ...mark.words.map((word) => `\`${word}\` in the message`),
    ...(mark.entity === undefined ? [] : [`the entity \`${mark.entity}\``]),
    ...(mark.steps === undefined ? [] : [`at least ${mark.steps} steps`]),
  ];
  return parts.length === 0 ? '' : `; wanted ${parts.join(', ')}`;
}

function describe(finding: ComparedFinding): string {
  return `${finding.message} (entity \`${finding.entity}\`, ${finding.steps.length} steps)`;
}

function at(place: { readonly file: string; readonly line: number }): string {
  return `${place.file}:${place.line}`;
}
