import type ts from 'typescript';
import { limits } from '../limits.js';
import type { Expression } from './file-facts.js';
import { complete, opaque } from './lowering.js';
import type { Lowering } from './lowering.js';
import { startOf } from './start-of.js';
import {
  isJsxElement,
  isJsxExpression,
  isJsxFragment,
  isJsxSelfClosingElement,
  isJsxSpreadAttribute,
} from './syntax.js';

type JsxNode = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

/** Elements leave only the expressions of their attributes and children, those of nested elements among them. */
export function lowerJsx(lowering: Lowering, node: JsxNode): Expression {
  const parts: Expression[] = [];
  collectParts(lowering, node, parts, 0);
  return opaque(startOf(lowering, node), node.end, 'jsx', complete(parts));
}

function collectParts(lowering: Lowering, node: JsxNode, parts: Expression[], depth: number): void {
  if (depth > limits.syntaxDepth) return;
  if (!isJsxFragment(node)) {
    const { attributes } = isJsxElement(node) ? node.openingElement : node;
    for (const attribute of attributes.properties) {
      const value = isJsxSpreadAttribute(attribute) ? attribute : attribute.initializer;
      if (value !== undefined) collectPart(lowering, value, parts, depth);
    }
  }
  if (isJsxSelfClosingElement(node)) return;
  for (const child of node.children) collectPart(lowering, child, parts, depth);
}

function collectPart(
  lowering: Lowering,
  node: ts.JsxChild | ts.JsxAttributeValue | ts.JsxSpreadAttribute,
  parts: Expression[],
  depth: number,
): void {
  if (isJsxElement(node) || isJsxFragment(node) || isJsxSelfClosingElement(node)) {
    collectParts(lowering, node, parts, depth + 1);
  } else if ((isJsxExpression(node) || isJsxSpreadAttribute(node)) && node.expression !== undefined) {
    parts.push(lowering.lowerExpression(node.expression));
  }
}
