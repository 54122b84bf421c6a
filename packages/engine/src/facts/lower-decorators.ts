import type ts from 'typescript';
import type { Expression } from './file-facts.js';
import { complete, none } from './lowering.js';
import type { Lowering } from './lowering.js';
import { isDecorator } from './syntax.js';

/** Decorators of a class, a member or a parameter, in order. */
export function lowerDecorators(
  lowering: Lowering,
  modifiers: readonly ts.ModifierLike[] | undefined,
): readonly Expression[] {
  if (modifiers === undefined) return none;
  let decorators: Expression[] | undefined;
  for (const modifier of modifiers) {
    if (isDecorator(modifier)) (decorators ??= []).push(lowering.lowerExpression(modifier.expression));
  }
  return decorators === undefined ? none : complete(decorators);
}
