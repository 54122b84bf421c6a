import { openSession } from '@blastradius/engine';
import type { Rule } from '@blastradius/engine';
import { collectMarks } from './collect-marks.js';
import { compareFindings } from './compare-findings.js';
import { readTree } from './read-tree.js';

/**
 * Analyses the project in `directory` and holds the findings against its marks. Of `rules` it runs the one called
 * `ruleId` and those that a mark names. Returns every disagreement in words, empty where all is as marked.
 */
export function runFixture(directory: string, ruleId: string, rules: readonly Rule[]): readonly string[] {
  const marks = collectMarks(readTree(directory));
  const wanted = new Set([ruleId, ...marks.map((mark) => mark.ruleId)]);
  const known = new Set(rules.map((rule) => rule.id));
  const unknown = [...wanted].filter((id) => !known.has(id)).map((id) => `there is no rule called ${id}`);

  const session = openSession(directory, {
    rules: rules.filter((rule) => wanted.has(rule.id)),
    preview: true,
  });
  return [...unknown, ...compareFindings(session.findings(), marks)];
}
