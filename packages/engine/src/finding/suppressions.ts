import type { DirectiveFact, FileFacts } from '../facts/file-facts.js';
import type { Finding } from './finding.js';
import { lineAt } from './place-at.js';

const prefix = 'blastradius/';

/**
 * Whether a comment of ESLint's form (https://eslint.org/docs/latest/use/configure/rules#disable-rules) takes the finding back.
 * A comment without rules counts for all of them.
 */
export function isSuppressed(finding: Finding, facts: FileFacts | undefined): boolean {
  if (!facts || facts.directives.length === 0) return false;
  const { line } = finding.place;
  let disabled = false;
  for (const directive of facts.directives) {
    if (!names(directive, finding.ruleId)) continue;
    const start = lineAt(facts.lineStarts, directive.start);
    const end = lineAt(facts.lineStarts, directive.end);
    if (directive.kind === 'disable-line' && start === line) return true;
    if (directive.kind === 'disable-next-line' && end + 1 === line) return true;
    const before =
      start < line ||
      (start === line && directive.start < (facts.lineStarts[line - 1] ?? 0) + finding.place.column - 1);
    if (directive.kind === 'disable' && before) disabled = true;
    if (directive.kind === 'enable' && before) disabled = false;
  }
  return disabled;
}

function names(directive: DirectiveFact, ruleId: string): boolean {
  return directive.rules.length === 0 || directive.rules.some((rule) => rule === prefix + ruleId);
}
