import {
  propertyOf,
  unknownValue,
  type ExternalValue,
  type NativeValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { graphTypes } from '../../../catalog/frameworks/graphql.js';
import { shieldTree } from '../../../catalog/authorization/graphql-shield.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { nameOfPath } from '../../../program/name-of-path.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, undecided, weakerOf, type Calling, type ChainState } from '../../chain.js';
import { behindQuestion } from '../../decision.js';
import { placeOf } from '../../place-of.js';
import { resolverArguments, resolverData } from './graph-context.js';
import type { GraphTypes } from './graph-types.js';
import { ShieldRules } from './shield-rules.js';

/** Functions in front of a resolver, which call it: https://github.com/dimatill/graphql-middleware */
const middlewareCalling: Calling = {
  handed: (request, _response, next) => [goingOn(next), ...resolverArguments(request)],
  takesErrors: () => false,
  handedOn: () => [],
  goesOn: 'calls the resolver',
};

/** Those of type-graphql: https://typegraphql.com/docs/middlewares.html */
const classCalling: Calling = {
  handed: (request, _response, next) => [resolverData(request), goingOn(next)],
  takesErrors: () => false,
  handedOn: () => [],
};

/** What a layer hands on is for the resolver, and no error. */
function goingOn(next: NativeValue): NativeValue {
  return { kind: 'native', name: 'next', call: (_args, site) => next.call([], site) };
}

/** What stands in front of the resolvers of a graph. */
export class GraphLayers {
  readonly #middlewares: Chain;
  readonly #classMiddlewares: Chain;
  readonly #rules: ShieldRules;

  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    origin: Origin,
  ) {
    this.#middlewares = new Chain(interpreter, semantics, origin, middlewareCalling);
    this.#classMiddlewares = new Chain(interpreter, semantics, origin, classCalling);
    this.#rules = new ShieldRules(interpreter, semantics);
  }

  /** The state behind what nobody can look into. */
  behindUnknown(state: ChainState, value: Value): ChainState {
    const origin = 'origin' in value ? value.origin : state.request.origin;
    const name = value.kind === 'external' ? nameOfPath(value.path) : 'guard';
    return undecided(state, name, placeOf(origin), 'cannot be followed');
  }

  /** The state behind a middleware of a schema: a function for all fields, or a map of types and fields. */
  behindMiddleware(
    state: ChainState,
    value: Value,
    method: string,
    field: string,
    types: GraphTypes | undefined,
  ): ChainState {
    const type = graphTypes.get(method) ?? method;
    if (value.kind === 'external' && value.path === shieldTree)
      return this.#rules.behindTree(state, value, type, field, types);
    if (value.kind === 'union') {
      const states = value.options.map((option) => this.behindMiddleware(state, option.value, method, field, types));
      return states.reduce(weakerOf, states[0] ?? state);
    }
    if (value.kind !== 'object') return this.#middlewares.after(state, value);
    const inner = stepInto(value, type);
    const own = inner?.kind === 'object' ? stepInto(inner, field) : inner;
    // `{ fragment, resolve }`
    const layer = own?.kind === 'object' ? propertyOf(own, 'resolve') : own;
    return layer ? this.#middlewares.after(state, layer) : state;
  }

  /** The state behind a middleware of an operation that is a method: a function, or a class with `use`. */
  behindClassMiddleware(state: ChainState, value: Value): ChainState {
    const layer = value.kind === 'class' ? this.interpreter.singleton(value) : value;
    return this.#classMiddlewares.after(state, layer);
  }

  /** The state behind `authChecker`: a function, or a class with `check`, that is asked whether the caller has a role. */
  behindAuthChecker(state: ChainState, checker: Value, roles: Value): ChainState {
    const { interpreter, semantics } = this;
    if (checker.kind === 'union') {
      const states = checker.options.map((option) => this.behindAuthChecker(state, option.value, roles));
      return states.reduce(weakerOf, states[0] ?? state);
    }
    const instance = checker.kind === 'class' ? interpreter.singleton(checker) : undefined;
    const ask = instance ? interpreter.methodOf(instance, 'check')?.value : checker;
    if (ask?.kind !== 'function') return this.behindUnknown(state, checker);
    const name = (checker.kind === 'class' ? checker.facts.name : ask.facts.name) ?? 'authChecker';
    const handed = (request: ExternalValue): readonly Value[] => [resolverData(request), roles];
    return behindQuestion(
      state,
      { ask, ...(instance ? { self: instance } : {}), name, handed },
      interpreter,
      semantics,
    );
  }
}

/** A property of a map; where the map holds more than is known, nobody knows whether it has it. */
function stepInto(map: ObjectValue, name: string): Value | undefined {
  return map.properties.get(name) ?? (map.spread.length > 0 ? unknownValue : undefined);
}
