import type { Expression } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';

/** An expression as source text, near enough to be recognised: what is long or has no short form is `…`. */
export function printExpression(expression: Expression): string {
  const text = print(expression, limits.shownExpressionDepth);
  return text.length > limits.shownExpressionCharacters
    ? `${text.slice(0, limits.shownExpressionCharacters - 1)}…`
    : text;
}

function print(expression: Expression, depth: number): string {
  if (depth === 0) return '…';
  const inner = (part: Expression): string => print(part, depth - 1);
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' && expression.type === undefined
        ? `'${expression.value}'`
        : String(expression.value);
    case 'name':
      return expression.name;
    case 'this':
      return expression.super === true ? 'super' : 'this';
    case 'member':
      return `${print(expression.object, depth)}.${expression.property}`;
    case 'call':
      return `${expression.new ? 'new ' : ''}${print(expression.callee, depth)}(${expression.args.map(inner).join(', ')})`;
    case 'array':
      return `[${expression.items.map(inner).join(', ')}]`;
    case 'object': {
      const properties = expression.properties.map((property) => {
        if (property.kind === 'spread') return `...${inner(property.value)}`;
        return `${typeof property.key === 'string' ? property.key : '[…]'}: ${inner(property.value)}`;
      });
      return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;
    }
    default:
      return '…';
  }
}
