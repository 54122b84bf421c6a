import type ts from 'typescript';
import type { Lowering } from './lowering.js';
import { skipTrivia } from './skip-trivia.js';
import { isDecorator } from './syntax.js';

/** Offset of a node's first character behind white space and comments; `node.pos` includes them. */
export function startOf(lowering: Lowering, node: ts.Node): number {
  const position = node.pos;
  // A node that the parser made up for a missing one is empty.
  if (position === node.end) return position;
  if (position !== lowering.lastPosition) {
    lowering.lastPosition = position;
    lowering.lastStart = skipTrivia(lowering.text, position);
  }
  return lowering.lastStart;
}

/** As `startOf`, behind the decorators as well: where a reader looks for the class or the method. */
export function startBehindDecorators(
  lowering: Lowering,
  node: ts.Node & { readonly modifiers?: readonly ts.ModifierLike[] | undefined },
): number {
  const last = node.modifiers?.findLast((modifier) => isDecorator(modifier));
  return last === undefined ? startOf(lowering, node) : Math.min(skipTrivia(lowering.text, last.end), node.end);
}
