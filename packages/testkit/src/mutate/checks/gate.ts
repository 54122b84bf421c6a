import { ts } from 'ts-morph';
import {
  calledName,
  collectOwnNodes,
  functionAround,
  isFunction,
  rootOf,
  unwrap,
  unwrapAwait,
} from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';

/** A statement that ends a function without letting the caller through. */
export type Exit = ts.ReturnStatement | ts.ThrowStatement;

/** The exits of a function, and of the callbacks within it, that turn the caller away. */
export function collectRejections(node: FunctionNode, response: string | undefined): readonly Exit[] {
  const isRejection = (inner: ts.Node): inner is Exit =>
    ts.isThrowStatement(inner) || (ts.isReturnStatement(inner) && turnsAway(inner, response));
  return [node, ...callbacksOf(node)].flatMap((part) => collectOwnNodes(part, isRejection));
}

/** Functions that stand as arguments in calls of a function. */
export function callbacksOf(node: FunctionNode): readonly FunctionNode[] {
  const calls = collectOwnNodes(node, ts.isCallExpression);
  return calls.flatMap((call) => call.arguments.map((argument): ts.Node => unwrap(argument)).filter(isFunction));
}

/** `return res.sendStatus(401)`, `return false`, and `return` with nothing. */
function turnsAway(exit: ts.ReturnStatement, response: string | undefined): boolean {
  if (!exit.expression) return true;
  const value = unwrap(exit.expression);
  if (value.kind === ts.SyntaxKind.FalseKeyword) return true;
  return isAnswer(ts.isVoidExpression(value) ? value.expression : value, response);
}

function isAnswer(expression: ts.Expression, response: string | undefined): boolean {
  const inner = unwrapAwait(expression);
  const root = ts.isCallExpression(inner) ? rootOf(inner) : undefined;
  return root !== undefined && ts.isIdentifier(root) && root.text === response;
}

/** What an exit hangs on: the `if` that it is the branch of, or the `catch` that it stands in. */
export type Gate = ts.IfStatement | ts.CatchClause;

export function gateOf(exit: Exit): Gate | undefined {
  const holder = ts.isBlock(exit.parent) ? exit.parent.parent : exit.parent;
  if (ts.isCatchClause(holder)) return holder;
  const branch = ts.isBlock(exit.parent) ? exit.parent : exit;
  return ts.isIfStatement(holder) && holder.thenStatement === branch ? holder : undefined;
}

/** Whether a branch does not come out at its end. */
export function leaves(branch: ts.Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

/** The parts of a condition, any of which makes it true. */
export function alternatives(condition: ts.Expression): readonly ts.Expression[] {
  const inner = unwrap(condition);
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? [...alternatives(inner.left), ...alternatives(inner.right)]
    : [inner];
}

/** `x` of `!x`, `x === undefined`, `x == null`, `x === false`, `x !== true`. */
export function absentValue(condition: ts.Expression): ts.Expression | undefined {
  const inner = unwrap(condition);
  if (ts.isPrefixUnaryExpression(inner)) {
    return inner.operator === ts.SyntaxKind.ExclamationToken ? unwrap(inner.operand) : undefined;
  }
  if (!ts.isBinaryExpression(inner)) return undefined;
  const { operatorToken, left, right } = inner;
  const isEqual =
    operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken;
  const isTrue = unwrap(right).kind === ts.SyntaxKind.TrueKeyword;
  return (isEqual && isNothing(right)) || (operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken && isTrue)
    ? unwrap(left)
    : undefined;
}

function isNothing(expression: ts.Expression): boolean {
  const inner = unwrap(expression);
  return (
    inner.kind === ts.SyntaxKind.NullKeyword ||
    inner.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(inner) && inner.text === 'undefined')
  );
}

/** The call that a function is a callback of. */
export function callAround(node: ts.Node): ts.CallExpression | undefined {
  const callback = functionAround(node);
  const parent = callback?.parent;
  return parent && ts.isCallExpression(parent) && calledName(parent) !== undefined ? parent : undefined;
}
