import type { AccessPath } from '../../../program/access-path.js';
import { limits } from '../../../limits.js';
import { hapiServer, hapiServers, hapiToolkit } from '../../../catalog/frameworks/hapi.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  Notes,
  optionsOf,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { nestedItems } from '../../nested-items.js';

/** What all plugins of a server share: lib/core.js. */
export interface HapiCore {
  readonly routes: HapiRoute[];
  readonly extensions: HapiExtension[];
  readonly schemes: Map<string, Value>;
  readonly strategies: Map<string, HapiStrategy>;
  /** What `auth.default` was told: it holds for routes before and behind it. */
  usual: Value | undefined;
  /** `routes` of the server's options: what routes say for themselves wins over it. */
  readonly settings: Value | undefined;
  readonly decorations: Map<string, Value>;
  readonly origin: Origin;
}

/** What a plugin is handed: the same core, with a prefix of its own. */
export interface HapiRealm {
  readonly core: HapiCore;
  readonly prefix: string;
  readonly server: ExternalValue;
}

interface HapiRoute {
  readonly realm: HapiRealm;
  readonly value: Value;
  readonly call: ExternalValue;
}

interface HapiExtension {
  readonly realm: HapiRealm;
  readonly type: string | undefined;
  readonly method: Value;
  readonly options: Value | undefined;
}

export interface HapiStrategy {
  readonly scheme: string | undefined;
  readonly options: Value | undefined;
  readonly call: ExternalValue;
}

const realms = new Notes<HapiRealm>();
/** Answers that leave at once: `h.response().takeover()`. */
const taken = new Notes<object>();

export function isTaken(value: Value): boolean {
  return value.kind === 'external' && taken.get(value) !== undefined;
}

/** What servers, plugins and answers of hapi do that no entry of the catalog says. */
export class HapiShape implements OddShape {
  readonly cores = new Set<HapiCore>();
  #nesting = 0;

