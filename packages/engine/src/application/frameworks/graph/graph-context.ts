import type { Interpreter } from '../../../program/interpreter.js';
import type { Proof } from '../../../program/proof.js';
import { memberOf, unknownValue, type ExternalValue, type ObjectValue, type Value } from '../../../program/value.js';
import { fork, type ChainState } from '../../chain.js';
import type { ServedSchema } from './graph-schemas.js';

/** Where a request keeps what resolvers know as their context. */
const contextName = 'graphContext';

export function contextIn(request: ExternalValue): Value {
  return request.findProperty(contextName) ?? unknownValue;
}

/** What a resolver is called with: parent, arguments, context, information. */
export function resolverArguments(request: ExternalValue): readonly Value[] {
  return [unknownValue, memberOf(request, 'args'), contextIn(request), unknownValue];
}

/** The same in one object: https://typegraphql.com/docs/middlewares.html */
export function resolverData(request: ExternalValue): ObjectValue {
  const [root = unknownValue, args = unknownValue, context = unknownValue, info = unknownValue] =
    resolverArguments(request);
  const properties = new Map([
    ['root', root],
    ['args', args],
    ['context', context],
    ['info', info],
  ]);
  return { kind: 'object', properties, spread: [], origin: request.origin };
}

/** The state in front of an operation, with a context of its own: what a layer writes to it is there for this one alone. */
export function withContext(
  start: ChainState,
  served: Pick<ServedSchema, 'context' | 'contextTakesRequest'>,
  interpreter: Interpreter,
): ChainState {
  const request = fork(start.request);
  const made = contextFor(request, served, interpreter);
  // Where nobody says what makes it, what it says of the caller is what a guard would have attached.
  const context = made?.value ?? {
    kind: 'object',
    properties: requestIn(request),
    spread: [request],
    origin: request.origin,
  };
  request.properties.set(contextName, context);
  return { ...start, request, proofs: made?.proofs ?? [] };
}

/** What the server's `context` gives for a request; where it throws, no resolver is reached. */
function contextFor(
  request: ExternalValue,
  { context, contextTakesRequest }: Pick<ServedSchema, 'context' | 'contextTakesRequest'>,
  interpreter: Interpreter,
): { readonly value: Value; readonly proofs: readonly Proof[] } | undefined {
  if (context?.kind !== 'function') return undefined;
  const { origin } = request;
  const given: Value = contextTakesRequest
    ? request
    : { kind: 'object', properties: requestIn(request), spread: [], origin };
  const { value, flow } = interpreter.follow(context, { kind: 'undefined' }, [given], origin, []);
  return { value, proofs: flow?.proofs ?? [] };
}

function requestIn(request: ExternalValue): Map<string, Value> {
  return new Map([
    ['req', request],
    ['request', request],
  ]);
}
