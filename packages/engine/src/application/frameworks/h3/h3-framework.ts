import { h3Application, h3Router } from '../../../catalog/frameworks/h3.js';
import type { Place } from '../../../finding/place.js';
import { textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import { Chain, fork, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import { beforeHandler } from '../../unread-handler.js';
import { registrationPlace } from '../../registration-place.js';
import type { Visit } from '../../visit.js';
import { wholeOf } from '../exported-values.js';
import { joinPath } from '../route-paths.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { answers, behindHooks, h3Calling, handlerOf, hookCalling, passed, type Chains } from './h3-handler.js';
import { eventOf, H3Shape, nitroRoots } from './h3-shape.js';
import { nitroFiles } from './nitro-files.js';

/** A handler where it is registered, and what its requests have been through. */
interface Found {
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly router: Place;
  readonly value: Value;
  readonly state: ChainState;
  readonly visit: Visit;
  readonly origin: Origin;
}

/** A middleware below the letters that a path begins with: `/admin` is in front of `/administrator` as well. */
interface Layer {
  readonly prefix: string;
  readonly value: Value;
}

/** Applications and routers of h3, and the files that Nitro and Nuxt make routes of. */
export class H3Framework implements Framework {
  readonly packages = ['h3', 'nitropack', 'nuxt', 'nitro'];
  readonly shape = new H3Shape();

  keeps(path: string): boolean {
    return path === h3Application || path === h3Router;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const applications = [...new Set(program.startup)].filter((call) => call.path === h3Application);
    for (const application of applications) yield* this.#ofApplication(application, program);
    for (const root of nitroRoots(program.interpreter.files.keys())) yield* this.#ofFiles(root, program);
  }

  *#ofApplication(application: ExternalValue, program: FollowedProgram): Iterable<FollowedRoute> {
    const chains = chainsOf(program, application.origin);
    const layers: Layer[] = [];
    const through = (method: string, path: string): { state: ChainState; visit: (base: string) => Visit } => {
      const visit = (base: string): Visit => ({ method, path, base, exactCase: true, asSent: 'url' });
      let state = chains.layers.start;
      for (const { prefix, value } of layers)
        if (path.startsWith(prefix)) state = passed(chains, state, value, visit(prefix));
      return { state, visit };
    };
    for (const { call, origin } of this.shape.registrations.get(application) ?? []) {
      const [first, second] = call?.args ?? [];
      const text = textOf(first);
      const prefix = text === undefined || text === '/' ? '' : text;
      const given = text === undefined ? first : second;
      for (const value of given ? nestedItems(given) : []) {
        const mounted = routerIn(value);
        if (mounted) {
          const base = joinPath(prefix, mounted.base);
          for (const route of routesOf(this.shape.registrations.get(mounted.router) ?? [])) {
            const path = joinPath(base, route.path);
            const { state, visit } = through(route.method, path);
            const place = registrationPlace(route.origin);
            const router = placeOf(mounted.router.origin);
            const found = { ...route, path, place, router, state, visit: visit(base) };
            yield follow(found, chains, program);
          }
          continue;
        }
        // What answers below a path is a route, and a guard of others where it does not.
        if (text !== undefined) {
          const { state, visit } = through('ALL', text);
          const place = registrationPlace(origin);
          const router = placeOf(application.origin);
          const found = { method: 'ALL', path: text, place, router, value, state, visit: visit(prefix), origin };
          const route = follow(found, chains, program);
          if (answers(route.outcome, program.semantics)) yield route;
        }
        layers.push({ prefix, value });
      }
    }
  }

  /** `server/api/users/[id].get.ts`: https://nitro.build/guide/routing. */
  *#ofFiles(root: string, program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter } = program;
    const { middlewares, routes } = nitroFiles(root, [...interpreter.files.keys()]);
    const defaultOf = (path: string): Value | undefined => {
      const record = interpreter.module(path);
      const value = record && interpreter.exported(record, 'default');
      return value && this.shape.handlers.has(value) ? value : undefined;
    };
    const layers = middlewares.flatMap((path) => defaultOf(path) ?? []);
    let chains: Chains | undefined;
    for (const { file, method, path } of routes) {
      const value = defaultOf(file);
      const facts = interpreter.files.get(file);
      if (!value || !facts) continue;
      const origin = wholeOf(facts);
      chains ??= chainsOf(program, origin);
      const visit: Visit = { method, path, base: '', exactCase: true, asSent: 'url' };
      let state = chains.layers.start;
      for (const layer of layers) state = passed(chains, state, layer, visit);
      const { handler } = handlerOf(value);
      const made = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
      const place = placeOf(made);
      yield follow({ method, path, place, router: placeOf(origin), value, state, visit, origin }, chains, program);
    }
  }
}

function chainsOf({ interpreter, semantics }: FollowedProgram, origin: Origin): Chains {
  return {
    layers: new Chain(interpreter, semantics, origin, h3Calling(semantics)),
    hooks: new Chain(interpreter, semantics, origin, hookCalling),
  };
}

function follow(found: Found, chains: Chains, { interpreter, semantics }: FollowedProgram): FollowedRoute {
  const { method, path, place, router, value, visit, origin } = found;
  const { hooks, handler } = handlerOf(value);
  const state = behindHooks(chains, found.state, hooks, visit);
  const request = fork(state.request);
  const from = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
  const outcome = interpreter.follow(handler, { kind: 'undefined' }, [eventOf(request)], from, state.proofs);
  return {
    method,
    path,
    place,
    handler: handler.kind === 'function' ? placeOf(from) : place,
    router,
    framework: 'h3',
    state: { ...beforeHandler(state, handler, semantics), request },
    outcome,
    answersByReturn: true,
  };
}

/** `app.use(router)`, `app.use('/api', useBase('/api', router.handler))` */
function routerIn(value: Value, base = ''): { readonly router: ExternalValue; readonly base: string } | undefined {
  if (value.kind !== 'external') return undefined;
  if (value.path === h3Router) return { router: value, base };
  if (value.path === `${h3Router}.handler` && value.receiver) return routerIn(value.receiver, base);
  // The path is that of `use` already, which cuts it off as well.
  return value.path === 'h3#useBase()' && value.call?.args[1] ? routerIn(value.call.args[1], base) : undefined;
}

/** The routes of a router: one of them answers, whatever their order. */
function routesOf(
  calls: readonly ExternalValue[],
): readonly { readonly method: string; readonly path: string; readonly value: Value; readonly origin: Origin }[] {
  return calls.flatMap(({ path: called, call, origin }) => {
    const name = called.slice(called.lastIndexOf('.') + 1, -2);
    const [first, value, last] = call?.args ?? [];
    const path = textOf(first);
    if (path === undefined || !value) return [];
    const named = last ? [...nestedItems(last)].flatMap((item) => textOf(item)?.toUpperCase() ?? []) : [];
    const methods = name === 'use' || name === 'add' ? (named.length > 0 ? named : ['ALL']) : [name.toUpperCase()];
    return methods.map((method) => ({ method, path, value, origin }));
  });
}
