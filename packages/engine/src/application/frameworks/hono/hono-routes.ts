import { limits } from '../../../limits.js';
import type { Place } from '../../../finding/place.js';
import { textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import { Chain, weightOf, type Calling, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import type { Visit } from '../../visit.js';
import { covers, overlaps, patternsOf, shownPath, type Pattern } from './hono-paths.js';
import type { Registration } from './hono-registry.js';
import { contextOf } from './hono-shape.js';

/** A layer goes on by calling `next`; whatever it returns is the answer. */
export const honoCalling: Calling = {
  handed: (request, _response, next) => [contextOf(request), next],
  takesErrors: () => false,
  handedOn: () => [],
};

/** A route before its handler is followed. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  readonly origin: Origin;
  readonly handler: Value;
  readonly router: Place;
  readonly state: ChainState;
}

/** A registration with the ways of writing its path. */
interface Layer extends Registration {
  readonly patterns: readonly Pattern[];
  readonly handlers: readonly Value[];
}

/** Runs the layers of one application in front of its routes. */
export class HonoRoutes {
  /** Runs what stands in a combination: there, `true` goes on as well. */
  readonly #conditions: Chain;

  constructor(
    readonly chain: Chain,
    origin: Origin,
    readonly strict: boolean,
  ) {
    const { interpreter, semantics } = chain;
    this.#conditions = new Chain(interpreter, semantics, origin, {
      ...honoCalling,
      handedOn: ({ value, flow }) => {
        const gained = flow && mayBeYes(value) ? interpreter.refine(value, true) : undefined;
        return flow && gained ? [{ ...flow, proofs: [...new Set([...flow.proofs, ...gained])] }] : [];
      },
    });
  }

  /** The routes in the order of registration, each behind what every request for it runs through. */
  *collect(registrations: readonly Registration[]): Iterable<FoundRoute> {
    const layers = registrations.map((registration): Layer => ({
      ...registration,
      patterns: patternsOf(registration.path, this.strict),
      handlers: registration.values.flatMap((value) => [...nestedItems(value)]),
    }));
    for (const [index, layer] of layers.entries()) {
      const { methods, handlers, origin, application } = layer;
      if (!methods) continue;
      // A function that takes no `next` answers: what stands behind it is never reached.
      const last = handlers.findIndex(answers);
      const handler = last >= 0 ? handlers[last] : handlers.at(-1);
      if (!handler || this.#isGuard(handler)) continue;
      const before = handlers.slice(0, last >= 0 ? last : -1);
      for (const method of methods) {
        const path = shownPath(layer.path);
        const visit: Visit = { method, path, base: '', inRoute: true, exactCase: true, asSent: 'url' };
        let state = this.chain.start;
        for (const earlier of layers.slice(0, index))
          if (isMet(earlier, layer, method)) state = this.#through(state, passing(earlier), layer, visit);
        state = this.#through(state, before, layer, visit);
        yield { method, path, origin, handler, router: placeOf(application.origin), state };
      }
    }
  }

  #isGuard(value: Value): boolean {
    return value.kind === 'external' && (value.path.startsWith('hono/combine#') || this.#guards(value));
  }

  #guards(value: ExternalValue): boolean {
    return this.chain.semantics.guardOf(value)?.proves !== undefined;
  }

  #through(state: ChainState, values: readonly Value[], route: Layer, visit: Visit): ChainState {
    let current = state;
    for (const value of values) current = this.#pass(this.chain, current, value, route, visit, 0);
    return current;
  }

  #pass(chain: Chain, state: ChainState, value: Value, route: Layer, visit: Visit, depth: number): ChainState {
    if (value.kind !== 'external' || !value.path.startsWith('hono/combine#') || depth > limits.combinedGuards)
      return chain.after(state, value, visit);
    const args = (value.call?.args ?? []).flatMap((arg) => [...nestedItems(arg)]);
    const within = (start: ChainState, inner: Value): ChainState =>
      this.#pass(this.#conditions, start, inner, route, visit, depth + 1);
    const all = (start: ChainState, list: readonly Value[]): ChainState => list.reduce(within, start);
    switch (value.path) {
      case 'hono/combine#every()':
        return all(state, args);
      case 'hono/combine#some()':
        return weakest(args.map((arg) => within(state, arg))) ?? state;
      case 'hono/combine#except()': {
        const [conditions, ...guards] = value.call?.args ?? [];
        const listed = conditions ? [...nestedItems(conditions)] : [];
        if (listed.some((condition) => this.#names(condition, route))) return excepted(state, value);
        const asked = listed.filter((condition) => textOf(condition) === undefined);
        return weakest([...asked.map((arg) => within(state, arg)), all(state, guards)]) ?? state;
      }
      default:
        return { ...state, unknown: true };
    }
  }

  /** Whether a path among the exceptions is one that this route answers. */
  #names(condition: Value, { patterns }: Layer): boolean {
    const path = textOf(condition);
    return (
      path !== undefined &&
      patternsOf(path, this.strict).some((exception) => patterns.some((pattern) => overlaps(exception, pattern)))
    );
  }
}

/** Of several ways on, the one that says least; those that nobody takes do not count. */
function weakest(states: readonly ChainState[]): ChainState | undefined {
  const taken = states.filter((state) => !state.closed);
  const unknown = taken.find((state) => state.unknown);
  const [first] = taken;
  if (!first) return states[0];
  const least = taken.reduce((a, b) => (weightOf(a) <= weightOf(b) ? a : b), first);
  return unknown && weightOf(unknown) <= weightOf(least) ? unknown : least;
}

function excepted(state: ChainState, guard: ExternalValue): ChainState {
  const why = 'lists this route among its exceptions';
  return {
    ...state,
    guards: [...state.guards, { name: 'except', place: placeOf(guard.origin), verdict: 'open', why }],
  };
}

/** Whether every request for a route meets an earlier registration. */
function isMet(earlier: Layer, route: Layer, method: string): boolean {
  if (earlier.methods && !earlier.methods.some((verb) => verb === 'ALL' || verb === method)) return false;
  return route.patterns.every((inner) => earlier.patterns.some((outer) => covers(outer, inner)));
}

/** What of a registration a later request may run through: middlewares, and handlers that can hand it on. */
function passing({ methods, handlers }: Layer): readonly Value[] {
  if (!methods) return handlers;
  const last = handlers.findIndex(answers);
  return last >= 0 ? [] : handlers;
}

/** Whether a handler takes no `next`, and so answers. */
function answers(value: Value): boolean {
  return (
    value.kind === 'function' &&
    value.facts.parameters.length < 2 &&
    !value.facts.parameters.some((parameter) => parameter.rest)
  );
}

/** Whether what a condition gives may be `true`, and not an answer. */
function mayBeYes(value: Value): boolean {
  if (value.kind === 'union') return value.options.some((option) => mayBeYes(option.value));
  if (value.kind === 'literal') return value.value === true;
  return value.kind === 'external' && !/^(hono#Context\(\)\.|global#Response\b|hono\/combine#)/.test(value.path);
}
