import { limits } from '../../../limits.js';
import { fastifyStages, fastifyVerbs, isNeutralPlugin } from '../../../catalog/frameworks/fastify.js';
import {
  optionsOf,
  textOf,
  unionOf,
  unknownValue,
  type ExternalValue,
  type ObjectValue,
  type Value,
} from '../../../program/value.js';
import { fork, weakerOf, weightOf, type Chain, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import type { Visit } from '../../visit.js';
import { behindBody } from './fastify-body.js';
import { withOuter, type FastifyContext } from './fastify-context.js';
import { limitedByPlugins } from './fastify-limiters.js';
import { joinRoute, pathTextOf } from './fastify-paths.js';
import type { FastifyShape } from './fastify-shape.js';

type Stage = (typeof fastifyStages)[number];

/** A route before its handler is followed. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  readonly call: ExternalValue;
  readonly context: FastifyContext;
  readonly handler: Value;
  readonly visit: Visit;
  readonly state: ChainState;
  readonly isSocket: boolean;
}

/** The routes of an instance and of those below it, each with the state behind the hooks that it meets. */
export class FastifyRoutes {
  readonly #states = new Map<FastifyContext, ChainState>();
  readonly #resolved = new Map<Value, Value>();

  constructor(
    readonly chain: Chain,
    readonly shape: FastifyShape,
  ) {}

  *collect(context: FastifyContext): Iterable<FoundRoute> {
    // A plugin that is registered while the routes are read has instances of its own.
    for (const [index, call] of [...context.instance.knownCalls()].entries()) {
      const name = memberName(call);
      const args = call.call?.args ?? [];
      if (name === 'route') yield* this.#routes(context, call, index, args[0] ?? unknownValue, undefined, undefined);
      else if (fastifyVerbs.has(name) && args.length > 1) {
        const options = args.length > 2 || args[1]?.kind === 'object' ? args[1] : undefined;
        const own = options?.kind === 'object' && args.length === 2 ? undefined : args.at(-1);
        yield* this.#routes(context, call, index, options, own, name);
      }
    }
    for (const child of [...context.children]) yield* this.collect(child);
  }

  *#routes(
    context: FastifyContext,
    call: ExternalValue,
    index: number,
    given: Value | undefined,
    ownHandler: Value | undefined,
    verb: string | undefined,
  ): Iterable<FoundRoute> {
    const { interpreter } = this.chain;
    const url = verb === undefined ? undefined : call.call?.args[0];
    const options = this.#told(context, call, index, given, ownHandler, url);
    const option = (name: string): Value =>
      options ? interpreter.member(options, name, call.origin) : { kind: 'undefined' };
    const handler = ownHandler ?? option('handler');
    if (handler.kind === 'undefined') return;
    const own = pathTextOf(url ?? (option('url').kind === 'undefined' ? option('path') : option('url'))) ?? '*';
    const path = joinRoute(context.prefix, own);
    const methods = verb === undefined ? methodsOf(option('method')) : [verb === 'all' ? 'ALL' : verb.toUpperCase()];
    const config = option('config');
    const websocket = option('websocket');
    for (const method of methods) {
      const told = this.#address(method, path, config, call);
      const visit: Visit = { method, path, base: '', exact: true, exactCase: true, asSent: 'path and url', told };
      let state = this.#start(context);
      for (const stage of fastifyStages) {
        for (const layer of this.#hooks(context, stage, path)) state = this.#pass(context, state, stage, layer, visit);
        const layer = options ? option(stage) : undefined;
        if (layer && layer.kind !== 'undefined') state = this.#pass(context, state, stage, layer, visit);
      }
      if (given && optionsOf(given).some(({ value }) => value.kind === 'unknown'))
        state = this.chain.after(state, unknownValue, visit);
      state = behindBody(state, option('schema'), call.origin);
      state = limitedByPlugins(state, context, call, config, this.chain.semantics);
      const isSocket = websocket.kind === 'literal' && websocket.value === true;
      yield { method, path, call, context, handler, visit, state, isSocket };
    }
  }

  /** The options as the hooks `onRoute` leave them, which are called when a route is added. */
  #told(
    context: FastifyContext,
    call: ExternalValue,
    index: number,
    given: Value | undefined,
    handler: Value | undefined,
    url: Value | undefined,
  ): Value | undefined {
    const { interpreter } = this.chain;
    const { origin } = call;
    const hooks = withOuter(context).flatMap((outer) =>
      [...outer.instance.knownCalls()].filter(
        (item, at) => hookName(item) === 'onRoute' && (outer !== context || at < index),
      ),
    );
    if (hooks.length === 0) return given;
    const options: ObjectValue = { kind: 'object', properties: new Map(), spread: [], origin };
    if (given) interpreter.assignAll(options, given);
    if (url) for (const name of ['url', 'path']) options.properties.set(name, url);
    if (handler) options.properties.set('handler', handler);
    const method = memberName(call);
    if (method !== 'route') options.properties.set('method', { kind: 'literal', value: method.toUpperCase(), origin });
    options.properties.set('prefix', { kind: 'literal', value: context.prefix, origin });
    for (const hook of hooks) {
      const callback = hook.call?.args[1] ?? unknownValue;
      if (callback.kind === 'function') interpreter.follow(callback, context.instance, [options], hook.origin, []);
      else options.properties.set('preHandler', unknownValue);
    }
    // What only some way sets may be missing: nobody can tell for which route.
    for (const stage of fastifyStages) {
      const hook = options.properties.get(stage);
      if (hook?.kind === 'union' && hook.options.some(({ value }) => value.kind === 'undefined'))
        options.properties.set(stage, unknownValue);
    }
    return options;
  }

  /** What the hooks of an instance and of those above it are at a stage. */
  #hooks(context: FastifyContext, stage: Stage, path: string): readonly Value[] {
    return withOuter(context).flatMap((outer) => [
      ...(stage === 'onRequest' ? outer.plugins.filter((plugin) => !this.#isNeutral(plugin)) : []),
      ...outer.instance.knownCalls().flatMap((call) => {
        if (hookName(call) === stage) return [call.call?.args[1] ?? unknownValue];
        // `use` of @fastify/middie and @fastify/express, below a path or everywhere.
        if (stage !== 'onRequest' || memberName(call) !== 'use') return [];
        const [first, ...rest] = call.call?.args ?? [];
        const below = first && rest.length > 0 ? pathTextOf(first) : '';
        if (below === undefined || below.includes('*')) return [unknownValue];
        if (below !== '' && !isBelow(joinRoute(outer.prefix, below), path)) return [];
        return [rest.at(-1) ?? first ?? unknownValue];
      }),
    ]);
  }

  #isNeutral(plugin: Value): boolean {
    if (plugin.kind !== 'external') return plugin.kind !== 'unknown';
    const { catalog } = this.chain.semantics;
    const entry = catalog.find(plugin.at);
    if (entry) return entry.guard === undefined || isSwitchedOff(plugin);
    const end = plugin.path.indexOf('#');
    return end >= 0 && isNeutralPlugin(plugin.path.slice(0, end));
  }

  #pass(context: FastifyContext, state: ChainState, stage: Stage, layer: Value, visit: Visit): ChainState {
    const { calling } = this.shape;
    calling.self = context.instance;
    calling.isBeforeParsing = stage === 'preParsing';
    let current = state;
    for (const item of nestedItems(this.#resolve(layer))) current = this.#after(current, item, visit, stage);
    return current;
  }

  #after(state: ChainState, given: Value, visit: Visit, stage: string, depth = 0): ChainState {
    const layer = this.#resolve(given);
    if (layer.kind === 'array') {
      // A decoration may be a list, and hold itself.
      if (depth >= limits.hookListDepth) return this.chain.after(state, unknownValue, visit);
      return [...nestedItems(layer)].reduce<ChainState>(
        (current, item) => this.#after(current, item, visit, stage, depth + 1),
        state,
      );
    }
    this.shape.calling.title = this.shape.names.get(layer) ?? stage;
    if (layer.kind === 'external' && layer.path.endsWith('.auth()') && layer.path.startsWith('fastify#'))
      return depth < limits.hookListDepth
        ? this.#oneOrAll(state, layer, visit, depth)
        : this.chain.after(state, unknownValue, visit);
    return this.chain.after(state, layer, visit);
  }

  /** `app.auth([...], { relation })` of @fastify/auth: a list within the list is read by the other relation. */
  #oneOrAll(state: ChainState, layer: ExternalValue, visit: Visit, depth: number): ChainState {
    const [functions, settings] = layer.call?.args ?? [];
    if (functions?.kind !== 'array') return this.chain.after(state, unknownValue, visit);
    const relation = settings && this.chain.interpreter.member(settings, 'relation', layer.origin);
    const all = (textOf(relation) ?? this.#usualRelation(layer)) === 'and';
    return this.#joined(state, functions.items, all, visit, depth + 1);
  }

  #joined(state: ChainState, layers: readonly Value[], all: boolean, visit: Visit, depth: number): ChainState {
    const one = (current: ChainState, layer: Value): ChainState => {
      const resolved = this.#resolve(layer);
      return resolved.kind === 'array' && depth < limits.hookListDepth
        ? this.#joined(current, resolved.items, !all, visit, depth + 1)
        : this.#after(current, layer, visit, 'hook', depth + 1);
    };
    if (all) return layers.reduce(one, state);
    const ways = layers.map((layer) => one(state, layer));
    const open = ways.filter(({ closed }) => !closed);
    const [first, ...rest] = open.length > 0 ? open : ways;
    const joined = first ? rest.reduce(weakerOf, first) : state;
    // One that answers by itself, and does not fail, leaves the others no say: where it does, nobody can tell.
    const answers = layers.slice(0, -1).some((layer) => this.#answers(layer));
    return answers && weightOf(joined) < Math.max(...ways.map(weightOf)) ? { ...joined, unknown: true } : joined;
  }

  #answers(layer: Value): boolean {
    return [...nestedItems(this.#resolve(layer))].some((item) => {
      const value = this.#resolve(item);
      return value.kind === 'function' && this.shape.calling.answering.has(value.facts);
    });
  }

  #usualRelation({ receiver }: ExternalValue): string | undefined {
    if (receiver?.kind !== 'external') return undefined;
    for (const outer of withOuter(this.shape.contextOf(receiver))) {
      for (const plugin of outer.plugins) {
        if (plugin.kind !== 'external' || !plugin.path.startsWith('@fastify/auth#')) continue;
        const options = plugin.call?.args[1];
        const relation = options && this.chain.interpreter.member(options, 'defaultRelation', plugin.origin);
        if (textOf(relation) !== undefined) return textOf(relation);
      }
    }
    return undefined;
  }

  /** Decorations that a registration names before they are there: `preHandler: app.authenticate`. */
  #resolve(layer: Value): Value {
    const known = this.#resolved.get(layer);
    if (known) return known;
    let value = layer;
    if (layer.kind === 'external') {
      const bound = /\.bind\(\)$/.test(layer.path) && layer.receiver?.kind === 'external' ? layer.receiver : layer;
      value = this.shape.decorated(bound) ?? bound;
    } else if (layer.kind === 'union') {
      value = unionOf(layer.options.map((option) => ({ ...option, value: this.#resolve(option.value) })));
    }
    this.#resolved.set(layer, value);
    return value;
  }

  /** A request before the first hook: with what the instance decorates it with. */
  #start(context: FastifyContext): ChainState {
    const known = this.#states.get(context);
    if (known) return known;
    const { start } = this.chain;
    const request = fork(start.request);
    const response = fork(start.response);
    request.properties.set('server', context.instance);
    response.properties.set('server', context.instance);
    request.properties.set('raw', fork(start.request));
    for (const outer of withOuter(context)) {
      for (const call of outer.instance.knownCalls()) {
        const target = { decorateRequest: request, decorateReply: response }[memberName(call)];
        const [name, value] = call.call?.args ?? [];
        const text = textOf(name);
        if (target && text !== undefined && value?.kind === 'function') target.properties.set(text, value);
      }
    }
    const state = { ...start, request, response };
    this.#states.set(context, state);
    return state;
  }

  /** What the request says of its route. */
  #address(method: string, path: string, config: Value, { origin }: ExternalValue): ReadonlyMap<string, Value> {
    const literal = (value: string): Value => ({ kind: 'literal', value, origin });
    const object = (properties: readonly (readonly [string, Value])[]): ObjectValue => ({
      kind: 'object',
      properties: new Map(properties),
      spread: [],
      origin,
    });
    const own = object([
      ['url', literal(path)],
      ['method', literal(method)],
    ]);
    if (config.kind !== 'undefined') this.chain.interpreter.assignAll(own, config);
    return new Map<string, Value>([
      ['routeOptions', object([['config', own], ['url', literal(path)], ...methodOf(method, literal)])],
      ['routeConfig', own],
      ['routerPath', literal(path)],
    ]);
  }
}

function methodOf(method: string, literal: (value: string) => Value): readonly (readonly [string, Value])[] {
  return method === 'ALL' ? [] : [['method', literal(method)]];
}

/** @fastify/bearer-auth adds its hook unless it is told not to. */
function isSwitchedOff({ call }: ExternalValue): boolean {
  const options = call?.args[1];
  const addHook = options?.kind === 'object' ? options.properties.get('addHook') : undefined;
  return addHook?.kind === 'literal' && addHook.value === false;
}

function methodsOf(value: Value): readonly string[] {
  const names = [...nestedItems(value)].map(textOf);
  if (names.length === 0 || names.includes(undefined)) return ['ALL'];
  return names.flatMap((name) => name?.toUpperCase() ?? []);
}

function memberName({ path }: ExternalValue): string {
  return path.slice(path.lastIndexOf('.') + 1, -2);
}

/** Whether a path is another one, or stands below it. */
function isBelow(outer: string, path: string): boolean {
  return path === outer || path.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}

/** The name of the hook that a call adds. */
function hookName(call: ExternalValue): string | undefined {
  return memberName(call) === 'addHook' ? textOf(call.call?.args[0]) : undefined;
}
