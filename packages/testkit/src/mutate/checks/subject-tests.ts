import { ts } from 'ts-morph';
import { originsOf, withinCall } from './value-origin.js';
import type { OriginContext } from './value-origin.js';
import { calledFunctions } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction } from '../code/syntax.js';

/** The properties that a guard writes what it has proved to: `subject` of `req.subject = claims.sub`. */
export function collectProvedMembers(guard: ts.Node): ReadonlySet<string> {
  const names = new Set(['user', 'auth', 'locals']);
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left)
    ) {
      names.add(node.left.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(guard);
  return names;
}

/** A condition that looks at what has been proved about the caller. */
export interface SubjectTest {
  readonly condition: ts.Expression;
  readonly context: OriginContext;
}

/** The conditions of a function, and of those that it calls, that look at what has been proved about the caller. */
export function collectSubjectTests(
  start: ts.Node,
  context: OriginContext,
  code: ProjectCode,
  depth = 3,
): readonly SubjectTest[] {
  const conditions = [
    ...collectOwnNodes(start, ts.isIfStatement).map(({ expression }) => expression),
    ...collectOwnNodes(start, ts.isConditionalExpression).map(({ condition }) => condition),
  ];
  const own = conditions
    .filter((condition) => originsOf(condition, code, context).has('subject'))
    .map((condition) => ({ condition, context }));
  if (depth === 0) return own;
  const called = collectOwnNodes(start, ts.isCallExpression).flatMap((call) =>
    calledFunctions(call, code)
      .filter(isFunction)
      .flatMap((target) => collectSubjectTests(target, withinCall(context, call, target), code, depth - 1)),
  );
  return [...own, ...called];
}
