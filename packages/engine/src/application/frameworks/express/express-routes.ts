import { expressRouters, expressVerbs, promiseRouters } from '../../../catalog/frameworks/express.js';
import type { Place } from '../../../finding/place.js';
import { limits } from '../../../limits.js';
import { optionsOf, textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import { foundBy, shapesOfRegex } from '../../../program/regex-shape.js';
import { arityOf } from '../../arity.js';
import { weakerOf, type Chain, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import { isPath, pathsIn } from '../path-values.js';
import { coversPath, joinPath, segmentsOf, startsWith } from '../route-paths.js';
import { registrationPlace } from '../../registration-place.js';
import { restText, type Visit } from '../../visit.js';
import { writtenPaths } from '../../written-paths.js';

/** A router where it is mounted: `next('router')` leaves it. */
interface Stack {
  readonly router: ExternalValue;
  /** The path in front of it. */
  readonly prefix: string;
  readonly outer: Stack | undefined;
  /** Whether a part of the prefix is not written down. */
  readonly isVague: boolean;
}

/** One registration on a stack: a middleware for everything below a path, or handlers for a method and a path. */
interface Layer {
  readonly path: string;
  readonly methods: readonly string[] | undefined;
  /** Lists taken apart. */
  readonly handlers: readonly Value[];
  /** Callbacks of `router.param` for parameters of the path. */
  readonly parameters: readonly (readonly [name: string, callback: Value])[];
  readonly origin: Origin;
  readonly stack: Stack;
  /** What the layer takes for the beginning of the path: `req.path` is what stands behind it. */
  readonly base: string;
  /** Whether a part of its path is not written down: nobody knows whether a request for another path meets it. */
  readonly isVague: boolean;
  /** A middleware whose path is a regular expression. */
  readonly pattern?: Value;
  /** Handlers of a route that answers HEAD by handlers of its own. */
  readonly ownHead?: boolean;
  /** Each way of writing the path, in segments. */
  readonly written: readonly (readonly string[])[];
  /** What a later request may run through: middlewares, and handlers that can hand a request on. */
  readonly passing: readonly Value[];
}

/** A route before its handler is followed. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly handler: Value;
  /** Where the router or application is made that it is registered on. */
  readonly router: Place;
  readonly state: ChainState;
  /** Whether it is a function below a path, which is a route where it answers with more than a refusal. */
  readonly isMounted?: boolean;
}

function isExpressRouter(value: Value): value is ExternalValue {
  return value.kind === 'external' && value.call !== undefined && expressRouters.has(value.path);
}

/** Routers and applications that no other one mounts: where requests come in. */
export function findExpressRoots(calls: Iterable<ExternalValue>): readonly ExternalValue[] {
  const routers = new Set<ExternalValue>();
  for (const call of calls) if (isExpressRouter(call)) routers.add(call);
  const mounted = new Set<ExternalValue>();
  for (const router of routers) {
    for (const call of router.calls) {
      for (const value of (call.call?.args ?? []).flatMap((arg) => [...flatten(arg)]))
        if (isExpressRouter(value) && value !== router) mounted.add(value);
    }
  }
  const roots = [...routers].filter((router) => !mounted.has(router) && router.calls.length > 0);
  const applications = roots.filter((router) => router.path === 'express#()' || router.path === 'express-ws#().app');
  return applications.length > 0 ? applications : roots;
}

/**
 * The routes of a stack in the order of registration. A request walks one flat list of layers, whichever router they
 * were registered on: so a child's unpathed guard holds for later siblings under the same mount as well.
 */
export function collectExpressRoutes(root: ExternalValue, chain: Chain): readonly FoundRoute[] {
  const layers: Layer[] = [];
  flattenStack(root, '', layers, 0, new Set(), undefined);
  if (layers.length >= limits.stackLayers) chain.interpreter.stopped.add(root.origin.file.path);
  const routes: FoundRoute[] = [];
  // Most layers are handlers that answer: only the others are looked through for each route.
  const passable: Layer[] = [];
  /** Methods and paths that are answered at once. */
  const answered = new Set<string>();
  for (const layer of layers) {
    const earlier = passable.length;
    if (layer.passing.length > 0 || layer.parameters.length > 0) passable.push(layer);
    if (!layer.methods) {
      const mounted = findMounted(layer, passable.slice(0, earlier), chain);
      if (mounted) routes.push(mounted);
      continue;
    }
    const { handlers } = layer;
    // A function that takes no `next` answers: what stands behind it is never reached.
    const last = handlers.findIndex((value) => !promiseRouters.has(layer.stack.router.path) && answers(value));
    const handler = last >= 0 ? handlers[last] : handlers.at(-1);
    if (!handler) continue;
    const before = handlers.slice(0, last >= 0 ? last : -1);
    const shape = shapeOf(layer);
    for (const method of layer.methods) {
      if (answered.has(`${method} ${shape}`) || answered.has(`ALL ${shape}`)) continue;
      const met = passable.filter((item, index) => index < earlier && isMet(item, layer, method, chain));
      const visit: Visit = { method, path: layer.path, base: layer.base, inRoute: true };
      let state = walk(met, layer, method, chain);
      for (const [name, callback] of layer.parameters) state = chain.afterParameter(state, name, callback, visit);
      for (const value of before) state = chain.after(state, value, visit);
      // The same path again: an earlier route answers whatever comes for it.
      if (state.closed && met.some((item) => item.methods && isSamePath(item, layer))) continue;
      if (answers(handler) && layer.passing.length === 0) answered.add(`${method} ${shape}`);
      const { origin, stack } = layer;
      const router = placeOf(stack.router.origin);
      // `router.all('*', guard)`, `app.all('*', notFound)`: a middleware, unless it answers.
      const isMounted =
        method === 'ALL' && handler.kind === 'function' && layer.path.endsWith('*') && !answers(handler);
      routes.push({ method, path: layer.path, place: registrationPlace(origin), handler, router, state, isMounted });
    }
  }
  return routes;
}

/** `app.use('/api', proxy)`, `app.use('/health', answer)`: what answers below a path is a route, whatever it is called with. */
function findMounted(layer: Layer, passable: readonly Layer[], chain: Chain): FoundRoute | undefined {
  const { handlers, stack, pattern, path, isVague } = layer;
  const [handler] = handlers;
  if (!handler || pattern || isVague) return undefined;
  const forwards = handler.kind === 'external' && chain.semantics.catalog.find(handler.at)?.forwards === true;
  if (!forwards && !(path !== stack.prefix && answers(handler))) return undefined;
  const method = 'ALL';
  const met = passable.filter((item) => isMet(item, layer, method, chain));
  const state = walk(met, layer, method, chain);
  const router = placeOf(stack.router.origin);
  const shown = path === '' ? '/*' : path;
  return { method, path: shown, place: registrationPlace(layer.origin), handler, router, state, isMounted: !forwards };
}

/** The paths of a layer, whatever it calls their parameters. */
function shapeOf({ written }: Layer): string {
  return written.map((path) => path.map((part) => (/^:\w+$/.test(part) ? ':' : part)).join('/')).join('|');
}

function isSamePath(a: Layer, b: Layer): boolean {
  return coversAll(a.written, b.written, coversPath) && coversAll(b.written, a.written, coversPath);
}

/** The state of a request that has walked through all the layers in front of a route that it meets. */
function walk(met: readonly Layer[], route: Layer, method: string, chain: Chain): ChainState {
  let state = chain.start;
  let exits: { readonly from: Stack; readonly state: ChainState }[] = [];
  /** Those who have left a router arrive at the first layer outside of it. */
  const arrive = (stack: Stack): void => {
    for (const exit of exits) if (!isWithin(stack, exit.from)) state = weakerOf(state, exit.state);
    exits = exits.filter((exit) => isWithin(stack, exit.from));
  };
  const lastCatch = met.findLastIndex((layer) => !layer.methods && layer.passing.some(takesErrors));
  met.forEach((layer, position) => {
    arrive(layer.stack);
    const { stack, base, methods, parameters, passing, handlers } = layer;
    const visit: Visit = {
      method,
      path: route.path,
      base,
      inRoute: methods !== undefined,
      errorsEnd: position < lastCatch,
    };
    for (const [name, callback] of parameters) state = chain.afterParameter(state, name, callback, visit);
    let left: ChainState | undefined;
    for (const value of passing) {
      const passage = chain.pass(state, value, visit);
      state = passage.state;
      if (passage.router) exits.push({ from: stack, state: passage.router });
      if (passage.route) left = left ? weakerOf(left, passage.route) : passage.route;
    }
    // Where a handler answers, only those come behind the route who have left it before.
    if (left) state = handlers.some(answers) ? left : weakerOf(state, left);
  });
  arrive(route.stack);
  return state;
}

function isWithin(stack: Stack, outer: Stack): boolean {
  for (let current: Stack | undefined = stack; current; current = current.outer) if (current === outer) return true;
  return false;
}

function flattenStack(
  router: ExternalValue,
  prefix: string,
  layers: Layer[],
  depth: number,
  within: Set<ExternalValue>,
  outer: Stack | undefined,
  isVague = false,
): void {
  if (depth > limits.routerDepth || within.has(router) || layers.length >= limits.stackLayers) return;
  within.add(router);
  const parameters = parameterCallbacks(router);
  const stack: Stack = { router, prefix, outer, isVague: isVague || outer?.isVague === true };
  for (const call of router.calls) {
    const member = call.path.slice(call.path.lastIndexOf('.') + 1, -2);
    const args = call.call?.args ?? [];
    if (member === 'use') addUse(call, args, stack, layers, depth, within, parameters);
    else if (member === 'route') {
      const verbs = call.calls.map((inner) => inner.path.slice(inner.path.lastIndexOf('.') + 1, -2));
      const vague = isUnwritten(args[0]);
      for (const path of pathsOf(args[0])) {
        call.calls.forEach((inner, index) => {
          const own = { path, isVague: vague, ownHead: verbs.includes('head') };
          addRoute(verbs[index] ?? '', own, inner.call?.args ?? [], inner.origin, stack, layers, parameters);
        });
      }
    } else if (expressVerbs.includes(member) && !(member === 'get' && args.length < 2)) {
      const vague = isUnwritten(args[0]);
      for (const path of pathsOf(args[0])) {
        const own = { path, isVague: vague, ownHead: false };
        addRoute(member, own, args.slice(1), call.origin, stack, layers, parameters);
      }
    }
  }
  within.delete(router);
}

function addRoute(
  verb: string,
  own: { readonly path: string; readonly isVague: boolean; readonly ownHead: boolean },
  values: readonly Value[],
  origin: Origin,
  stack: Stack,
  layers: Layer[],
  callbacks: ReadonlyMap<string, Value>,
): void {
  if (!expressVerbs.includes(verb) || values.length === 0) return;
  const method = verb === 'all' ? 'ALL' : verb === 'del' ? 'DELETE' : verb.toUpperCase();
  const { ownHead } = own;
  const path = joinPath(stack.prefix, own.path);
  const parameters = callbacksFor(own.path, callbacks);
  const isVague = own.isVague || stack.isVague;
  const handlers = values.flatMap((value) => [...flatten(value)]);
  const passing = handlers.filter((value) => passesOn(value, stack.router));
  const written = writtenPaths(path).map(segmentsOf);
  // `router.all('*', guard)` is met by what comes to the router itself as well: its path begins with the slash.
  if (bareStar.test(own.path)) written.push(segmentsOf(stack.prefix));
  const base = stack.prefix;
  layers.push({
    path,
    methods: [method],
    handlers,
    parameters,
    origin,
    stack,
    base,
    ownHead,
    written,
    passing,
    isVague,
  });
}

/** The callbacks that every request for a path runs through. */
function callbacksFor(own: string, callbacks: ReadonlyMap<string, Value>): Layer['parameters'] {
  const written = callbacks.size > 0 ? writtenPaths(own) : [];
  return [...callbacks].filter(([name]) => written.every((path) => new RegExp(`:${name}\\b`).test(path)));
}

/** `router.param(name, callback)` holds for parameters in paths of this router alone, not for those in front of it. */
function parameterCallbacks(router: ExternalValue): ReadonlyMap<string, Value> {
  const callbacks = new Map<string, Value>();
  for (const call of router.calls) {
    const [names, callback] = call.call?.args ?? [];
    if (!call.path.endsWith('.param()') || !names || !callback) continue;
    for (const name of names.kind === 'array' ? names.items : [names]) {
      const text = textOf(name);
      if (text !== undefined && /^\w+$/.test(text)) callbacks.set(text, callback);
    }
  }
  return callbacks;
}

function addUse(
  call: ExternalValue,
  args: readonly Value[],
  stack: Stack,
  layers: Layer[],
  depth: number,
  within: Set<ExternalValue>,
  callbacks: ReadonlyMap<string, Value>,
): void {
  const { prefix } = stack;
  const [first, ...rest] = args;
  const pathed = first !== undefined && (isPath(first) || (rest.length > 0 && isNamedPath(first)));
  const pattern = pathed && first.kind === 'external' && first.path === 'global#RegExp()' ? first : undefined;
  const values = pathed ? rest : args;
  const vague = pathed && isUnwritten(first);
  for (const own of pathed ? pathsOf(first) : ['']) {
    const path = own === '' ? prefix : joinPath(prefix, own);
    const add = (passing: readonly Value[], parameters: Layer['parameters']): void => {
      const written = writtenPaths(path).map(segmentsOf);
      const base = pattern ? prefix : path;
      const layer: Layer = {
        path,
        methods: undefined,
        handlers: passing,
        parameters,
        origin: call.origin,
        stack,
        base,
        written,
        passing,
        isVague: stack.isVague || vague,
      };
      layers.push(pattern ? { ...layer, pattern } : layer);
    };
    const parameters = callbacksFor(own, callbacks);
    if (parameters.length > 0) add([], parameters);
    for (const value of values.flatMap((item) => [...flatten(item)])) {
      if (isExpressRouter(value)) flattenStack(value, path, layers, depth + 1, within, stack, vague);
      else add([value], []);
    }
  }
}

/** The values in nested lists; alternatives that are routers are all mounted. */
function* flatten(list: Value): Iterable<Value> {
  for (const value of nestedItems(list)) {
    if (value.kind === 'union' && optionsOf(value).some((option) => isExpressRouter(option.value))) {
      for (const option of value.options) if (isExpressRouter(option.value)) yield option.value;
    } else if (value.kind === 'object') {
      // `export = router` seen as a namespace, and applications that are wrapped in a class of the project.
      const inner = value.properties.get('default') ?? value.properties.get('router');
      yield inner && isExpressRouter(inner) ? inner : value;
    } else yield value;
  }
}

/** `options.mountPath`: nobody has written down what it is, but what it is called and where it stands. */
function isNamedPath(value: Value): boolean {
  return value.kind === 'external' && !value.call && /\.\w*(path|prefix|endpoint|route)$/i.test(value.path);
}

function isUnwritten(value: Value | undefined): boolean {
  if (value?.kind === 'array') return [...nestedItems(value)].some(isUnwritten);
  if (value?.kind === 'union') return value.options.some((option) => isUnwritten(option.value));
  return (
    value === undefined ||
    (textOf(value) === undefined && !(value.kind === 'external' && value.path === 'global#RegExp()'))
  );
}

function pathsOf(value: Value | undefined): readonly string[] {
  return pathsIn(value).map((path) => joinPath('', path));
}

/** As Express 4 reads it; Express 5 wants a name behind the star, and something in its place. */
const bareStar = /^\/?\*$/;

/** Whether every request for a route meets an earlier layer. */
function isMet(earlier: Layer, route: Layer, method: string, chain: Chain): boolean {
  if (earlier.methods && earlier.isVague && !route.isVague) return false;
  if (earlier.methods && !coversMethod(earlier, method)) return false;
  if (!coversAll(route.written, earlier.written, earlier.methods ? coversPath : startsWith)) return false;
  if (!earlier.pattern) return true;
  // An expression that some spelling of the path escapes; one that is too hard to read counts as met.
  const { request } = chain.start;
  const found = foundBy(earlier.pattern, restText({ method, path: route.path, base: earlier.base }, request));
  if (found !== undefined) return found;
  return shapesOfRegex(earlier.pattern)?.some((shape) => shape.includes('some')) ?? true;
}

/** Whether each way of writing a path is covered by one of the others. Asked for each pair of layers: nothing is made for it. */
function coversAll(
  written: readonly (readonly string[])[],
  outers: readonly (readonly string[])[],
  covers: (inner: readonly string[], outer: readonly string[]) => boolean,
): boolean {
  for (const path of written) {
    let isCovered = false;
    for (const outer of outers) isCovered ||= covers(path, outer);
    if (!isCovered) return false;
  }
  return true;
}

function coversMethod({ methods, ownHead }: Layer, method: string): boolean {
  const verb = methods?.[0];
  return verb === 'ALL' || verb === method || (verb === 'GET' && method === 'HEAD' && ownHead !== true);
}

/** Whether a handler can hand the request on. */
function passesOn(value: Value, router: ExternalValue): boolean {
  if (promiseRouters.has(router.path)) return value.kind === 'function' || value.kind === 'external';
  return value.kind === 'function'
    ? value.facts.parameters.length >= 3 && arityOf(value.facts) <= 3
    : value.kind === 'external';
}

/** Whether a handler takes no `next`, and so answers. */
function answers(value: Value): boolean {
  return (
    value.kind === 'function' &&
    value.facts.parameters.length < 3 &&
    !value.facts.parameters.some((parameter) => parameter.rest)
  );
}

function takesErrors(value: Value): boolean {
  return value.kind === 'function' && arityOf(value.facts) === 4;
}
