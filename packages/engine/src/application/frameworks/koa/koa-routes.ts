import { limits } from '../../../limits.js';
import { koaApplications } from '../../../catalog/frameworks/koa.js';
import type { Place } from '../../../finding/place.js';
import { optionsOf, textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { Calling, Chain, ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import type { Visit } from '../../visit.js';
import { writtenPaths } from '../../written-paths.js';
import { coversPath, joinPath, segmentsOf, startsWith } from '../route-paths.js';
import { isExclusive, routerOf, type KoaRegistry, type Layer } from './koa-registry.js';
import { contextOf } from './koa-shape.js';

/** A layer goes on by calling `next`; coming to its end is the answer. */
export const koaCalling: Calling = {
  handed: (request, _response, next) => [contextOf(request), next],
  handedParameter: (given, value) => [value, ...given],
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

/** What an application runs through, in its order: a middleware below a path, or a router. */
type Step =
  | { readonly kind: 'middleware'; readonly prefix: string; readonly value: Value }
  | { readonly kind: 'router'; readonly prefix: string; readonly router: ExternalValue };

/** Runs what stands in front of the routes of one application. */
export class KoaRoutes {
  constructor(
    readonly chain: Chain,
    readonly registry: KoaRegistry,
  ) {}

  /** The routes of an application, each behind what its requests run through. */
  *ofApplication(application: ExternalValue): Iterable<FoundRoute> {
    const steps = this.#stepsOf(this.registry.middlewaresOf(application), '', 0);
    for (const [index, step] of steps.entries())
      if (step.kind === 'router') yield* this.#ofRouter(step.router, step.prefix, steps.slice(0, index));
  }

  ofRouter(router: ExternalValue): Iterable<FoundRoute> {
    return this.#ofRouter(router, '', []);
  }

  #stepsOf(values: readonly Value[], prefix: string, depth: number): readonly Step[] {
    if (depth > limits.routerDepth) return [];
    return values
      .flatMap((value) => [...nestedItems(value)])
      .flatMap((value): readonly Step[] => {
        const routers = optionsOf(value).flatMap((option) => routerOf(option.value) ?? []);
        if (routers.length > 0) return routers.map((router) => ({ kind: 'router', prefix, router }));
        if (value.kind !== 'external' || !value.call) return [{ kind: 'middleware', prefix, value }];
        const { args } = value.call;
        if (value.path === 'koa-compose#()') return this.#stepsOf(args, prefix, depth + 1);
        if (value.path === 'koa-mount#()') return this.#mounted(args, prefix, depth);
        return [{ kind: 'middleware', prefix, value }];
      });
  }

  /** `mount('/admin', application)`: of an application as of a middleware. */
  #mounted([first, second]: readonly Value[], prefix: string, depth: number): readonly Step[] {
    const target = second ?? first;
    if (!target) return [];
    const below = second ? joinPath(prefix, textOf(first) ?? '*') : prefix;
    const isApplication = target.kind === 'external' && koaApplications.has(target.path);
    return this.#stepsOf(isApplication ? this.registry.middlewaresOf(target) : [target], below, depth + 1);
  }

  *#ofRouter(router: ExternalValue, prefix: string, before: readonly Step[]): Iterable<FoundRoute> {
    const layers = this.registry.layersOf(router).map((layer) => spelled(layer, prefix));
    for (const [index, route] of layers.entries()) {
      const { methods, values, origin } = route;
      if (!methods) continue;
      const last = values.findIndex(answers);
      const handler = last >= 0 ? values[last] : values.at(-1);
      if (!handler) continue;
      for (const method of methods) {
        const visit: Visit = { method, path: route.path, base: prefix, inRoute: true };
        let state = this.#through(before, route, method);
        const own = isExclusive(router) ? [] : layers.slice(0, index).filter((layer) => isMet(layer, route, method));
        for (const layer of own) state = this.#pass(state, layer, layer.values, visit);
        state = this.#pass(state, route, values.slice(0, last >= 0 ? last : -1), visit);
        yield { method, path: route.path, origin, handler, router: placeOf(route.router.origin), state };
      }
    }
  }

  /** What the application runs in front of the router. */
  #through(steps: readonly Step[], route: Spelled, method: string): ChainState {
    let state = this.chain.start;
    for (const step of steps) {
      const visit: Visit = { method, path: route.path, base: step.prefix };
      if (step.kind === 'middleware') {
        if (route.written.every((path) => startsWith(path, segmentsOf(step.prefix))))
          state = this.chain.after(state, step.value, visit);
        continue;
      }
      // An earlier router runs where it has a route for the request, which then hands it on.
      const layers = this.registry.layersOf(step.router).map((layer) => spelled(layer, step.prefix));
      const met = layers.filter((layer) => isMet(layer, route, method));
      if (!met.some((layer) => layer.methods)) continue;
      for (const layer of met) state = this.#pass(state, layer, layer.values, visit);
    }
    return state;
  }

  #pass(before: ChainState, { path, parameters }: Layer, values: readonly Value[], visit: Visit): ChainState {
    let state = before;
    for (const callbacks of parameters)
      for (const [name, callback] of callbacks)
        if (new RegExp(`:${name}\\b`).test(path)) state = this.chain.afterParameter(state, name, callback, visit);
    for (const value of values) state = this.chain.after(state, value, visit);
    return state;
  }
}

/** A layer with the ways of writing its path, in segments. */
interface Spelled extends Layer {
  readonly written: readonly (readonly string[])[];
}

function spelled(layer: Layer, prefix: string): Spelled {
  const path = joinPath(prefix, layer.path);
  return { ...layer, path, written: writtenPaths(path).map(segmentsOf) };
}

/** Whether every request for a route meets another layer, which can hand it on. */
function isMet(earlier: Spelled, route: Spelled, method: string): boolean {
  const { methods, values } = earlier;
  if (methods && !methods.some((verb) => verb === 'ALL' || verb === method || (verb === 'GET' && method === 'HEAD')))
    return false;
  if (methods && values.some(answers)) return false;
  const covers = earlier.ends ? coversPath : startsWith;
  return route.written.every((path) => earlier.written.some((outer) => covers(path, outer)));
}

/** Whether a handler takes no `next`, and so answers. */
function answers(value: Value): boolean {
  return (
    value.kind === 'function' &&
    value.facts.parameters.length < 2 &&
    !value.facts.parameters.some((parameter) => parameter.rest)
  );
}
