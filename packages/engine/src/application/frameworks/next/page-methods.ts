import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import type { Origin, Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { fork, type ChainState } from '../../chain.js';
import { isAnswered } from '../../reach.js';

const asked: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** A method that no handler asks for by name: what it is answered is what every other one is answered as well. */
const unnamed = 'LINK';

/**
 * The methods that a handler answers, told by what it does for each of them: `switch (req.method)`. What takes any
 * method, or does not say, is `ALL`.
 */
export function methodsOf(
  handler: Value,
  start: ChainState,
  origin: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): readonly string[] {
  const outcomeOf = (method: string): Outcome => {
    const request = fork(start.request);
    const value: Value = { kind: 'literal', value: method, origin };
    request.properties.set('method', value);
    return interpreter.follow(handler, { kind: 'undefined' }, [request, fork(start.response)], origin, []);
  };
  const other = outcomeOf(unnamed);
  const others = signatureOf(other);
  const named = asked.filter((method) => {
    const outcome = outcomeOf(method);
    return signatureOf(outcome) !== others && isAnswered(outcome, semantics);
  });
  return named.length === 0 || isAnswered(other, semantics) ? [...named, 'ALL'] : named;
}

/** What happens, and where. */
function signatureOf({ events }: Outcome): string {
  return events.map(({ call }) => `${call.path} ${call.origin.file.path} ${String(call.origin.span.start)}`).join('\n');
}
