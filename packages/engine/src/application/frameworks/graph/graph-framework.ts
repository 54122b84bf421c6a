import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { externalValue, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import { Chain } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { collectGraphOperations, isGraphServer, resolverArguments } from './graph-routes.js';

/** Operations of graph servers whose resolvers stand in maps. */
export const graphFramework: Framework = {
  packages: [],

  keeps: isGraphServer,

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { startup, interpreter, semantics } = program;
    for (const { method, name, resolver, map, context } of collectGraphOperations(startup)) {
      if (resolver.kind !== 'function') continue;
      const origin = { file: resolver.file, span: resolver.facts };
      const chain = new Chain(interpreter, semantics, origin);
      const request = externalValue('express#Request', origin);
      const made = context && contextFor(context, request, origin, interpreter);
      const proofs = made?.flow?.proofs ?? [];
      const args = resolverArguments(request, made?.value);
      yield {
        method,
        path: name,
        place: placeOf(origin),
        handler: placeOf(origin),
        router: placeOf(map),
        framework: 'graphql',
        state: { ...chain.start, proofs },
        outcome: interpreter.follow(resolver, { kind: 'undefined' }, args, origin, proofs),
        answersByReturn: true,
      };
    }
  },
};

/** What the server's `context` gives for a request; where it throws, no resolver is reached. */
function contextFor(
  context: Value,
  request: ExternalValue,
  origin: Origin,
  interpreter: Interpreter,
): Outcome | undefined {
  if (context.kind !== 'function') return undefined;
  const properties = new Map([
    ['req', request],
    ['request', request],
  ]);
  const given: Value = { kind: 'object', properties, spread: [], origin };
  return interpreter.follow(context, { kind: 'undefined' }, [given], origin, []);
}
