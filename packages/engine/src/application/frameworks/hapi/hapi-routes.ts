import { hapiSchemes, hapiStages } from '../../../catalog/frameworks/hapi.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { identifies, permits } from '../../../program/proof.js';
import {
  externalValue,
  textOf,
  undefinedValue,
  unknownValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { accepted, Chain, fork, weakerOf, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import type { Guard } from '../../route.js';
import type { Visit } from '../../visit.js';
import { ExtensionCalling, named, PreparingCalling, SchemeCalling, toolkitOf } from './hapi-calling.js';
import { joinPrefix, shownPath } from './hapi-paths.js';
import type { HapiCore, HapiRealm, HapiStrategy } from './hapi-shape.js';

/** A route before its handler is followed. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  readonly origin: Origin;
  readonly handler: Value;
  readonly state: ChainState;
  readonly visit: Visit;
}

/** What routes say of authentication, as lib/auth.js puts it together. */
interface Access {
  readonly strategies: readonly (string | undefined)[];
  readonly mode: string | undefined;
  readonly scopes: boolean;
}

/** The routes of a server, in front of each what its requests run through: the order of registration says nothing. */
export class HapiRoutes {
  readonly #extensions: Chain;
  readonly #schemes: Chain;
  readonly #preparing: PreparingCalling;
  readonly #prepared: Chain;
  readonly #authenticators = new Map<HapiStrategy, Value>();
  readonly #start: ChainState;

  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    readonly core: HapiCore,
  ) {
    const { origin } = core;
    this.#preparing = new PreparingCalling(semantics);
    this.#extensions = new Chain(interpreter, semantics, origin, new ExtensionCalling());
    this.#schemes = new Chain(interpreter, semantics, origin, new SchemeCalling());
    this.#prepared = new Chain(interpreter, semantics, origin, this.#preparing);
    const { start } = this.#extensions;
    const request = named(fork(start.request));
    for (const [name, value] of core.decorations) request.properties.set(name, value);
    this.#start = { ...start, request };
  }

  *collect(): Iterable<FoundRoute> {
    for (const { realm, value, call } of this.core.routes) yield* this.#routes(realm, value, call);
  }

  *#routes(realm: HapiRealm, route: Value, call: ExternalValue): Iterable<FoundRoute> {
    // Written in a list, each has a place of its own.
    const origin = route.kind === 'object' ? route.origin : call.origin;
    const own = this.#member(route, 'path', origin);
    const methods = [...nestedItems(this.#member(route, 'method', origin))].map((item) => textOf(item)?.toUpperCase());
    const options = this.#options(realm, route, origin);
    const given = this.#member(route, 'handler', origin);
    const handler = given.kind === 'undefined' ? this.#member(options, 'handler', origin) : given;
    // Files, proxies and views are served by others.
    if (handler.kind === 'object' || handler.kind === 'undefined') return;
    const path = shownPath(joinPrefix(realm.prefix, textOf(own) ?? '/*'));
    for (const name of methods) {
      const method = name === undefined || name === '*' || name === '_SPECIAL' ? 'ALL' : name;
      const lower: Value = { kind: 'literal', value: method.toLowerCase(), origin };
      const told = method === 'ALL' ? {} : { told: new Map<string, Value>([['method', lower]]) };
      const visit: Visit = { method, path, base: '', exactCase: true, ...told };
      const state = this.#inFront(realm, options, visit, origin);
      yield { method, path, origin, handler, state, visit };
    }
  }

  #member(value: Value | undefined, name: string, origin: Origin): Value {
    return value ? this.interpreter.member(value, name, origin) : undefinedValue;
  }

  /** `options`, or a function that gives them; `config` is their old name. */
  #options(realm: HapiRealm, route: Value, origin: Origin): Value {
    const options = this.#member(route, 'options', origin);
    const given = options.kind === 'undefined' ? this.#member(route, 'config', origin) : options;
    return given.kind === 'function' ? this.interpreter.call(given, [realm.server], origin) : given;
  }

  #inFront(realm: HapiRealm, options: Value, visit: Visit, origin: Origin): ChainState {
    let state = this.#start;
    if (options.kind === 'unknown') state = this.#extensions.after(state, unknownValue, visit);
    for (const stage of hapiStages) {
      if (stage === 'onCredentials') state = this.#authenticated(state, options, visit, origin);
      state = this.#extended(state, realm, options, stage, visit, origin);
    }
    return this.#preparedBy(state, this.#member(options, 'pre', origin), visit, origin);
  }

  /** Extensions of the server, of the plugin alone where it says so, and of the route. */
  #extended(
    before: ChainState,
    realm: HapiRealm,
    options: Value,
    stage: string,
    visit: Visit,
    origin: Origin,
  ): ChainState {
    let state = before;
    for (const extension of this.core.extensions) {
      const isOwn = textOf(this.#member(extension.options, 'sandbox', origin)) === 'plugin';
      if (extension.type === stage && (!isOwn || extension.realm.server === realm.server))
        state = this.#extensions.after(state, extension.method, visit);
    }
    for (const event of nestedItems(this.#member(this.#member(options, 'ext', origin), stage, origin))) {
      const methods = event.kind === 'undefined' ? event : this.#member(event, 'method', origin);
      for (const method of nestedItems(methods)) state = this.#extensions.after(state, method, visit);
    }
    return state;
  }

  /** Methods of `pre`, those in one list at the same time. */
  #preparedBy(before: ChainState, pre: Value, visit: Visit, origin: Origin): ChainState {
    let state = before;
    for (const item of nestedItems(pre)) {
      const isObject = item.kind === 'object';
      const fails = isObject ? textOf(this.#member(item, 'failAction', origin)) : undefined;
      // Where a failure is ignored, it keeps nobody away.
      if (fails === 'ignore' || fails === 'log') continue;
      this.#preparing.assign = isObject ? textOf(this.#member(item, 'assign', origin)) : undefined;
      state = this.#prepared.after(state, isObject ? this.#member(item, 'method', origin) : item, visit);
    }
    return state;
  }

  #authenticated(before: ChainState, options: Value, visit: Visit, origin: Origin): ChainState {
    const access = this.#access(options, origin);
    if (!access) return before;
    if (access.mode === undefined) return unknownGuard(before, 'auth', origin, 'is required where a setting says so');
    if (access.mode !== 'required') {
      const why = 'is configured to let the anonymous through';
      const guard: Guard = { name: access.strategies[0] ?? 'auth', place: placeOf(origin), verdict: 'open', why };
      return { ...before, guards: [...before.guards, guard], optional: true };
    }
    const ways = access.strategies.map((name) => this.#behindStrategy(before, name, visit, origin));
    const open = ways.filter(({ closed }) => !closed);
    const [first = before, ...rest] = open.length > 0 ? open : ways;
    const state = rest.reduce(weakerOf, first);
    if (!access.scopes) return state;
    const scope = { kind: 'policy', permits: true, name: 'scope', origin, by: 'scope' } as const;
    return accepted(state, 'scope', placeOf(origin), [scope]);
  }

  #access(options: Value, origin: Origin): Access | undefined {
    const own = this.#member(options, 'auth', origin);
    const given = own.kind === 'undefined' ? this.#member(this.core.settings, 'auth', origin) : own;
    const { usual } = this.core;
    if (given.kind === 'literal' && given.value === false) return undefined;
    if (given.kind === 'undefined') return usual && this.#accessIn([usual], origin);
    return this.#accessIn(usual ? [given, usual] : [given], origin);
  }

  /** What the first one leaves out, the next one says. */
  #accessIn(settings: readonly Value[], origin: Origin): Access {
    const first = (...names: readonly string[]): Value => {
      for (const setting of settings)
        for (const name of names) {
          const value = this.#member(setting, name, origin);
          if (value.kind !== 'undefined') return value;
        }
      return undefinedValue;
    };
    const [own] = settings;
    const name = own && textOf(own);
    const strategies = (): readonly (string | undefined)[] => {
      for (const setting of settings) {
        if (textOf(setting) !== undefined) return [textOf(setting)];
        for (const key of ['strategy', 'strategies']) {
          const value = this.#member(setting, key, origin);
          if (value.kind !== 'undefined') return [...nestedItems(value)].map(textOf);
        }
      }
      return [undefined];
    };
    const mode = name === undefined ? first('mode') : undefinedValue;
    const access = name === undefined ? first('access') : undefinedValue;
    const scoped = [...nestedItems(access)].some((item) => this.#demandsScope(item, origin));
    return {
      strategies: name === undefined ? strategies() : [name],
      mode: mode.kind === 'undefined' ? 'required' : textOf(mode),
      scopes: scoped || (name === undefined && settings.some((setting) => this.#demandsScope(setting, origin))),
    };
  }

  #demandsScope(setting: Value, origin: Origin): boolean {
    if (setting.kind !== 'object') return false;
    const scope = this.#member(setting, 'scope', origin);
    return scope.kind !== 'undefined' && !(scope.kind === 'literal' && scope.value === false);
  }

  #behindStrategy(before: ChainState, name: string | undefined, visit: Visit, origin: Origin): ChainState {
    const strategy = name === undefined ? undefined : this.core.strategies.get(name);
    if (!strategy) return unknownGuard(before, name ?? 'auth', origin, 'is a strategy that is not found');
    const { scheme = '', options, call } = strategy;
    const made = this.core.schemes.get(scheme);
    if (made) return this.#schemes.after(before, this.#authenticator(strategy, made), visit);
    const known = hapiSchemes.get(scheme);
    const title = name ?? scheme;
    if (!known) return unknownGuard(before, title, call.origin, 'is of a scheme that is not part of the project');
    const verify = this.#member(options, 'verify', call.origin);
    if (known.proves === 'token' && verify.kind === 'literal' && verify.value === false) {
      const why = 'believes a token that nobody verifies';
      const guard: Guard = { name: title, place: placeOf(call.origin), verdict: 'open', why };
      return { ...before, guards: [...before.guards, guard], decoded: [...before.decoded, call] };
    }
    const proof = { kind: known.proves, origin: call.origin, by: title };
    if (known.credentials !== undefined && !this.#isAsked(before, strategy, known.credentials)) {
      const why = 'lets requests through on a path that proves nothing';
      const guard: Guard = { name: title, place: placeOf(call.origin), verdict: 'open', why };
      return { ...before, guards: [...before.guards, guard] };
    }
    return accepted(before, title, placeOf(call.origin), [proof]);
  }

  /** What a scheme of the project makes for a strategy. */
  #authenticator(strategy: HapiStrategy, scheme: Value): Value {
    const known = this.#authenticators.get(strategy);
    if (known) return known;
    const { call, options = undefinedValue } = strategy;
    const { interpreter } = this;
    const server = externalValue('@hapi/hapi#server()', call.origin, undefined, { args: [], construct: false });
    const made = interpreter.follow(scheme, undefinedValue, [server, options], call.origin, []).value;
    const authenticate = interpreter.member(made, 'authenticate', call.origin);
    const layer = authenticate.kind === 'function' ? authenticate : unknownValue;
    this.#authenticators.set(strategy, layer);
    return layer;
  }

  /** Whether `validate` says yes only to what it has looked at. */
  #isAsked(before: ChainState, { options, call }: HapiStrategy, credentials: number): boolean {
    const { origin } = call;
    const { interpreter } = this;
    const validate = this.#member(options, 'validate', origin);
    if (validate.kind !== 'function') return true;
    const request = named(fork(before.request));
    const header = interpreter.member(interpreter.member(request, 'headers', origin), 'authorization', origin);
    const given = Array.from({ length: credentials }, () => header);
    const args = [request, ...given, toolkitOf(request)];
    const { value, flow } = interpreter.follow(validate, undefinedValue, args, origin, []);
    if (!flow) return true;
    const isValid = interpreter.member(value, 'isValid', origin);
    const gained = [...flow.proofs, ...(interpreter.refine(isValid, true) ?? [])];
    return isValid.kind !== 'literal' || gained.some((proof) => identifies(proof) || permits(proof));
  }
}

function unknownGuard(state: ChainState, name: string, origin: Origin, why: string): ChainState {
  const guard: Guard = { name, place: placeOf(origin), verdict: 'unknown', why };
  return { ...state, guards: [...state.guards, guard], unknown: true };
}
