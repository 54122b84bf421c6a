import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';
import { limits } from '../limits.js';
import type { Pattern, PatternProperty } from './file-facts.js';
import { lowerKey } from './lower-key.js';
import { none, opaque } from './lowering.js';
import type { Draft, Lowering } from './lowering.js';
import { skipTransparent } from './skip-transparent.js';
import { startOf } from './start-of.js';
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isIdentifier,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isOmittedExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
} from './syntax.js';

type ObjectPattern = Extract<Pattern, { kind: 'object' }>;
type ArrayPattern = Extract<Pattern, { kind: 'array' }>;

/** What a declaration or a parameter binds. */
export function lowerBinding(lowering: Lowering, node: ts.BindingName): Pattern {
  if (isIdentifier(node)) return lowerName(lowering, node);
  if (lowering.depth >= limits.syntaxDepth) return lowerDeep(lowering, node);
  lowering.depth++;
  const pattern = isObjectBindingPattern(node) ? lowerObjectBinding(lowering, node) : lowerArrayBinding(lowering, node);
  lowering.depth--;
  return pattern;
}

/** What an assignment, or the head of `for (… of …)`, writes to. */
export function lowerTarget(lowering: Lowering, expression: ts.Expression): Pattern {
  const node = skipTransparent(expression);
  if (isIdentifier(node)) return lowerName(lowering, node);
  if (lowering.depth >= limits.syntaxDepth) return lowerDeep(lowering, node);
  lowering.depth++;
  const pattern = lowerCompoundTarget(lowering, node);
  lowering.depth--;
  return pattern;
}

function lowerCompoundTarget(lowering: Lowering, node: ts.Expression): Pattern {
  if (isObjectLiteralExpression(node)) return lowerObjectTarget(lowering, node);
  if (isArrayLiteralExpression(node)) return lowerArrayTarget(lowering, node);
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
    return withDefault(lowering, lowerTarget(lowering, node.left), node.right);
  }
  const target = lowering.lowerExpression(node);
  return { kind: 'target', start: target.start, end: target.end, target };
}

function lowerName(lowering: Lowering, node: ts.Identifier): Pattern {
  const start = startOf(lowering, node);
  const { end, text } = node;
  if (text === '') return { kind: 'target', start, end, target: opaque(start, end, 'missing', none) };
  return { kind: 'name', start, end, name: text };
}

function lowerDeep(lowering: Lowering, node: ts.Node): Pattern {
  const start = startOf(lowering, node);
  return { kind: 'target', start, end: node.end, target: opaque(start, node.end, 'deep', none) };
}

function withDefault(lowering: Lowering, target: Pattern, initializer: ts.Expression | undefined): Pattern {
  if (initializer === undefined) return target;
  const value = lowering.lowerNamed(initializer, target.kind === 'name' ? target.name : undefined);
  return { kind: 'default', start: target.start, end: initializer.end, target, value };
}

function lowerObjectBinding(lowering: Lowering, node: ts.ObjectBindingPattern): Pattern {
  const properties: PatternProperty[] = [];
  const pattern: Draft<ObjectPattern> = {
    kind: 'object',
    start: startOf(lowering, node),
    end: node.end,
    properties,
  };
  for (const element of node.elements) {
    const value = lowerBindingElement(lowering, element);
    if (element.dotDotDotToken !== undefined) pattern.rest = value;
    else if (element.propertyName !== undefined) {
      properties.push({ key: lowerKey(lowering, element.propertyName), value });
    } else if (isIdentifier(element.name)) properties.push({ key: element.name.text, value });
  }
  return pattern;
}

function lowerArrayBinding(lowering: Lowering, node: ts.ArrayBindingPattern): Pattern {
  const items: (Pattern | null)[] = [];
  const pattern: Draft<ArrayPattern> = { kind: 'array', start: startOf(lowering, node), end: node.end, items };
  for (const element of node.elements) {
    if (isOmittedExpression(element)) items.push(null);
    else if (element.dotDotDotToken !== undefined) pattern.rest = lowerBindingElement(lowering, element);
    else items.push(lowerBindingElement(lowering, element));
  }
  return pattern;
}

function lowerBindingElement(lowering: Lowering, node: ts.BindingElement): Pattern {
  return withDefault(lowering, lowerBinding(lowering, node.name), node.initializer);
}

function lowerObjectTarget(lowering: Lowering, node: ts.ObjectLiteralExpression): Pattern {
  const properties: PatternProperty[] = [];
  const pattern: Draft<ObjectPattern> = {
    kind: 'object',
    start: startOf(lowering, node),
    end: node.end,
    properties,
  };
  for (const property of node.properties) {
    if (isPropertyAssignment(property)) {
      const key = lowerKey(lowering, property.name);
      properties.push({ key, value: lowerTarget(lowering, property.initializer) });
    } else if (isShorthandPropertyAssignment(property)) {
      const value = withDefault(lowering, lowerName(lowering, property.name), property.objectAssignmentInitializer);
      properties.push({ key: property.name.text, value });
    } else if (isSpreadAssignment(property)) pattern.rest = lowerTarget(lowering, property.expression);
  }
  return pattern;
}

function lowerArrayTarget(lowering: Lowering, node: ts.ArrayLiteralExpression): Pattern {
  const items: (Pattern | null)[] = [];
  const pattern: Draft<ArrayPattern> = { kind: 'array', start: startOf(lowering, node), end: node.end, items };
  for (const element of node.elements) {
    if (isOmittedExpression(element)) items.push(null);
    else if (isSpreadElement(element)) pattern.rest = lowerTarget(lowering, element.expression);
    else items.push(lowerTarget(lowering, element));
  }
  return pattern;
}
