import { expressRouters, expressVerbs } from '../catalog/frameworks/express.js';
import type { Expression } from '../facts/file-facts.js';
import type { Place } from '../finding/place.js';
import { optionsOf, textOf, type ExternalValue, type Origin, type Value } from '../program/value.js';
import type { Chain, ChainState } from './chain.js';
import { nestedItems } from './nested-items.js';
import { placeOf } from './place-of.js';

/** One registration on a stack: a middleware for everything below a path, or handlers for a method and a path. */
interface Layer {
  readonly path: string;
  readonly methods: readonly string[] | undefined;
  readonly values: readonly Value[];
  /** Callbacks of `router.param` for parameters of the path. */
  readonly parameters: readonly Value[];
  readonly origin: Origin;
  /** The path in segments. */
  readonly segments: readonly string[];
  /** What a later request may run through: middlewares, and handlers that can hand a request on. */
  readonly passing: readonly Value[];
}

/** A route before its handler is followed. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly handler: Value;
  readonly state: ChainState;
}

/** Routers within routers within routers: deeper than real applications nest. */
const maximumNesting = 12;
/** Layers of one stack, a router counted anew wherever it is mounted: routers that all mount each other have no end of them. */
const maximumLayers = 5_000;

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
  flattenStack(root, '', layers, 0, new Set());
  if (layers.length >= maximumLayers) chain.interpreter.stopped.add(root.origin.file.path);
  const routes: FoundRoute[] = [];
  layers.forEach((layer, index) => {
    if (!layer.methods) return;
    const handlers = layer.values.flatMap((value) => [...flatten(value)]);
    // A function that takes no `next` answers: what stands behind it is never reached.
    const last = handlers.findIndex(
      (value) =>
        value.kind === 'function' &&
        value.facts.parameters.length < 3 &&
        !value.facts.parameters.some((parameter) => parameter.rest),
    );
    const handler = last >= 0 ? handlers[last] : handlers.at(-1);
    if (!handler) return;
    const before = handlers.slice(0, last >= 0 ? last : -1);
    for (const method of layer.methods) {
      let state = chain.start;
      for (let position = 0; position < index; position++) {
        const earlier = layers[position];
        if (!earlier || earlier.passing.length === 0) continue;
        if (earlier.methods ? !covers(earlier, method, layer) : !startsWith(layer.segments, earlier.segments)) continue;
        for (const value of earlier.passing) state = chain.after(state, value);
      }
      for (const value of layer.parameters) state = chain.afterParameter(state, value);
      for (const value of before) state = chain.after(state, value);
      routes.push({ method, path: layer.path, place: registrationPlace(layer.origin), handler, state });
    }
  });
  return routes;
}

/** Where a route is registered: in a chain over several lines, the line of its own verb. */
function registrationPlace(origin: Origin): Place {
  const whole = placeOf(origin);
  const { file, span } = origin;
  const call = span as Partial<Expression>;
  if (call.kind !== 'call' || call.callee?.kind !== 'member') return whole;
  const verb = placeOf({ file, span: { start: call.callee.end - call.callee.property.length, end: span.end } });
  return verb.line === whole.line ? whole : verb;
}

function flattenStack(
  router: ExternalValue,
  prefix: string,
  layers: Layer[],
  depth: number,
  within: Set<ExternalValue>,
): void {
  if (depth > maximumNesting || within.has(router) || layers.length >= maximumLayers) return;
  within.add(router);
  const parameters = parameterCallbacks(router);
  for (const call of router.calls) {
    const member = call.path.slice(call.path.lastIndexOf('.') + 1, -2);
    const args = call.call?.args ?? [];
    if (member === 'use') addUse(call, args, prefix, layers, depth, within);
    else if (member === 'route') {
      for (const path of pathsOf(args[0], prefix)) {
        for (const inner of call.calls) {
          const verb = inner.path.slice(inner.path.lastIndexOf('.') + 1, -2);
          addRoute(verb, path, inner.call?.args ?? [], inner.origin, layers, parameters);
        }
      }
    } else if (expressVerbs.includes(member) && !(member === 'get' && args.length < 2)) {
      for (const path of pathsOf(args[0], prefix))
        addRoute(member, path, args.slice(1), call.origin, layers, parameters);
    }
  }
  within.delete(router);
}

