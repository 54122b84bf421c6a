import { limits } from '../../../limits.js';
import { elysiaApplications, elysiaHooks, elysiaRegistering, elysiaVerbs } from '../../../catalog/frameworks/elysia.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  Notes,
  optionsOf,
  textOf,
  unknownValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { nestedItems } from '../../nested-items.js';
import { joinPath } from '../route-paths.js';

type Scope = 'local' | 'scoped' | 'global';

/** What runs in front of a handler. */
export interface ElysiaHook {
  readonly kind: 'transform' | 'derive' | 'resolve' | 'beforeHandle' | 'request';
  readonly value: Value;
  readonly scope: Scope;
}

/** A handler with the hooks that there were when it was registered. */
export interface ElysiaRoute {
  readonly method: string;
  readonly path: string;
  readonly handler: Value;
  readonly hooks: readonly ElysiaHook[];
  readonly decorations: ReadonlyMap<string, Value>;
  readonly origin: Origin;
  readonly application: ExternalValue;
}

interface Started {
  readonly application: ExternalValue;
  readonly prefix: string;
  hooks: ElysiaHook[];
  readonly routes: ElysiaRoute[];
  readonly macros: Map<string, Value>;
  readonly decorations: Map<string, Value>;
}

const started = new Notes<Started>();

/**
 * Does at start-up what applications do: a route has the hooks that stand before it, `use` copies the routes that the
 * other application has at that moment, and its hooks as far as their scope reaches.
 */
export class ElysiaRegistry {
  readonly applications = new Set<ExternalValue>();
  readonly #used = new Set<ExternalValue>();
  #nesting = 0;

  isUsed(application: ExternalValue): boolean {
    return this.#used.has(application);
  }

  routesOf(application: ExternalValue): readonly ElysiaRoute[] {
    return started.get(application)?.routes ?? [];
  }

  register(call: ExternalValue, interpreter: Interpreter): void {
    const { receiver, path, run, origin } = call;
    if (receiver?.kind !== 'external' || receiver.run !== run || !elysiaApplications.has(receiver.path)) return;
    const name = path.slice(path.lastIndexOf('.') + 1, -2);
    if (!elysiaRegistering.has(name)) return;
    const to = this.#startedAt(receiver);
    const args = call.call?.args ?? [];
    const [first, second, third] = args;
    if (elysiaVerbs.has(name)) this.#route(to, name, first, second, third, origin, interpreter);
    else if (elysiaHooks.has(name)) this.#hook(to, name, args, origin, interpreter);
    else if (name === 'onRequest') add(to, 'request', first, 'global');
    else if (name === 'on') {
      const isScoped = first?.kind === 'object';
      const event = textOf(isScoped ? second : first) ?? '';
      this.#hook(to, event, isScoped ? [first, ...args.slice(2)] : args.slice(1), origin, interpreter);
    } else if (name === 'route') this.#route(to, textOf(first) ?? 'all', second, third, args[3], origin, interpreter);
    else if (name === 'use')
      for (const value of first ? nestedItems(first) : []) this.#use(to, value, origin, interpreter);
    else if (name === 'group' || name === 'guard') this.#within(to, name, args, call, interpreter);
    else if (name === 'as') promote(to, textOf(first));
    else if (name === 'macro') defineMacros(to, args);
    else if (name === 'decorate') decorate(to, args);
  }

