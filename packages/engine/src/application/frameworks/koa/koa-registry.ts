import { isPath, pathsIn } from '../path-values.js';
import { limits } from '../../../limits.js';
import { koaApplications, koaRegistering, koaRouters } from '../../../catalog/frameworks/koa.js';
import {
  Notes,
  optionsOf,
  propertyOf,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { nestedItems } from '../../nested-items.js';

/** One registration of a router: https://github.com/koajs/router, lib/layer.ts. */
export interface Layer {
  /** `undefined` for middlewares, which run only in front of a route of the same router. */
  readonly methods: readonly string[] | undefined;
  readonly path: string;
  /** Whether it is for this path alone, and not for what stands below it. */
  readonly ends: boolean;
  readonly values: readonly Value[];
  readonly origin: Origin;
  readonly router: ExternalValue;
  /** Callbacks of `router.param`, those of routers around it as well. */
  readonly parameters: readonly ReadonlyMap<string, Value>[];
}

interface StartedRouter {
  prefix: string;
  layers: Layer[];
  readonly parameters: Map<string, Value>;
}

const startedRouters = new Notes<StartedRouter>();
const startedApplications = new Notes<Value[]>();

/** Does at start-up what routers and applications do: nesting copies what the other router holds at that moment. */
export class KoaRegistry {
  /** Routers and applications that another one holds. */
  readonly #nested = new Set<ExternalValue>();
  /** Applications with middlewares, those as well that a function nobody calls is handed. */
  readonly applications = new Set<ExternalValue>();

  isNested(router: ExternalValue): boolean {
    return this.#nested.has(router);
  }

  /** The middlewares of an application in their order. */
  middlewaresOf(application: ExternalValue): readonly Value[] {
    return startedApplications.get(application) ?? [];
  }

  layersOf(router: ExternalValue): readonly Layer[] {
    return startedRouters.get(router)?.layers ?? [];
  }

  register(call: ExternalValue): void {
    const { receiver, path, run } = call;
    if (path === 'koa-mount#()') {
      for (const arg of call.call?.args ?? []) if (arg.kind === 'external') this.#nested.add(arg);
      return;
    }
    // What a request does to an application is done while nobody registers any more.
    if (receiver?.kind !== 'external' || receiver.run !== run) return;
    const name = path.slice(path.lastIndexOf('.') + 1, -2);
    const args = call.call?.args ?? [];
    if (koaApplications.has(receiver.path) && name === 'use') {
      this.applications.add(receiver);
      const middlewares = startedApplications.get(receiver) ?? [];
      if (middlewares.length === 0) startedApplications.set(receiver, middlewares);
      if (middlewares.length < limits.stackLayers) middlewares.push(...args);
    } else if (koaRouters.has(receiver.path) && koaRegistering.has(name))
      this.#register(startedAt(receiver), receiver, name, args, call.origin);
  }

  #register(router: StartedRouter, on: ExternalValue, name: string, args: readonly Value[], origin: Origin): void {
    const add = (
      methods: readonly string[] | undefined,
      path: string,
      ends: boolean,
      values: readonly Value[],
    ): void => {
      if (values.length === 0 || router.layers.length >= limits.stackLayers) return;
      const whole = prefixed(router.prefix, path);
      const parameters = [router.parameters];
      router.layers.push({ methods, path: whole, ends, values, origin, router: on, parameters });
    };
    const [first, second] = args;
    if (name === 'use') this.#use(router, on, args, add);
    else if (name === 'prefix') {
      const prefix = (textOf(first) ?? '*').replace(/\/$/, '');
      const before = router.prefix;
      router.prefix = prefix;
      router.layers = router.layers.map((layer) => {
        const own = before !== '' && layer.path.startsWith(before) ? layer.path.slice(before.length) : layer.path;
        return { ...layer, path: prefixed(prefix, own) };
      });
    } else if (name === 'param') {
      const parameter = textOf(first);
      if (parameter !== undefined && second) router.parameters.set(parameter, second);
    } else if (name === 'register') {
      const methods = second ? [...nestedItems(second)].flatMap((item) => textOf(item)?.toUpperCase() ?? []) : [];
      const values = args.slice(2).flatMap((value) => [...nestedItems(value)]);
      for (const path of pathsOf(first)) add(methods, path, true, values);
    } else if (name !== 'redirect') {
      // A route may have a name in front of its path.
      const isNamed = second !== undefined && isPath(second) && args.length > 2;
      const method = name === 'all' ? 'ALL' : name === 'del' ? 'DELETE' : name.toUpperCase();
      const [path, values] = isNamed ? [second, args.slice(2)] : [first, args.slice(1)];
      for (const text of pathsOf(path)) add([method], text, true, values);
    }
  }

  #use(
    router: StartedRouter,
    on: ExternalValue,
    args: readonly Value[],
    add: (methods: undefined, path: string, ends: boolean, values: readonly Value[]) => void,
  ): void {
    const [first] = args;
    const isPathed = first !== undefined && isPath(first);
    const values = (isPathed ? args.slice(1) : args).flatMap((value) => [...nestedItems(value)]);
    for (const path of isPathed ? pathsOf(first) : [''])
      for (const value of values) {
        const inner = optionsOf(value).flatMap((option) => routerOf(option.value) ?? []);
        for (const nested of inner) this.#nest(router, nested, path);
        // The root is that path alone, unless the router is of the old name.
        if (inner.length === 0) add(undefined, path, path === '/' && on.path.startsWith('@koa/'), [value]);
      }
  }

  #nest(into: StartedRouter, router: ExternalValue, path: string): void {
    this.#nested.add(router);
    for (const layer of [...startedAt(router).layers]) {
      if (into.layers.length >= limits.stackLayers) return;
      const whole = prefixed(into.prefix, prefixed(path, layer.path));
      into.layers.push({ ...layer, path: whole, parameters: [...layer.parameters, into.parameters] });
    }
  }
}

function startedAt(router: ExternalValue): StartedRouter {
  const known = startedRouters.get(router);
  if (known) return known;
  const prefix = (textOf(propertyOf(router.call?.args[0], 'prefix')) ?? '').replace(/\/$/, '');
  const begun: StartedRouter = { prefix, layers: [], parameters: new Map() };
  startedRouters.set(router, begun);
  return begun;
}

/** The router whose `routes()` a middleware is. */
export function routerOf(value: Value): ExternalValue | undefined {
  if (value.kind !== 'external') return undefined;
  if (koaRouters.has(value.path)) return value;
  const { receiver, path } = value;
  const isRoutes = path.endsWith('.routes()') || path.endsWith('.middleware()');
  return isRoutes && receiver?.kind === 'external' && koaRouters.has(receiver.path) ? receiver : undefined;
}

/** Whether only the last of several routes for one path is run, and no middleware of the router. */
export function isExclusive(router: ExternalValue): boolean {
  const option = propertyOf(router.call?.args[0], 'exclusive');
  return option?.kind === 'literal' && option.value === true;
}

function prefixed(prefix: string, path: string): string {
  if (prefix === '' || prefix === '/') return path;
  return path === '/' ? prefix : prefix + (path === '' || path.startsWith('/') ? '' : '/') + path;
}

/** `(.*)` of older path expressions is the star of a tail. */
function pathsOf(value: Value | undefined): readonly string[] {
  return pathsIn(value).map((path) => (path === '*' ? '/*' : path.replace(/\/?\(\.\*\)/g, '/*')));
}
