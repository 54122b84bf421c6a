import type { Expression } from '../../facts/file-facts.js';
import type { WrittenProperty } from './declaration-files.js';

export function stringOf(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'literal' && expression.type === undefined && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}

export function isTrue(expression: Expression | undefined): boolean {
  return expression?.kind === 'literal' && expression.value === true;
}

export function isFalse(expression: Expression | undefined): boolean {
  return expression?.kind === 'literal' && expression.value === false;
}

export function findValue(
  properties: readonly WrittenProperty[] | undefined,
  ...keys: readonly string[]
): Expression | undefined {
  return properties?.find((each) => keys.includes(each.key))?.value;
}

/** The last name of `a.b.C`, `a.b.C(…)` and `new C(…)`. */
export function lastName(expression: Expression | undefined): string | undefined {
  switch (expression?.kind) {
    case 'name':
      return expression.name;
    case 'member':
      return expression.property;
    case 'call':
      return lastName(expression.callee);
    default:
      return undefined;
  }
}
