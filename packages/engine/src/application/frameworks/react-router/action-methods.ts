import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { optionsOf, textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { fork, type ChainState } from '../../chain.js';
import { valueAt } from '../../where-of.js';
import type { RouteArguments } from './react-router-shape.js';

/** What an action answers: everything but `GET` and `HEAD`. */
const asked: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

interface FollowedAction {
  readonly method: string;
  readonly request: ExternalValue;
  readonly outcome: Outcome;
}

/** An action by the methods that it tells apart, `switch (request.method)`; where it does not, by the one that forms send. */
export function followAction(
  action: Value,
  argumentsFor: RouteArguments,
  state: ChainState,
  site: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): readonly FollowedAction[] {
  const follow = (method: string, isTold: boolean): FollowedAction => {
    const request = fork(state.request);
    if (isTold) request.properties.set('method', { kind: 'literal', value: method, origin: site });
    const args = [argumentsFor(request)];
    const outcome = interpreter.follow(action, { kind: 'undefined' }, args, site, state.proofs);
    return { method, request, outcome };
  };
  const plain = follow('POST', false);
  // Who has never looked at the method does the same for each of them.
  if (![...plain.request.knownMembers()].some(([name]) => name === 'method')) return [plain];
  const told = asked.map((method) => follow(method, true));
  const answered = told.filter(({ outcome }) => isAnswered(outcome, semantics));
  const kinds = new Set(answered.map(({ outcome }) => signatureOf(outcome)));
  if (answered.length === 0) return [plain];
  return answered.length === told.length && kinds.size === 1 ? answered.slice(0, 1) : answered;
}

/** Whether it comes to an end on some way that is no error: to be sent elsewhere is what follows a change. */
function isAnswered({ value, flow }: Outcome, { catalog }: CatalogSemantics): boolean {
  const isError = (given: Value): boolean => {
    const status = given.kind === 'external' ? catalog.find(given.at)?.answers?.status : undefined;
    const code = given.kind === 'external' && status ? textOf(valueAt(given, status)) : undefined;
    return code !== undefined && Number(code) >= 400;
  };
  return flow !== undefined && optionsOf(value).some((option) => !isError(option.value));
}

/** What happens, what is given back, and where. */
function signatureOf({ events, value }: Outcome): string {
  const calls = events.map(({ call }) => `${call.path} ${call.origin.file.path} ${String(call.origin.span.start)}`);
  const given = optionsOf(value).map((option) =>
    'origin' in option.value ? String(option.value.origin.span.start) : option.value.kind,
  );
  return [...calls, ...given].join('\n');
}
