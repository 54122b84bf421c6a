import type { Expression, FunctionFacts } from '../../facts/file-facts.js';
import { visitStatements } from './walk-facts.js';

/** What a function returns, where it returns one thing. */
export function findReturned(fn: FunctionFacts): Expression | undefined {
  const returned: Expression[] = [];
  visitStatements(fn.body ?? [], (statement) => {
    if (statement.kind === 'return' && statement.value) returned.push(statement.value);
  });
  return returned.length === 1 ? returned[0] : undefined;
}
