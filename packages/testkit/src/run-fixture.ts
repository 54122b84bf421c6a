import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '@blastradius/engine';
import type { Rule } from '@blastradius/engine';
import { collectMarks } from './collect-marks.js';
import { compareFindings } from './compare-findings.js';
import { readTree } from './read-tree.js';

/**
 * Analyses the project in `directory` and holds the findings against its marks. Of `rules` it runs the one called
 * `ruleId` and those that a mark names, and asks a second time for the answer that was kept. Returns every disagreement in words, empty
 * where all is as marked.
 */
export function runFixture(directory: string, ruleId: string, rules: readonly Rule[]): readonly string[] {
  const marks = collectMarks(readTree(directory));
  const wanted = new Set([ruleId, ...marks.map((mark) => mark.ruleId)]);
  const known = new Set(rules.map((rule) => rule.id));
  const unknown = [...wanted].filter((id) => !known.has(id)).map((id) => `there is no rule called ${id}`);

  const folder = mkdtempSync(join(tmpdir(), 'blastradius-answers-'));
  const options = { rules: rules.filter((rule) => wanted.has(rule.id)), preview: true, cache: { folder, makers: [] } };
  try {
    const session = openSession(directory, options);
    const findings = session.findings();
    const again = openSession(directory, options);
    const isKept =
      JSON.stringify([again.findings(), again.summary()]) === JSON.stringify([findings, session.summary()]);
    return [
      ...unknown,
      ...compareFindings(findings, marks),
      ...(isKept ? [] : ['the answer that was kept is another one']),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