  #startedAt(application: ExternalValue): Started {
    const known = started.get(application);
    if (known) return known;
    const options = application.call?.args[0];
    const prefix = textOf(options?.kind === 'object' ? options.properties.get('prefix') : undefined) ?? '';
    return this.#start(application, prefix, [], new Map(), new Map());
  }

  #start(
    application: ExternalValue,
    prefix: string,
    hooks: readonly ElysiaHook[],
    macros: ReadonlyMap<string, Value>,
    decorations: ReadonlyMap<string, Value>,
  ): Started {
    const begun: Started = {
      application,
      prefix,
      hooks: [...hooks],
      routes: [],
      macros: new Map(macros),
      decorations: new Map(decorations),
    };
    started.set(application, begun);
    this.applications.add(application);
    return begun;
  }

  #route(
    to: Started,
    verb: string,
    path: Value | undefined,
    handler: Value | undefined,
    options: Value | undefined,
    origin: Origin,
    interpreter: Interpreter,
  ): void {
    if (!handler || to.routes.length >= limits.stackLayers) return;
    const method = verb.toUpperCase();
    const whole = joinPath(to.prefix, textOf(path) ?? '/*');
    const hooks = [...to.hooks, ...this.#hooksIn(to, options, 'local', origin, interpreter, 0)];
    const decorations = new Map(to.decorations);
    to.routes.push({ method, path: whole, handler, hooks, decorations, origin, application: to.application });
  }

  #hook(to: Started, name: string, args: readonly Value[], origin: Origin, interpreter: Interpreter): void {
    const kind = elysiaHooks.get(name);
    if (!kind) return;
    const [first, second] = args;
    const scope = second && first ? scopeOf(interpreter.member(first, 'as', origin)) : 'local';
    add(to, kind, second ?? first, scope);
  }

  /** Hooks that options of a route or a guard name, those of macros as well. */
  #hooksIn(
    of: Started,
    options: Value | undefined,
    scope: Scope,
    origin: Origin,
    interpreter: Interpreter,
    depth: number,
  ): readonly ElysiaHook[] {
    if (!options || options.kind === 'undefined') return [];
    if (options.kind !== 'object') return [{ kind: 'beforeHandle', value: unknownValue, scope }];
    const hooks: ElysiaHook[] = [];
    for (const [name, value] of options.properties) {
      const kind = elysiaHooks.get(name);
      if (kind) for (const item of nestedItems(value)) hooks.push({ kind, value: item, scope });
      const macro = of.macros.get(name);
      if (!macro || depth >= limits.macroDepth) continue;
      // A function is asked whatever the route says; an object holds where it says yes.
      const made = macro.kind === 'function' ? interpreter.call(macro, [value], origin) : macro;
      if (macro.kind !== 'function' && value.kind === 'literal' && !value.value) continue;
      hooks.push(...this.#hooksIn(of, made, scope, origin, interpreter, depth + 1));
    }
    return hooks;
  }

  #use(to: Started, given: Value, origin: Origin, interpreter: Interpreter): void {
    for (const { value } of optionsOf(interpreter.settled(given))) {
      if (value.kind === 'function') {
        if (this.#nesting >= limits.pluginDepth) continue;
        const { flow } = interpreter;
        this.#nesting++;
        const made = interpreter.call(value, [to.application], origin);
        this.#nesting--;
        interpreter.flow = flow;
        if (made !== to.application && made.kind === 'external') this.#use(to, made, origin, interpreter);
      } else if (value.kind === 'object') {
        const inner = value.properties.get('default');
        if (inner && inner !== value) this.#use(to, inner, origin, interpreter);
      } else if (value.kind === 'external') this.#plugin(to, value);
      else if (value.kind === 'unknown') add(to, 'beforeHandle', unknownValue, 'local');
    }
  }

  #plugin(to: Started, plugin: ExternalValue): void {
    if (elysiaApplications.has(plugin.path)) {
      const other = this.#startedAt(plugin);
      if (other === to) return;
      this.#used.add(plugin);
      for (const route of [...other.routes]) {
        if (to.routes.length >= limits.stackLayers) break;
        const hooks = [...new Set([...to.hooks, ...route.hooks])];
        const decorations = new Map([...to.decorations, ...route.decorations]);
        to.routes.push({ ...route, path: joinPath(to.prefix, route.path), hooks, decorations });
      }
      for (const hook of other.hooks) {
        if (hook.scope === 'local' || to.hooks.includes(hook)) continue;
        to.hooks.push(hook.scope === 'scoped' ? { ...hook, scope: 'local' } : hook);
      }
      for (const [name, macro] of other.macros) to.macros.set(name, macro);
      for (const [name, value] of other.decorations) to.decorations.set(name, value);
      return;
    }
    if (/^@elysiajs\/jwt#/.test(plugin.path)) {
      const options = plugin.call?.args[0];
      const name = textOf(options?.kind === 'object' ? options.properties.get('name') : undefined) ?? 'jwt';
      const made = { args: plugin.call?.args ?? [], construct: true };
      to.decorations.set(name, externalValue('@elysiajs/jwt#Signer()', plugin.origin, undefined, made));
    } else if (/^@elysiajs\/bearer#/.test(plugin.path)) to.decorations.set('bearer', plugin);
    // What another package does to a request nobody can tell, unless it is one of the organisation.
    else if (!plugin.path.startsWith('@elysiajs/') && !plugin.path.startsWith('@elysia/'))
      add(to, 'beforeHandle', plugin, 'local');
  }

  /** `group(prefix, options, (app) => app)`, `guard(options, (app) => app)`; without a function the rest is guarded. */
  #within(to: Started, name: string, args: readonly Value[], call: ExternalValue, interpreter: Interpreter): void {
    const { origin } = call;
    const callback = args.at(-1);
    const isGroup = name === 'group';
    const options = isGroup ? (args.length > 2 ? args[1] : undefined) : args[0];
    const isInner = callback?.kind === 'function';
    const scope = options?.kind === 'object' ? scopeOf(options.properties.get('as')) : 'local';
    const hooks =
      isInner && !isGroup && args.length < 2 ? [] : this.#hooksIn(to, options, scope, origin, interpreter, 0);
    if (!isInner) {
      if (!isGroup) to.hooks.push(...hooks);
      return;
    }
    if (this.#nesting >= limits.routerDepth) return;
    const inner = externalValue('elysia#Elysia()', origin, undefined, { args: [], construct: true });
    inner.run = call.run;
    const prefix = joinPath(to.prefix, isGroup ? (textOf(args[0]) ?? '*') : '');
    const begun = this.#start(inner, prefix, [...to.hooks, ...hooks], to.macros, to.decorations);
    this.#used.add(inner);
    const { flow } = interpreter;
    this.#nesting++;
    interpreter.call(callback, [inner], origin);
    this.#nesting--;
    interpreter.flow = flow;
    for (const route of begun.routes) if (to.routes.length < limits.stackLayers) to.routes.push(route);
  }
}

