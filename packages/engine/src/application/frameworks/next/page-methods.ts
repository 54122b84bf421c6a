import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import type { ExternalValue, Origin, Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { fork, type ChainState } from '../../chain.js';
import { isAnswered } from '../../reach.js';

const asked: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** A method that no handler asks for by name: what it is answered is what every other one is answered as well. */
const unnamed = 'LINK';

/** What a handler does with a request of one method. */
export interface Attempt {
  readonly request: ExternalValue;
  readonly response: ExternalValue;
  readonly outcome: Outcome;
}

/**
 * The methods that a handler answers, told by what it does for each of them: `switch (req.method)`. What takes any
 * method, or does not say, is `ALL`, without an attempt of its own.
 */
export function methodsOf(
  handler: Value,
  start: ChainState,
  origin: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): ReadonlyMap<string, Attempt | undefined> {
  const attempt = (method: string): Attempt => attemptWith(method, handler, start, origin, interpreter);
  const other = attempt(unnamed).outcome;
  const others = signatureOf(other);
  const methods = new Map<string, Attempt | undefined>();
  for (const method of asked) {
    const tried = attempt(method);
    if (signatureOf(tried.outcome) !== others && isAnswered(tried.outcome, semantics)) methods.set(method, tried);
  }
  if (methods.size === 0 || isAnswered(other, semantics)) methods.set('ALL', undefined);
  return methods;
}

/** Follows a handler with a request of this method, or of any for `ALL`, behind what stands in front of it. */
export function attemptWith(
  method: string,
  handler: Value,
  state: ChainState,
  origin: Origin,
  interpreter: Interpreter,
): Attempt {
  const request = fork(state.request);
  const response = fork(state.response);
  if (method !== 'ALL') request.properties.set('method', { kind: 'literal', value: method, origin });
  const outcome = interpreter.follow(handler, { kind: 'undefined' }, [request, response], origin, state.proofs);
  return { request, response, outcome };
}

/** What happens, and where. */
function signatureOf({ events }: Outcome): string {
  return events.map(({ call }) => `${call.path} ${call.origin.file.path} ${String(call.origin.span.start)}`).join('\n');
}
