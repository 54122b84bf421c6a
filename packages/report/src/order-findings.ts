import type { Finding } from '@blastradius/engine';
import { compareText } from './compare-text.js';

/** By file, line, column, rule; the rest decides ties, so that the order of the input never shows. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compareText(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      compareText(a.ruleId, b.ruleId) ||
      a.place.endLine - b.place.endLine ||
      a.place.endColumn - b.place.endColumn ||
      compareText(a.fingerprint, b.fingerprint) ||
      compareText(a.message, b.message),
  );
}
