import { ts } from 'ts-morph';
import { hasOtherChecks } from '../checks/other-checks.js';
import { collectAffected, collectPassages } from '../checks/passage.js';
import type { Passage } from '../checks/passage.js';
import { proofOf } from '../checks/proof-call.js';
import { textOf } from '../checks/remaining-path.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction, isWithin, outermost, shortText, unwrap } from '../code/syntax.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/**
 * Takes the `await` off a check: nobody hears of its failure, or its answer is a promise, which is always true.
 *
 * It deserves a finding where the check is the only proof of its function and nothing reads a member of what it gives, or compares it:
 * that would fail on a promise, and keep the caller out. `return await` is left alone, as whoever called awaits the promise.
 */
export function* removeAwait(project: StudiedProject): Iterable<Candidate> {
  const { code } = project;
  for (const passage of collectPassages(project)) {
    for (const awaited of collectOwnNodes(passage.function, ts.isAwaitExpression)) {
      const call = unwrap(awaited.expression);
      // What leads to the protected side itself has its check further down.
      if (!ts.isCallExpression(call) || !proofOf(call, code)?.isAsync || passage.isReached(call)) continue;
      const place = code.placeOf(awaited);
      const reason = whyHarmless(awaited, passage, code);
      if (reason !== undefined) yield { kind: 'remove-await', place, reason };
      else {
        const edit = {
          file: code.pathOf(awaited),
          start: awaited.getStart(),
          end: awaited.expression.getStart(),
          text: '',
        };
        const deserves = passage.deservesWithoutSubject;
        const orElse = ['no-unverified-token'];
        // What is left may be a test of what the caller has sent.
        const tolerates = [...collectAffected(passage.function, project), { ruleIds: ['no-forgeable-identity'] }];
        const description = `do not wait for \`${shortText(call)}\``;
        yield { kind: 'remove-await', place, description, edits: [edit], deserves, orElse, tolerates };
      }
    }
  }
}

function whyHarmless(awaited: ts.AwaitExpression, passage: Passage, code: ProjectCode): string | undefined {
  const uses = usesOf(awaited, code);
  if (!uses?.every(isBlind)) return 'a promise in its place keeps the caller out';
  const gates = uses.flatMap((use) => ts.findAncestor(use, ts.isIfStatement) ?? []);
  if (hasOtherChecks(passage, [awaited, ...gates], code)) return 'something else in the function turns callers away';
  return passage.deservesWithoutSubject.length > 0
    ? undefined
    : 'something behind it turns away a request without a subject';
}

/** Everywhere that the awaited value is used, directly or by the name it is kept under; nothing where that cannot be told. */
function usesOf(awaited: ts.AwaitExpression, code: ProjectCode): readonly ts.Node[] | undefined {
  const value = outermost(awaited);
  const { parent } = value;
  if (ts.isExpressionStatement(parent)) return [];
  if (ts.isVariableDeclaration(parent)) {
    if (!ts.isIdentifier(parent.name)) return undefined;
    return code.referencesOf(parent.name).filter((reference) => reference !== parent.name);
  }
  const isAssigned = ts.isBinaryExpression(parent) && isAssignment(parent) && parent.right === value;
  return isAssigned ? readsOf(parent.left, code) : [value];
}

/** Where a variable or a member is read, as far as the function goes that writes it. */
function readsOf(written: ts.Expression, code: ProjectCode): readonly ts.Node[] | undefined {
  if (ts.isIdentifier(written)) {
    return code
      .referencesOf(written)
      .filter((reference) => reference !== written && !ts.isVariableDeclaration(reference.parent));
  }
  const around = ts.findAncestor(written, isFunction);
  const members = around ? collectOwnNodes(around, ts.isPropertyAccessExpression) : [];
  return members.filter((read) => read !== written && textOf(read) === textOf(written));
}

/** Whether a use takes a promise for what it is the promise of: it asks whether it is there, or hands it on. */
function isBlind(use: ts.Node): boolean {
  const value = outermost(use);
  const { parent } = value;
  return (
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isCallExpression(parent) && parent.expression !== value) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isPropertyAssignment(parent) ||
    (ts.isIfStatement(parent) && isWithin(value, parent.expression)) ||
    (ts.isBinaryExpression(parent) &&
      blindOperators.has(parent.operatorToken.kind) &&
      (parent.right === value || !isAssignment(parent)))
  );
}

const blindOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.EqualsToken,
]);

function isAssignment(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
