import type ts from 'typescript';
import type { Expression } from './file-facts.js';
import type { Lowering } from './lowering.js';
import { isBigIntLiteral, isComputedPropertyName, isNumericLiteral, isStringLiteralLike } from './syntax.js';

/** A property's name, or the expression of a computed one. Private names keep their `#`. */
export function lowerKey(lowering: Lowering, node: ts.PropertyName): string | Expression {
  if (!isComputedPropertyName(node)) return isBigIntLiteral(node) ? node.text.slice(0, -1) : node.text;
  const { expression } = node;
  if (isStringLiteralLike(expression) || isNumericLiteral(expression)) return expression.text;
  return lowering.lowerExpression(expression);
}