function add(to: Started, kind: ElysiaHook['kind'], value: Value | undefined, scope: Scope): void {
  for (const item of value ? nestedItems(value) : []) to.hooks.push({ kind, value: item, scope });
}

function scopeOf(value: Value | undefined): Scope {
  const text = textOf(value);
  return text === 'scoped' || text === 'global' ? text : 'local';
}

/** `as('scoped')` lifts what is local, `as('global')` all of it. */
function promote(to: Started, scope: string | undefined): void {
  if (scope !== 'scoped' && scope !== 'global') return;
  to.hooks = to.hooks.map((hook) => (hook.scope === 'global' ? hook : { ...hook, scope }));
}

/** `macro({ name: … })`, `macro('name', …)` */
function defineMacros(to: Started, [first, second]: readonly Value[]): void {
  const name = textOf(first);
  if (name !== undefined && second) to.macros.set(name, second);
  else if (first?.kind === 'object') for (const [own, value] of first.properties) to.macros.set(own, value);
}

function decorate(to: Started, args: readonly Value[]): void {
  const given = args.filter((arg) => !(arg.kind === 'object' && arg.properties.has('as')));
  const [first, second] = given;
  const name = textOf(first);
  if (name !== undefined && second) to.decorations.set(name, second);
  else if (first?.kind === 'object') for (const [own, value] of first.properties) to.decorations.set(own, value);
}
