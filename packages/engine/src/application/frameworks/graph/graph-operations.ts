import { graphMerging, graphTypes } from '../../../catalog/frameworks/graphql.js';
import { typeGraphSchema } from '../../../catalog/frameworks/type-graphql.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { optionsOf, propertyOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { collectClassOperations } from './class-operations.js';
import { resolverArguments } from './graph-context.js';
import type { GraphLayers } from './graph-layers.js';

/** A field of `Query`, `Mutation` or `Subscription` with its resolver. */
export interface GraphOperation {
  readonly method: string;
  readonly name: string;
  readonly origin: Origin;
  readonly handler: Origin;
  /** The object or the class that holds it. */
  readonly router: Origin;
  /** The state behind what stands in front of it by itself, where anything does. */
  readonly behind?: (state: ChainState, layers: GraphLayers) => ChainState;
  readonly follow: (state: ChainState) => Outcome;
}

/** Operations of a schema, by the call whose options name its resolvers. */
export function collectOperations(made: ExternalValue, interpreter: Interpreter): readonly GraphOperation[] {
  if (typeGraphSchema.test(made.path)) return collectClassOperations(made, interpreter);
  const found = new Map<string, GraphOperation>();
  for (const options of made.call?.args[0] ? nestedItems(made.call.args[0]) : []) {
    const resolvers = propertyOf(options, 'resolvers');
    for (const map of resolvers ? mapsIn(resolvers) : []) {
      if (map.kind === 'external')
        for (const operation of collectClassOperations(map, interpreter)) found.set(titleOf(operation), operation);
      else for (const operation of operationsOfMap(map, interpreter)) found.set(titleOf(operation), operation);
    }
  }
  return [...found.values()];
}

function titleOf({ method, name }: GraphOperation): string {
  return `${method} ${name}`;
}

/** Maps of resolvers in lists and merged ones, and calls that make maps of classes. */
function* mapsIn(value: Value): Iterable<Value> {
  for (const item of nestedItems(value)) {
    if (item.kind !== 'external') yield item;
    else if (graphMerging.test(item.path)) for (const arg of item.call?.args ?? []) yield* mapsIn(arg);
    else if (item.receiver?.kind === 'external' && typeGraphSchema.test(item.receiver.path)) yield item.receiver;
  }
}

function* operationsOfMap(map: Value, interpreter: Interpreter): Iterable<GraphOperation> {
  for (const [method, type] of graphTypes) {
    const fields = propertyOf(map, type);
    if (fields?.kind !== 'object') continue;
    for (const [name, field] of fields.properties) {
      const resolver = resolverOf(field, method);
      if (resolver?.kind !== 'function') continue;
      const origin: Origin = { file: resolver.file, span: resolver.facts };
      yield {
        method,
        name,
        origin,
        handler: origin,
        router: fields.origin,
        follow: ({ request, proofs }) =>
          interpreter.follow(resolver, { kind: 'undefined' }, resolverArguments(request), origin, proofs),
      };
    }
  }
}

/** `{ subscribe }` of a subscription, `{ resolve }` of another one. */
function resolverOf(field: Value, method: string): Value | undefined {
  if (field.kind !== 'object') return optionsOf(field)[0]?.value;
  return propertyOf(field, method === 'SUBSCRIPTION' ? 'subscribe' : 'resolve');
}
