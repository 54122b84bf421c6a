import { ts } from 'ts-morph';

type Transparent =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments;

const transparentKinds: readonly Transparent['kind'][] = [
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.ExpressionWithTypeArguments,
];

const isTransparentKind = new Uint8Array(ts.SyntaxKind.Count);
for (const kind of transparentKinds) isTransparentKind[kind] = 1;

/** The expression inside parentheses, `as`, `satisfies`, `!`, `<T>` and a bare instantiation `f<T>`. */
export function skipTransparent(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isTransparent(inner)) inner = inner.expression;
  return inner;
}

function isTransparent(node: ts.Expression): node is Transparent {
  return isTransparentKind[node.kind] === 1;
}
