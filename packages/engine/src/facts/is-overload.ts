import type ts from 'typescript';
import { isComputedPropertyName } from './syntax.js';

/**
 * Whether a function or method without a body announces the declaration behind it: overloads stand next to their
 * implementation.
 */
export function isOverload(node: ts.FunctionLikeDeclaration, next: ts.Node | undefined): boolean {
  if (node.body !== undefined || next === undefined || node.kind !== next.kind) return false;
  return readName(node.name) === readName((next as typeof node).name);
}

function readName(name: ts.PropertyName | undefined): string | undefined {
  return name === undefined || isComputedPropertyName(name) ? undefined : name.text;
}
