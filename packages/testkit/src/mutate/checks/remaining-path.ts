import { ts } from 'ts-morph';
import { calledFunctions } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction } from '../code/syntax.js';
import { proofOf } from './proof-call.js';

/**
 * Whether a function that does not stop at `statement` any more goes on until it lets the caller through. It is careful: a branch, a
 * loop, another proof, or a member of a value that is not there on this path (`absent`, as written) ends the search with no.
 */
export function goesOn(
  statement: ts.Statement,
  isReached: (part: ts.Node) => boolean,
  absent: ReadonlySet<string>,
  code: ProjectCode,
): boolean {
  for (const next of statementsAfter(statement)) {
    if (crashes(next, absent)) return false;
    if (isReached(next)) return true;
    if (ts.isFunctionDeclaration(next) || ts.isEmptyStatement(next)) continue;
    if (!ts.isExpressionStatement(next) && !ts.isVariableStatement(next)) return false;
    if (canReject(next, code)) return false;
  }
  return false;
}

/** What is executed behind a statement when nothing on the way stops, up to the end of its function. */
function* statementsAfter(statement: ts.Statement): Iterable<ts.Statement> {
  for (let current: ts.Node = statement; !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (ts.isBlock(parent)) yield* parent.statements.slice(parent.statements.indexOf(current as ts.Statement) + 1);
    else if (isFunction(parent)) return;
    else if (!isPassedThrough(parent)) return;
  }
}

/** What one comes out of at its end, into what stands behind it. */
function isPassedThrough(node: ts.Node): boolean {
  return ts.isIfStatement(node) || ts.isCatchClause(node) || (ts.isTryStatement(node) && !node.finallyBlock);
}

/** Whether a statement reads a member of something that is not there. */
function crashes(statement: ts.Statement, absent: ReadonlySet<string>): boolean {
  const reads = collectOwnNodes(statement, isMemberRead).some((node) => absent.has(textOf(node.expression)));
  const takesApart = collectOwnNodes(statement, ts.isVariableDeclaration).some(
    ({ name, initializer }) => !ts.isIdentifier(name) && initializer !== undefined && absent.has(textOf(initializer)),
  );
  return reads || takesApart;
}

function isMemberRead(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && !node.questionDotToken;
}

/** As it is written, optional chaining and assertions aside. */
export function textOf(expression: ts.Expression): string {
  return expression.getText().replaceAll('?.', '.').replaceAll('!', '');
}

function canReject(statement: ts.Statement, code: ProjectCode): boolean {
  return collectOwnNodes(statement, ts.isCallExpression).some(
    (call) =>
      proofOf(call, code) !== undefined ||
      calledFunctions(call, code).some(
        (target) => isFunction(target) && collectOwnNodes(target, ts.isThrowStatement).length > 0,
      ),
  );
}
