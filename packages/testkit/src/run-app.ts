import { openSession } from '@blastradius/engine';
import type { Rule } from '@blastradius/engine';
import { collectMarks } from './collect-marks.js';
import { compareFindings } from './compare-findings.js';
import { readTree } from './read-tree.js';

/**
 * Analyses the whole application in `directory` with every one of `rules`, whatever its marks name, and holds the
 * findings against them. Returns every disagreement in words, empty where all is as marked.
 */
export function runApp(directory: string, rules: readonly Rule[]): readonly string[] {
  const marks = collectMarks(readTree(directory));
  const known = new Set(rules.map((rule) => rule.id));
  const named = new Set(marks.map((mark) => mark.ruleId));
  const unknown = [...named].filter((id) => !known.has(id)).map((id) => `there is no rule called ${id}`);

  const session = openSession(directory, { rules, preview: true });
  return [...unknown, ...compareFindings(session.findings(), marks)];
}
