import type ts from 'typescript';
import { textOfToken } from './compiler.js';
import { SyntaxKind } from './compiler-enums.js';
import { limits } from '../limits.js';
import type { Expression, LiteralExpression } from './file-facts.js';
import { lowerTarget } from './lower-pattern.js';
import { opaque } from './lowering.js';
import type { Lowering } from './lowering.js';
import { skipTransparent } from './skip-transparent.js';
import { startOf } from './start-of.js';
import {
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from './syntax.js';

const {
  AmpersandAmpersandToken,
  BarBarToken,
  CommaToken,
  FirstAssignment,
  LastAssignment,
  PlusToken,
  QuestionQuestionToken,
} = SyntaxKind;

interface Link {
  readonly node: ts.BinaryExpression;
  readonly operand: Expression;
}

/** Assignments, sequences and binary operators. */
export function lowerBinary(lowering: Lowering, node: ts.BinaryExpression): Expression {
  const operator = node.operatorToken.kind;
  if (operator === CommaToken) return lowerSequence(lowering, node);
  if (isAssignment(operator)) return lowerAssignment(lowering, node);
  const left = skipTransparent(node.left);
  if (isChained(left)) return lowerChain(lowering, node);
  const first = lowering.lowerExpression(left);
  const operand = lowering.lowerExpression(node.right);
  return operator === PlusToken && isString(first) && isString(operand)
    ? concatenate(first, operand)
    : combine(lowering, node, first, operand);
}

/** Walks the left spine of `a + b + c …` in a loop, for the parser puts no limit to its length. */
function lowerChain(lowering: Lowering, node: ts.BinaryExpression): Expression {
  const spine = [node];
  let left = skipTransparent(node.left);
  for (; isChained(left); left = skipTransparent(left.left)) spine.push(left);

  const levels = Math.min(spine.length, limits.chainedOperands);
  lowering.depth += levels;
  let first = lowering.lowerExpression(left);
  lowering.depth -= levels;

  const links: Link[] = [];
  for (const link of spine.reverse()) {
    let operand = lowering.lowerExpression(link.right);
    // `x + 'a' + 'b'` is `x + 'ab'`, whatever `x` is.
    if (link.operatorToken.kind === PlusToken && isString(operand)) {
      const previous = links.at(-1);
      if (previous === undefined) {
        if (isString(first)) {
          first = concatenate(first, operand);
          continue;
        }
      } else if (previous.node.operatorToken.kind === PlusToken && isString(previous.operand)) {
        operand = concatenate(previous.operand, operand);
        links.pop();
      }
    }
    links.push({ node: link, operand });
  }
  if (links.length > limits.chainedOperands) {
    return opaque(startOf(lowering, node), node.end, 'deep', [first, ...links.map((link) => link.operand)]);
  }
  return links.reduce((result, link) => combine(lowering, link.node, result, link.operand), first);
}

function combine(lowering: Lowering, node: ts.BinaryExpression, left: Expression, right: Expression): Expression {
  const start = startOf(lowering, node);
  const { end } = node;
  switch (node.operatorToken.kind) {
    case AmpersandAmpersandToken:
      return { kind: 'logical', start, end, operator: '&&', left, right };
    case BarBarToken:
      return { kind: 'logical', start, end, operator: '||', left, right };
    case QuestionQuestionToken:
      return { kind: 'logical', start, end, operator: '??', left, right };
    default:
      return { kind: 'binary', start, end, operator: textOfToken(node.operatorToken.kind), left, right };
  }
}

function lowerSequence(lowering: Lowering, node: ts.BinaryExpression): Expression {
  const items: ts.Expression[] = [];
  let left: ts.Expression = node;
  for (; isBinaryExpression(left) && left.operatorToken.kind === CommaToken; left = skipTransparent(left.left)) {
    items.push(left.right);
  }
  items.push(left);
  return {
    kind: 'sequence',
    start: startOf(lowering, node),
    end: node.end,
    items: items.reverse().map((item) => lowering.lowerExpression(item)),
  };
}

function lowerAssignment(lowering: Lowering, node: ts.BinaryExpression): Expression {
  const start = startOf(lowering, node);
  return {
    kind: 'assign',
    start,
    end: node.end,
    operator: textOfToken(node.operatorToken.kind),
    target: lowerTarget(lowering, node.left),
    value: lowering.lowerNamed(node.right, readTargetName(skipTransparent(node.left))),
  };
}

function readTargetName(node: ts.Expression): string | undefined {
  if (isIdentifier(node)) return node.text;
  if (isPropertyAccessExpression(node)) return node.name.text;
  return isElementAccessExpression(node) && isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression.text
    : undefined;
}

function isChained(node: ts.Expression): node is ts.BinaryExpression {
  if (!isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  return operator !== CommaToken && !isAssignment(operator);
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= FirstAssignment && operator <= LastAssignment;
}

function isString(expression: Expression): expression is LiteralExpression & { readonly value: string } {
  return expression.kind === 'literal' && typeof expression.value === 'string' && expression.type === undefined;
}

function concatenate(
  left: LiteralExpression,
  right: LiteralExpression,
): LiteralExpression & { readonly value: string } {
  return { kind: 'literal', start: left.start, end: right.end, value: `${String(left.value)}${String(right.value)}` };
}
