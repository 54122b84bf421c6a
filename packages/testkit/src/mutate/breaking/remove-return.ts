import { ts } from 'ts-morph';
import { collectRejections, gateOf } from '../checks/gate.js';
import type { Exit } from '../checks/gate.js';
import { hasOtherChecks } from '../checks/other-checks.js';
import { collectAffected, collectPassages } from '../checks/passage.js';
import type { Passage } from '../checks/passage.js';
import { goesOn } from '../checks/remaining-path.js';
import { findTestedProof } from '../checks/tested-proof.js';
import type { ProjectCode } from '../code/project-code.js';
import { shortText } from '../code/syntax.js';
import type { Edit } from '../edit.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/**
 * Takes away a `return` or `throw` that turns the caller away: what it answers is still answered, and the function goes on.
 *
 * It deserves a finding where the exit hangs on the only proof of its function, and where everything behind it, read line by line, leads
 * to the protected side without another check and without a crash on what the failed proof has not given.
 */
export function* removeReturn(project: StudiedProject): Iterable<Candidate> {
  for (const passage of collectPassages(project)) {
    for (const exit of collectRejections(passage.function, passage.response)) {
      const place = project.code.placeOf(exit);
      const reason = whyHarmless(exit, passage, project.code);
      if (reason !== undefined) yield { kind: 'remove-return', place, reason };
      else {
        const description = `go on behind \`${shortText(exit)}\``;
        const deserves = passage.deservesWithoutSubject;
        const orElse = ['no-unverified-token'];
        // What is left may be a test of what the caller has sent.
        const tolerates = [...collectAffected(passage.function, project), { ruleIds: ['no-forgeable-identity'] }];
        yield {
          kind: 'remove-return',
          place,
          description,
          edits: [removal(exit, project.code)],
          deserves,
          orElse,
          tolerates,
        };
      }
    }
  }
}

function whyHarmless(exit: Exit, passage: Passage, code: ProjectCode): string | undefined {
  const gate = gateOf(exit);
  const proof = gate && findTestedProof(gate, passage, code);
  if (!proof) return 'what it hangs on proves nothing';
  if (hasOtherChecks(passage, proof.nodes, code)) return 'something else in the function turns callers away';
  if (!goesOn(exit, passage.isReached, proof.absent, code)) return 'what stands behind it lets nobody through';
  return passage.deservesWithoutSubject.length > 0
    ? undefined
    : 'something behind it turns away a request without a subject';
}

function removal(exit: Exit, code: ProjectCode): Edit {
  if (ts.isReturnStatement(exit) && exit.expression && exit.expression.kind !== ts.SyntaxKind.FalseKeyword) {
    return { file: code.pathOf(exit), start: exit.getStart(), end: exit.expression.getStart(), text: '' };
  }
  return code.replace(exit, ts.isBlock(exit.parent) ? '' : '{}');
}
