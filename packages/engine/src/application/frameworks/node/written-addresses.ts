import type { Expression, FileFacts, Span } from '../../../facts/file-facts.js';
import { pathOfPattern, readPathPattern } from './path-pattern.js';

/** A path that stands in the program, as a text or as a regular expression. */
export interface WrittenAddress extends Span {
  /** Where the text names a method as well: `'GET /orders'`. */
  readonly method: string | undefined;
  /** With parameters as `:name`, and `*` for all that is left. */
  readonly path: string;
  /** Whether something is asked there, and not only listed. */
  readonly isAsked: boolean;
}

const text = /^(?:([A-Z]{3,7})[ :])?(\/[\w\-./~%@]*)$/;

/** The paths that a file writes down. Whether a server answers there is for its handler to show. */
export function writtenAddresses(facts: FileFacts): readonly WrittenAddress[] {
  const found: WrittenAddress[] = [];
  const add = (value: unknown, span: Span, isAsked: boolean, asPrefix = false): void => {
    if (typeof value !== 'string') return;
    const match = text.exec(value);
    const [, method, path = ''] = match ?? [];
    if (!match) return;
    const { start, end } = span;
    if (!asPrefix) found.push({ start, end, method, path, isAsked });
    if (path !== '/' && (asPrefix || path.endsWith('/')))
      found.push({ start, end, method, path: `${path.replace(/\/$/, '')}/*`, isAsked });
  };
  const visit = (node: unknown, isAsked: boolean): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, isAsked);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const expression = node as Expression;
    switch (expression.kind) {
      case 'literal': {
        if (expression.type !== 'regex') add(expression.value, expression, isAsked);
        else {
          const written = String(expression.value);
          const pattern = readPathPattern(written.slice(1, written.lastIndexOf('/')));
          const path = pattern && pathOfPattern(pattern);
          if (path !== undefined) found.push({ ...spanOf(expression), method: undefined, path, isAsked: true });
        }
        return;
      }
      case 'binary':
        visit(expression.left, true);
        visit(expression.right, true);
        return;
      case 'call': {
        const { callee, args } = expression;
        const [first] = args;
        if (callee.kind === 'member' && callee.property === 'startsWith' && first?.kind === 'literal') {
          add(first.value, first, true, true);
          visit(callee, false);
          return;
        }
        break;
      }
      case 'object':
        for (const property of expression.properties) if (property.kind !== 'spread') add(property.key, property, true);
        break;
      default:
        break;
    }
    for (const [key, value] of Object.entries(node)) if (typeof value === 'object') visit(value, key === 'test');
  };
  visit(facts.body, false);
  for (const { parameters, body } of facts.functions) visit([parameters, body], false);
  visit(facts.classes, false);
  return found;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
