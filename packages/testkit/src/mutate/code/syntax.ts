import { ts } from 'ts-morph';

/** A function with a body of its own. */
export type FunctionNode =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration | ts.ConstructorDeclaration;

export function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/** Takes off what a value passes through unchanged: parentheses, type assertions, `!`. */
export function unwrap(expression: ts.Expression): ts.Expression {
  let current = expression;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isAsExpression(current) ||
    ts.isSatisfiesExpression(current) ||
    ts.isTypeAssertionExpression(current) ||
    ts.isNonNullExpression(current)
  ) {
    current = current.expression;
  }
  return current;
}

/** The other way round: what a value stands in, and passes through unchanged. */
export function outermost(node: ts.Node): ts.Node {
  let current = node;
  while (
    ts.isParenthesizedExpression(current.parent) ||
    ts.isAsExpression(current.parent) ||
    ts.isSatisfiesExpression(current.parent) ||
    ts.isTypeAssertionExpression(current.parent) ||
    ts.isNonNullExpression(current.parent)
  ) {
    current = current.parent;
  }
  return current;
}

/** As `unwrap`, and `await` as well. */
export function unwrapAwait(expression: ts.Expression): ts.Expression {
  const inner = unwrap(expression);
  return ts.isAwaitExpression(inner) ? unwrapAwait(inner.expression) : inner;
}

/** The node and all below it that `take` accepts; functions within are entered only where `enters` says so. */
export function collectNodes<Found extends ts.Node>(
  start: ts.Node,
  take: (node: ts.Node) => node is Found,
  enters: (inner: FunctionNode) => boolean = () => true,
): readonly Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (take(node)) found.push(node);
    if (node === start || !isFunction(node) || enters(node)) ts.forEachChild(node, visit);
  };
  visit(start);
  return found;
}

/** As `collectNodes`, for what runs when the function itself runs. */
export function collectOwnNodes<Found extends ts.Node>(
  start: ts.Node,
  take: (node: ts.Node) => node is Found,
): readonly Found[] {
  return collectNodes(start, take, () => false);
}

/** What a function gives back. */
export function returnedExpressions(node: FunctionNode): readonly ts.Expression[] {
  if (!node.body) return [];
  if (!ts.isBlock(node.body)) return [node.body];
  return collectOwnNodes(node.body, ts.isReturnStatement).flatMap(({ expression }) => expression ?? []);
}

/** The function around a node. */
export function functionAround(node: ts.Node): FunctionNode | undefined {
  return ts.findAncestor(node.parent, isFunction);
}

export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

/** `get` of `router.get(…)`, `verify` of `verify(…)`. */
export function calledName(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : undefined;
}

/** The name that a chain of members starts from: `req` of `req.session.userId`. */
export function rootOf(expression: ts.Expression): ts.Expression {
  const current = unwrapAwait(expression);
  if (ts.isPropertyAccessExpression(current) || ts.isElementAccessExpression(current) || ts.isCallExpression(current)) {
    return rootOf(current.expression);
  }
  return current;
}

/** On one line and not too long, for a description. */
export function shortText(node: ts.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
