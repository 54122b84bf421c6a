import type { Place } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { alternatives, leaves } from '../checks/gate.js';
import { asksForNoRole, collectOwnerTests } from '../checks/owner-tests.js';
import type { OwnerTest } from '../checks/owner-tests.js';
import type { ProjectCode } from '../code/project-code.js';
import { shortText } from '../code/syntax.js';
import type { Edit } from '../edit.js';
import { exposedWithoutTie } from '../exposed-rules.js';
import type { Candidate, Deserved } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/**
 * Takes away a comparison of a record with the caller, and with it the branch that refused.
 *
 * A route deserves a finding where, by the sound model, a rule would report it if its record were not compared, without what the
 * comparison itself shows about whose the records are, and where this is the only such test on the way.
 */
export function* removeComparison(project: StudiedProject): Iterable<Candidate> {
  const { application, code, rules } = project;
  const tests = new Map<
    ts.Expression,
    { readonly test: OwnerTest; readonly deserves: Deserved[]; readonly tolerates: Deserved[] }
  >();
  for (const route of application.routes) {
    for (const access of route.accesses.filter(({ tie }) => tie === 'owner')) {
      const onTheWay = collectOwnerTests(route, access, code);
      for (const test of onTheWay) {
        const isGone = (evidence: Place): boolean => code.isWithin(evidence, test.condition);
        const ruleIds = exposedWithoutTie({ route, isGone }, access, application, rules);
        if (ruleIds.length === 0) continue;
        const known = tests.get(test.part) ?? { test, deserves: [], tolerates: [] };
        tests.set(test.part, known);
        const deserved = { ruleIds, entity: route.title };
        // What the record was held against may name somebody else now.
        const forged = { ruleIds: ['no-caller-chosen-subject', 'no-forgeable-identity'], entity: route.title };
        known.tolerates.push(deserved, forged);
        // A route that reaches several records is about one finding.
        const isNew = !known.deserves.some(({ entity }) => entity === route.title);
        if (isNew && onTheWay.length === 1 && asksForNoRole(route)) known.deserves.push(deserved);
      }
    }
  }
  for (const { test, deserves, tolerates } of tests.values()) {
    const kind = 'remove-ownership-conjunct';
    const place = code.placeOf(test.part);
    const edit = removal(test, code);
    if (deserves.length === 0) yield { kind, place, reason: 'something else asks for the owner or a role' };
    else if (!edit) yield { kind, place, reason: 'what hangs on it is no branch that refuses' };
    else {
      const description = `do not ask whether \`${shortText(test.part)}\``;
      yield { kind, place, description, edits: [edit], deserves, orElse: [], tolerates };
    }
  }
}

/** Without the alternative, and without the whole branch where it is the only one. */
function removal({ condition, part }: OwnerTest, code: ProjectCode): Edit | undefined {
  const gate = condition.parent;
  if (!ts.isIfStatement(gate) || !leaves(gate.thenStatement) || gate.elseStatement) return undefined;
  const others = alternatives(condition).filter((alternative) => alternative !== part);
  return others.length > 0
    ? code.replace(condition, others.map((alternative) => alternative.getText()).join(' || '))
    : code.replace(gate, ts.isBlock(gate.parent) ? '' : '{}');
}
