import type { AccessPath } from '../../../program/access-path.js';
import { limits } from '../../../limits.js';
import {
  fastifyAutoload,
  fastifyInstances,
  fastifyPluginWrappers,
  fastifyProxy,
} from '../../../catalog/frameworks/fastify.js';
import type { FunctionFacts } from '../../../facts/file-facts.js';
import type { CallMeaning } from '../../../program/call-meaning.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  optionsOf,
  textOf,
  unknownValue,
  type ExternalValue,
  type NativeValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { FastifyCalling } from './fastify-calling.js';
import { filesToLoad } from './fastify-autoload.js';
import { decorationOf, type FastifyContext } from './fastify-context.js';
import { joinPrefix, pathTextOf } from './fastify-paths.js';

const done: NativeValue = { kind: 'native', name: 'done', call: () => ({ kind: 'undefined' }) };

/** What `Symbol.for('skip-override')` is as the name of a property: fastify-plugin sets it on the function. */
const skipOverride = '[skip-override]';

/** How a plugin is registered. */
interface Registration {
  readonly options: Value | undefined;
  readonly origin: Origin;
  /** Whether the plugin works on the instance itself and not on one of its own. */
  readonly skipsOverride: boolean;
}

/** What instances, requests and replies of Fastify do that is more than data. */
export class FastifyShape implements OddShape {
  readonly calling = new FastifyCalling();
  /** Functions that were registered as plugins. */
  readonly loaded = new Set<FunctionFacts>();
  /** What decorations are called. */
  readonly names = new Map<Value, string>();
  readonly #contexts = new Map<ExternalValue, FastifyContext>();
  /** Methods that @fastify/jwt was told to give other names. */
  readonly #jwtNames = new Map<string, string>();
  #nesting = 0;

  contextOf(instance: ExternalValue): FastifyContext {
    return this.#contexts.get(instance) ?? this.#create(instance, undefined, '');
  }

