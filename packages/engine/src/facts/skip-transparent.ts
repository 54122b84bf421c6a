import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';

type Transparent =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments;

const transparentKinds: readonly Transparent['kind'][] = [
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.TypeAssertionExpression,
  SyntaxKind.ExpressionWithTypeArguments,
];

const isTransparentKind = new Uint8Array(SyntaxKind.Count);
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