  evaluates({ root }: AccessPath): boolean {
    return root.step === '@hapi/hapi#';
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver } = call;
    if (path.startsWith(hapiToolkit)) return answered(call);
    const server = receiver?.kind === 'external' ? serverOf(receiver) : undefined;
    if (!server || server.run !== call.run) return undefined;
    const realm = this.#realmOf(server, interpreter);
    const name = path.slice(server.path.length + 1, -2);
    const args = call.call?.args ?? [];
    const [first, second, third] = args;
    switch (name) {
      case 'route':
        for (const value of first ? nestedItems(first) : [])
          if (hasRoom(realm)) realm.core.routes.push({ realm, value, call });
        break;
      case 'register':
        for (const value of first ? nestedItems(first) : []) this.#register(realm, value, second, call, interpreter);
        break;
      case 'ext':
        this.#extend(realm, args, call.origin, interpreter);
        break;
      case 'auth.scheme':
        realm.core.schemes.set(textOf(first) ?? '*', second ?? { kind: 'unknown' });
        break;
      case 'auth.strategy':
        realm.core.strategies.set(textOf(first) ?? '*', { scheme: textOf(second), options: third, call });
        keysWithin(third, call.origin, interpreter);
        break;
      case 'auth.default':
        realm.core.usual = first;
        break;
      case 'decorate': {
        const decoration = textOf(second);
        if (textOf(first) === 'request' && decoration !== undefined && third)
          realm.core.decorations.set(decoration, third);
        break;
      }
      default:
    }
    return undefined;
  }

  #realmOf(server: ExternalValue, interpreter: Interpreter): HapiRealm {
    const known = realms.get(server);
    if (known) return known;
    const options = server.call?.args[0];
    const core: HapiCore = {
      routes: [],
      extensions: [],
      schemes: new Map(),
      strategies: new Map(),
      usual: undefined,
      settings: options && interpreter.member(options, 'routes', server.origin),
      decorations: new Map(),
      origin: server.origin,
    };
    this.cores.add(core);
    const realm = { core, prefix: '', server };
    realms.set(server, realm);
    return realm;
  }

  /** `server.ext(type, method, options)`, or events that say the same. */
  #extend({ core, ...realm }: HapiRealm, args: readonly Value[], origin: Origin, interpreter: Interpreter): void {
    const [first, second, third] = args;
    const add = (type: Value | undefined, method: Value | undefined, options: Value | undefined): void => {
      for (const item of method ? nestedItems(method) : [])
        if (core.extensions.length < limits.stackLayers)
          core.extensions.push({ realm: { core, ...realm }, type: textOf(type), method: item, options });
    };
    if (second) add(first, second, third);
    else
      for (const event of first ? nestedItems(first) : []) {
        const member = (name: string): Value => interpreter.member(event, name, origin);
        add(member('type'), member('method'), member('options'));
      }
  }

  /** A plugin alone, or with options for it and for its routes. */
  #register(
    realm: HapiRealm,
    given: Value,
    settings: Value | undefined,
    call: ExternalValue,
    interpreter: Interpreter,
  ): void {
    const { origin } = call;
    const memberOf = (value: Value | undefined, name: string): Value =>
      value ? interpreter.member(value, name, origin) : { kind: 'undefined' };
    for (const { value } of optionsOf(interpreter.settled(given))) {
      // Plugins of packages register schemes, which their strategies name, and parsers.
      if (value.kind !== 'object' || this.#nesting >= limits.pluginDepth) continue;
      const inner = value.properties.get('plugin');
      const plugin = inner?.kind === 'object' ? (inner.properties.get('plugin') ?? inner) : (inner ?? value);
      const register = memberOf(plugin, 'register');
      if (register.kind !== 'function') continue;
      const own = memberOf(memberOf(value, 'routes'), 'prefix');
      const prefix = textOf(own) ?? textOf(memberOf(memberOf(settings, 'routes'), 'prefix')) ?? '';
      const server = externalValue(hapiServer, origin, undefined, { args: [], construct: false });
      server.run = call.run;
      realms.set(server, { core: realm.core, prefix: realm.prefix + prefix, server });
      const options = inner ? memberOf(value, 'options') : undefined;
      const empty: Value = { kind: 'object', properties: new Map(), spread: [], origin };
      const { flow } = interpreter;
      this.#nesting++;
      interpreter.call(register, [server, options && options.kind !== 'undefined' ? options : empty], origin, plugin);
      this.#nesting--;
      interpreter.flow = flow;
    }
  }
}

function hasRoom({ core }: HapiRealm): boolean {
  return core.routes.length < limits.stackLayers;
}

/** The server whose method, or whose `auth`, is called. */
function serverOf(receiver: ExternalValue): ExternalValue | undefined {
  if (hapiServers.has(receiver.path)) return receiver;
  const { receiver: outer } = receiver;
  return outer?.kind === 'external' && !receiver.call && hapiServers.has(outer.path) ? outer : undefined;
}

/** Keys that stand deeper than an entry of the catalog can say. */
function keysWithin(options: Value | undefined, origin: Origin, interpreter: Interpreter): void {
  if (options?.kind !== 'object') return;
  const keys = options.properties.get('keys');
  for (const key of keys ? nestedItems(keys) : [])
    interpreter.call(
      externalValue('@hapi/jwt#keys', origin),
      [key.kind === 'object' ? key : listed(key, origin)],
      origin,
    );
  const cookie = options.properties.get('cookie');
  if (cookie) interpreter.call(externalValue('@hapi/cookie#settings', origin), [cookie], origin);
}

function listed(key: Value, origin: Origin): Value {
  return { kind: 'object', properties: new Map([['key', key]]), spread: [], origin };
}

/** `h.response(body).code(200)` is that answer still, and so is one that is taken over. */
function answered(call: ExternalValue): Value | undefined {
  const { path, receiver } = call;
  if (receiver?.kind !== 'external' || !receiver.call) return undefined;
  if (path.endsWith('.takeover()')) {
    taken.set(receiver, {});
    return receiver;
  }
  if (!path.endsWith('.response().code()')) return undefined;
  const code = Number(textOf(call.call?.args[0]) ?? 200);
  return code < 300 ? receiver : undefined;
}