  #create(instance: ExternalValue, parent: FastifyContext | undefined, prefix: string): FastifyContext {
    const context = { instance, parent, prefix, children: [], decorations: new Map<string, Value>(), plugins: [] };
    this.#contexts.set(instance, context);
    parent?.children.push(context);
    return context;
  }

  evaluates({ root, text }: AccessPath): boolean {
    return root.step === 'fastify#' || root.step === 'express#' || text === 'global#Symbol.for()';
  }

  readsFrom({ root }: AccessPath): boolean {
    return root.step === 'fastify#';
  }

  evaluateMember(object: ExternalValue, name: string): Value | undefined {
    return isInstance(object) ? decorationOf(this.contextOf(object), name) : undefined;
  }

  /** A decoration that was there later than the expression that reads it, wherever it stands. */
  decorated(value: ExternalValue): Value | undefined {
    const { receiver } = value;
    if (value.call || receiver?.kind !== 'external' || !isInstance(receiver)) return undefined;
    return decorationOf(this.contextOf(receiver), value.path.slice(receiver.path.length + 1));
  }

  meaningOf(call: ExternalValue): CallMeaning | undefined {
    // With a function it gives no promise, and tells the function how it went.
    if (call.path !== 'express#Request.jwtVerify()' || !call.call?.args.some((arg) => arg.kind === 'function'))
      return undefined;
    return { proves: { kind: 'token', when: 'returns' }, observed: true };
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { receiver, path } = call;
    if (path === 'global#Symbol.for()' && textOf(call.call?.args[0]) === 'skip-override')
      return { kind: 'literal', value: skipOverride, origin: call.origin };
    if (receiver?.kind !== 'external') return undefined;
    if (path.startsWith('express#')) return this.#ofMessage(call, receiver, interpreter);
    if (!isInstance(receiver)) return undefined;
    const [first, second] = call.call?.args ?? [];
    const name = path.slice(receiver.path.length + 1, -2);
    if (name === 'register' && first) {
      const flow = interpreter.flow;
      this.load(
        this.contextOf(receiver),
        first,
        { options: second, origin: call.origin, skipsOverride: false },
        interpreter,
      );
      interpreter.flow = flow;
    } else if (name === 'decorate') {
      const decoration = textOf(first);
      if (decoration !== undefined && second) {
        this.contextOf(receiver).decorations.set(decoration, second);
        this.names.set(second, decoration);
      }
    } else if ((name === 'after' || name === 'ready') && first?.kind === 'function') {
      const flow = interpreter.flow;
      interpreter.call(first, [{ kind: 'undefined' }, receiver, done], call.origin, receiver);
      interpreter.flow = flow;
    }
    return undefined;
  }

  #ofMessage(call: ExternalValue, receiver: ExternalValue, interpreter: Interpreter): Value | undefined {
    const name = call.path.slice(call.path.lastIndexOf('.') + 1, -2);
    const args = call.call?.args ?? [];
    if (call.path === 'express#Request.jwtDecode()') {
      const header = memberOf(memberOf(receiver, 'headers'), 'authorization');
      const decode = externalValue('fastify#().jwt.decode', call.origin);
      return interpreter.call(decode, [header], call.origin);
    }
    const alias = this.#jwtNames.get(name);
    if (alias !== undefined) return interpreter.call(memberOf(receiver, alias), args, call.origin, receiver);
    if (call.path === 'express#Request.session.get()') {
      const key = textOf(args[0]);
      return key === undefined ? undefined : interpreter.member(receiver, key, call.origin);
    }
    this.calling.answered(call, interpreter);
    return undefined;
  }

  /** Runs a plugin as its registration does. */
  load(context: FastifyContext, plugin: Value, registration: Registration, interpreter: Interpreter): void {
    const { options, origin, skipsOverride } = registration;
    for (const { value } of optionsOf(interpreter.settled(plugin))) {
      switch (value.kind) {
        case 'function': {
          this.loaded.add(value.facts);
          if (this.#nesting >= limits.pluginDepth) break;
          this.#nesting++;
          const given = options?.kind === 'function' ? interpreter.call(options, [context.instance], origin) : options;
          // A prefix that a function gives comes too late for the instance.
          const own =
            skipsOverride || value.properties?.has(skipOverride)
              ? context
              : this.#child(context, prefixOf(options, interpreter, origin), origin);
          const empty: Value = { kind: 'object', properties: new Map(), spread: [], origin };
          interpreter.call(value, [own.instance, given ?? empty, done], origin);
          this.#nesting--;
          break;
        }
        case 'external':
          this.#loadExternal(context, value, registration, interpreter);
          break;
        case 'object': {
          const inner = value.properties.get('default') ?? value.properties.get('plugin');
          if (inner && inner !== value) this.load(context, inner, registration, interpreter);
          else context.plugins.push(unknownValue);
          break;
        }
        case 'undefined':
        case 'literal':
          break;
        default:
          context.plugins.push(unknownValue);
      }
    }
  }

  #child(parent: FastifyContext, prefix: string, origin: Origin): FastifyContext {
    const instance = externalValue('fastify#()', origin, undefined, { args: [], construct: false });
    instance.run = parent.instance.run;
    return this.#create(instance, parent, joinPrefix(parent.prefix, prefix));
  }

  #loadExternal(
    context: FastifyContext,
    plugin: ExternalValue,
    registration: Registration,
    interpreter: Interpreter,
  ): void {
    const { options, origin } = registration;
    if (fastifyPluginWrappers.has(plugin.path)) {
      const [inner = unknownValue, settings] = plugin.call?.args ?? [];
      const encapsulates = settings && interpreter.member(settings, 'encapsulate', origin);
      const skipsOverride = !(encapsulates?.kind === 'literal' && encapsulates.value === true);
      this.load(context, inner, { ...registration, skipsOverride }, interpreter);
      return;
    }
    if (fastifyAutoload.test(plugin.path)) {
      for (const file of filesToLoad(options, origin, interpreter)) {
        const own = file.hooks.length > 0 ? this.#child(context, '', origin) : context;
        for (const hooks of file.hooks)
          this.load(own, hooks, { options: undefined, origin, skipsOverride: true }, interpreter);
        const { plugin: inner, options: given, encapsulates } = file;
        this.load(own, inner, { options: given, origin, skipsOverride: !encapsulates }, interpreter);
      }
      return;
    }
    if (fastifyProxy.test(plugin.path) && options?.kind === 'object') {
      this.#proxy(context, plugin, options, origin, interpreter);
      return;
    }
    if (/^(@fastify\/jwt|fastify-jwt)#/.test(plugin.path)) this.#nameJwt(options, origin, interpreter);
    context.plugins.push(interpreter.call(plugin, [context.instance, options ?? { kind: 'undefined' }], origin));
  }

  /** A plugin with an instance of its own that registers one route for all below it: index.js of @fastify/http-proxy. */
  #proxy(context: FastifyContext, plugin: Value, options: ObjectValue, origin: Origin, interpreter: Interpreter): void {
    const { instance } = this.#child(context, prefixOf(options, interpreter, origin), origin);
    const given = (...names: readonly string[]): Value | undefined =>
      names.map((name) => interpreter.member(options, name, origin)).find((value) => value.kind !== 'undefined');
    const route: ObjectValue = { kind: 'object', properties: new Map(), spread: [], origin };
    const set = (name: string, value: Value | undefined): void => {
      if (value) route.properties.set(name, value);
    };
    set('url', { kind: 'literal', value: '/*', origin });
    set('method', given('httpMethods'));
    set('preValidation', given('preValidation'));
    set('preHandler', given('preHandler', 'beforeHandler'));
    set('config', given('config'));
    set('handler', given('handler') ?? plugin);
    interpreter.call(memberOf(instance, 'route'), [route], origin);
  }

  #nameJwt(options: Value | undefined, origin: Origin, interpreter: Interpreter): void {
    if (!options) return;
    const option = (name: string): Value => interpreter.member(options, name, origin);
    const namespace = textOf(option('namespace'));
    for (const [method, suffix] of [
      ['jwtVerify', 'JwtVerify'],
      ['jwtSign', 'JwtSign'],
      ['jwtDecode', 'JwtDecode'],
    ] as const) {
      const name = textOf(option(method)) ?? (namespace === undefined ? undefined : namespace + suffix);
      if (name !== undefined && name !== method) this.#jwtNames.set(name, method);
    }
    const secret = option('secret');
    if (secret.kind === 'object') interpreter.call(externalValue('@fastify/jwt#secret', origin), [secret], origin);
  }
}

function isInstance(value: Value | undefined): value is ExternalValue {
  return value?.kind === 'external' && value.call !== undefined && fastifyInstances.has(value.path);
}

function prefixOf(options: Value | undefined, interpreter: Interpreter, origin: Origin): string {
  if (options?.kind !== 'object') return '';
  return pathTextOf(interpreter.member(options, 'prefix', origin)) ?? '';
}