function addRoute(
  verb: string,
  path: string,
  values: readonly Value[],
  origin: Origin,
  layers: Layer[],
  callbacks: ReadonlyMap<string, Value>,
): void {
  if (!expressVerbs.includes(verb) || values.length === 0) return;
  const method = verb === 'all' ? 'ALL' : verb === 'del' ? 'DELETE' : verb.toUpperCase();
  const parameters = [...callbacks].filter(([name]) => new RegExp(`:${name}\\b`).test(path)).map(([, value]) => value);
  const passing = values.flatMap((value) => [...flatten(value)]).filter(passesOn);
  layers.push({ path, methods: [method], values, parameters, origin, segments: segmentsOf(path), passing });
}

/** `router.param(name, callback)` holds for the routes of this router alone, wherever it stands. */
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
  prefix: string,
  layers: Layer[],
  depth: number,
  within: Set<ExternalValue>,
): void {
  const [first, ...rest] = args;
  const pathed = first !== undefined && isPath(first);
  const paths = pathed ? pathsOf(first, prefix) : [prefix];
  const values = pathed ? rest : args;
  for (const path of paths) {
    for (const value of values.flatMap((item) => [...flatten(item)])) {
      if (isExpressRouter(value)) flattenStack(value, path, layers, depth + 1, within);
      else
        layers.push({
          path,
          methods: undefined,
          values: [value],
          parameters: [],
          origin: call.origin,
          segments: segmentsOf(path),
          passing: [value],
        });
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

/** Lists of paths within lists of paths. */
const maximumPathNesting = 2;

function isPath(value: Value, depth = 0): boolean {
  if (depth > maximumPathNesting) return false;
  if (value.kind === 'literal' || value.kind === 'text') return true;
  if (value.kind === 'external')
    return value.path === 'global#RegExp()' || value.path.startsWith('global#process.env.');
  if (value.kind === 'array') return value.items.length > 0 && value.items.every((item) => isPath(item, depth + 1));
  return (
    value.kind === 'union' &&
    value.options.every((option) => isPath(option.value, depth) || option.value.kind === 'unknown')
  );
}

function pathsOf(value: Value | undefined, prefix: string, depth = 0): readonly string[] {
  if (!value || depth > maximumPathNesting) return [];
  if (value.kind === 'array') return value.items.flatMap((item) => pathsOf(item, prefix, depth + 1));
  if (value.kind === 'union')
    return [...new Set(value.options.flatMap((option) => pathsOf(option.value, prefix, depth)))].slice(0, 4);
  const text = textOf(value);
  if (text !== undefined) return [joinPath(prefix, text)];
  if (value.kind === 'text') {
    return [joinPath(prefix, value.parts.map((part) => textOf(part) ?? '*').join(''))];
  }
  return [joinPath(prefix, '*')];
}

export function joinPath(...parts: readonly string[]): string {
  const path = parts
    .join('/')
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
  return path.startsWith('/') || path.startsWith('*') ? path : `/${path}`;
}

function segmentsOf(path: string): readonly string[] {
  return path.toLowerCase().split('/').filter(Boolean);
}

/** Whether a middleware at `prefix` sees a request for `path`: whole segments, whatever the case. */
export function isBelow(prefix: string, path: string): boolean {
  return startsWith(segmentsOf(path), segmentsOf(prefix));
}

function startsWith(inner: readonly string[], outer: readonly string[]): boolean {
  return (
    outer.length <= inner.length &&
    outer.every((segment, index) => segment === inner[index] || segment.startsWith(':') || segment.includes('*'))
  );
}

/** Whether an earlier route's handlers see a request for this method and path as well. */
function covers(earlier: Layer, method: string, later: Layer): boolean {
  const [verb] = earlier.methods ?? [];
  if (verb !== 'ALL' && verb !== method && !(verb === 'GET' && method === 'HEAD')) return false;
  const last = earlier.segments.at(-1);
  if (last?.includes('*')) return startsWith(later.segments, earlier.segments.slice(0, -1));
  return earlier.segments.length === later.segments.length && startsWith(later.segments, earlier.segments);
}

/** Whether a handler can hand the request on. */
function passesOn(value: Value): boolean {
  return value.kind === 'function' ? value.facts.parameters.length === 3 : value.kind === 'external';
}
