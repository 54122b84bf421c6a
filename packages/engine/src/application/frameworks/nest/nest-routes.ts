import { nestOperations, nestVerbs } from '../../../catalog/frameworks/nestjs.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { identifies, type Proof } from '../../../program/proof.js';
import {
  externalValue,
  optionsOf,
  propertyOf,
  textOf,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { accepted, fork, stateWith, undecided, weightOf, type Chain, type ChainState } from '../../chain.js';
import { allowingFlows, behindDecision } from '../../decision.js';
import { isBelow, joinPath } from '../route-paths.js';
import {
  classDecorators,
  itemsOf,
  lineageOf,
  metadataOf,
  flattenDecorators,
  methodDecorators,
} from './nest-decorators.js';
import { behindSchema } from './nest-graph.js';
import { behindInterceptor } from './nest-interceptors.js';
import { limitedBy } from './nest-limiters.js';
import type { NestApplication } from './nest-modules.js';
import { parameterValue, stripsBodies, type NestShape } from './nest-shape.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import { addressed } from '../../request-address.js';
import type { Guard } from '../../route.js';
import { neutralPackages } from '../../../catalog/neutral/middlewares.js';
import { nameOfPath } from '../../../program/name-of-path.js';

export interface FoundNestRoute {
  readonly method: string;
  readonly path: string;
  readonly origin: Origin;
  readonly handlerOrigin: Origin;
  /** The controller or resolver. */
  readonly router: Origin;
  readonly state: ChainState;
  readonly outcome: Outcome;
  readonly markedPublic: boolean;
}

/** Settings of an application that show in its paths. */
interface Paths {
  readonly prefix: string;
  readonly excluded: readonly string[];
  readonly versioned: boolean;
  readonly versionPrefix: string;
  readonly defaultVersions: readonly string[];
}

/** What runs for every route of an application. */
interface Globals {
  readonly guards: readonly Value[];
  readonly interceptors: readonly Value[];
  /** Whether a pipe takes out of bodies what their class does not list. */
  readonly stripBodies: boolean;
}

/** Routes of one application, with their guards run as Nest runs them: global, class, method. */
export class NestRoutes {
  constructor(
    readonly application: NestApplication,
    readonly chain: Chain,
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    readonly shape: NestShape,
  ) {}

  /** One after the other: what a handler reaches need not be kept until the last one is followed. */
  *collect(): Iterable<FoundNestRoute> {
    this.shape.providers = this.application.providers;
    const paths = this.#paths();
    const globals = this.#globals();
    const middlewares = this.#middlewares();
    for (const { target, prefix } of this.application.controllers) {
      for (const { owner, name, decorator, decorators } of registrations(target, nestVerbs, this.interpreter)) {
        const method = verbOf(decorator);
        for (const path of fullPaths(paths, prefix, target, decorators, decorator)) {
          let state = this.chain.start;
          for (const middleware of middlewares)
            if (middleware.covers(method, path, paths.prefix, target))
              state = this.chain.after(state, middleware.value);
          state = stateWith(state, { request: addressed(state.request, method, path) });
          yield this.#route(method, path, target, owner, name, decorator, decorators, state, globals);
        }
      }
    }
    for (const target of this.application.resolvers) {
      for (const { owner, name, decorator, decorators } of registrations(target, nestOperations, this.interpreter)) {
        const method = nestOperations.get(decorator.path) ?? 'QUERY';
        const options = (decorator.call?.args ?? []).find((arg) => arg.kind === 'object');
        const title = textOf(propertyOf(options, 'name')) ?? textOf(decorator.call?.args[0]) ?? name;
        const { chain, interpreter, semantics, application } = this;
        const start = behindSchema(chain.start, application.graphs, method, title, interpreter, semantics);
        yield this.#route(method, title, target, owner, name, decorator, decorators, start, globals);
      }
    }
  }

  #mark: string | undefined = undefined;

  #route(
    method: string,
    path: string,
    target: ClassValue,
    owner: ClassValue,
    name: string,
    decorator: ExternalValue,
    decorators: readonly ExternalValue[],
    start: ChainState,
    globals: Globals,
  ): FoundNestRoute {
    const { shape, interpreter } = this;
    const lineage = lineageOf(target);
    shape.handlerDecorators = decorators;
    const decoratorsOfClasses = lineage.map(classDecorators);
    shape.classDecorators = decoratorsOfClasses.flat();
    shape.handlerMetadata = metadataOf(decorators);
    shape.classMetadata = decoratorsOfClasses.flatMap(metadataOf);
    this.#mark = this.#publicMark();
    let state = stateWith(start, { request: fork(start.request), response: fork(start.response) });
    const guards = [
      ...globals.guards,
      ...[...decoratorsOfClasses].reverse().flatMap((items) => used(items, 'UseGuards')),
      ...used(decorators, 'UseGuards'),
    ];
    for (const guard of guards) state = this.#guarded(state, guard);
    const interceptors = [
      ...globals.interceptors,
      ...[...decoratorsOfClasses].reverse().flatMap((items) => used(items, 'UseInterceptors')),
      ...used(decorators, 'UseInterceptors'),
    ];
    for (const interceptor of interceptors)
      state = behindInterceptor(state, interceptor, shape, interpreter, this.semantics);
    const instance = interpreter.singleton(target);
    // Of a method whose name is computed only what stands around it is known.
    const found = name === '' ? undefined : interpreter.methodOf(instance, name);
    const origin = decorator.origin;
    const handlerOrigin = found ? { file: found.value.file, span: found.value.facts } : origin;
    shape.request = fork(state.request);
    shape.response = fork(state.response);
    shape.stripsBodies =
      globals.stripBodies ||
      [...shape.classDecorators, ...decorators].some(
        (item) => item.path === '@nestjs/common#UsePipes()' && item.call?.args.some(stripsBodies),
      );
    const context = externalValue('@nestjs/common#ExecutionContext()', origin);
    const outcome = found
      ? interpreter.recording(state.proofs, () => {
          const args = found.value.facts.parameters.map((parameter) =>
            parameterValue(parameter, owner, shape, interpreter, context),
          );
          return interpreter.call(found.value, args, origin, instance);
        })
      : { value: undefinedValue, flow: undefined, events: [], bypasses: [], complete: true };
    return {
      method,
      path,
      origin,
      handlerOrigin,
      router: { file: target.file, span: target.facts },
      state,
      outcome,
      markedPublic: this.#mark !== undefined,
    };
  }

  /** The metadata of the current route by which guards let it through, as the configuration says. */
  #publicMark(): string | undefined {
    const { shape } = this;
    const names = this.semantics.catalog.publicMetadata;
    if (names.size === 0) return undefined;
    const decorator = [...shape.handlerDecorators, ...shape.classDecorators].find(({ path }) =>
      names.has(path.replace(/\(\)$/, '')),
    );
    if (decorator) return nameOfPath(decorator.path);
    // What stands at the handler counts before what stands at its class: `Reflector.getAllAndOverride`.
    for (const [key, value] of [...shape.handlerMetadata, ...shape.classMetadata]) {
      const name = textOf(key);
      if (name === undefined || !names.has(name)) continue;
      const isOff = value.kind === 'undefined' || (value.kind === 'literal' && !value.value);
      return isOff ? undefined : name;
    }
    return undefined;
  }

  /** The state behind a guard, as its `canActivate` decides for the current route. */
  #guarded(given: ChainState, value: Value): ChainState {
    const { interpreter, semantics, shape } = this;
    const state = limitedBy(given, value, shape.handlerDecorators, shape.classDecorators, semantics);
    const origin =
      'origin' in value
        ? value.origin
        : value.kind === 'class'
          ? { file: value.file, span: value.facts }
          : state.request.origin;
    const place = placeOf(origin);
    if (value.kind === 'class' || (value.kind === 'object' && value.classOf)) {
      const instance = value.kind === 'class' ? interpreter.singleton(value) : value;
      const name = instance.classOf?.facts.name ?? 'guard';
      return this.#guardInstance(state, instance, name, place);
    }
    if (value.kind === 'external') {
      const name = nameOfPath(value.path);
      // Nobody can look into it.
      if (this.#mark !== undefined && isOfHouse(value, semantics)) {
        const why = `lets a route with \`${this.#mark}\` through`;
        return stateWith(state, { guards: [...state.guards, { name, place, verdict: 'open', why }] });
      }
      const proofs = this.#proofsByGuard(value, name);
      if (proofs.length > 0) return accepted(state, name, place, proofs);
      if (semantics.guardOf(value)) return state;
      if (neutralPackages.has(value.path.slice(0, value.path.indexOf('#')))) return state;
      return undecided(state, name, place, 'is not part of the project and not in the catalog');
    }
    if (value.kind === 'union') {
      const states = value.options.map((option) => this.#guarded(state, option.value));
      return states.reduce((a, b) => (weightOf(a) <= weightOf(b) ? a : b), states[0] ?? state);
    }
    shape.request = state.request;
    return undecided(state, 'guard', place, 'cannot be followed');
  }

  #guardInstance(state: ChainState, instance: ObjectValue, name: string, place: Guard['place']): ChainState {
    const { interpreter, semantics, shape } = this;
    const origin = instance.classOf ? { file: instance.classOf.file, span: instance.classOf.facts } : instance.origin;
    const base = interpreter.externalBaseOf(instance);
    const handle = interpreter.methodOf(instance, 'handleRequest');
    const method = interpreter.methodOf(instance, 'canActivate');
    const baseGuard =
      base?.receiver?.kind === 'external' ? base.receiver : instance.classOf && externalSuper(instance.classOf);
    const proved = baseGuard ? semantics.provedByGuard(baseGuard) : undefined;
    const error = externalValue('global#Error()', origin);
    if (proved && handle) {
      const user = externalValue('express#Request.user', origin);
      const outcome = interpreter.follow(
        handle.value,
        instance,
        [error, user, { kind: 'unknown' }, externalValue('@nestjs/common#ExecutionContext()', origin)],
        origin,
        [],
      );
      if (!outcome.flow?.proofs.some(identifies)) {
        const guard: Guard = {
          name,
          place,
          verdict: 'open',
          why: 'its handleRequest lets a request without a user through',
        };
        const request = fork(state.request);
        return stateWith(state, { request, guards: [...state.guards, guard], optional: true });
      }
    }
    if (!method) {
      const proofs = baseGuard ? this.#proofsByGuard(baseGuard, name) : [];
      if (proofs.length > 0) return accepted(state, name, place, proofs);
      if (
        baseGuard &&
        (semantics.guardOf(baseGuard) || neutralPackages.has(baseGuard.path.slice(0, baseGuard.path.indexOf('#'))))
      )
        return state;
      return undecided(state, name, place, 'has no canActivate that can be followed');
    }
    const request = fork(state.request);
    shape.request = request;
    shape.response = fork(state.response);
    const context = externalValue('@nestjs/common#ExecutionContext()', origin);
    const outcome = interpreter.follow(method.value, instance, [context], origin, state.proofs);
    if (!outcome.flow) return stateWith(state, { request });
    const flows = allowingFlows(outcome, interpreter, origin);
    if (flows.length === 0)
      return accepted(stateWith(state, { request }), name, place, [{ kind: 'attached', origin, by: name }]);
    return behindDecision(stateWith(state, { request }), outcome, flows, name, place, semantics);
  }

  /** What a guard of the catalog proves for the current route. */
  #proofsByGuard(guard: ExternalValue, name: string): readonly Proof[] {
    const asksBy = this.semantics.guardOf(guard)?.asksBy;
    if (asksBy !== undefined && !this.shape.handlerDecorators.some(({ path }) => path === asksBy)) return [];
    return this.semantics.proofsByGuard(guard, name);
  }

  #stripsAllBodies(): boolean {
    const used = (this.application.instance?.calls ?? [])
      .filter((call) => call.path.endsWith('.useGlobalPipes()'))
      .flatMap((call) => (call.call?.args ?? []).flatMap(itemsOf));
    const provided = this.application.providers
      .filter(({ token }) => token.kind === 'external' && token.path === '@nestjs/core#APP_PIPE')
      .map(({ target }) => target);
    return [...used, ...provided].some(stripsBodies);
  }

  #globals(): Globals {
    return {
      guards: this.#usedEverywhere('.useGlobalGuards()', '@nestjs/core#APP_GUARD'),
      interceptors: this.#usedEverywhere('.useGlobalInterceptors()', '@nestjs/core#APP_INTERCEPTOR'),
      stripBodies: this.#stripsAllBodies(),
    };
  }

  #usedEverywhere(method: string, provided: string): readonly Value[] {
    const values: Value[] = [];
    for (const call of beforeStart(this.application.instance)) {
      if (call.path.endsWith(method)) values.push(...(call.call?.args ?? []).flatMap(itemsOf));
    }
    for (const { token, target } of this.application.providers) {
      if (token.kind === 'external' && token.path === provided) values.push(target);
    }
    return values;
  }

  #paths(): Paths {
    const paths = {
      prefix: '',
      excluded: [] as string[],
      versioned: false,
      versionPrefix: 'v',
      defaultVersions: [] as string[],
    };
    for (const call of this.application.instance?.calls ?? []) {
      const [first, second] = call.call?.args ?? [];
      if (call.path.endsWith('.setGlobalPrefix()')) {
        paths.prefix =
          optionsOf(first ?? undefinedValue)
            .map((option) => textOf(option.value))
            .find((text) => text !== undefined) ?? paths.prefix;
        const excluded = propertyOf(second, 'exclude');
        for (const item of excluded ? itemsOf(excluded) : [])
          paths.excluded.push(textOf(item) ?? textOf(propertyOf(item, 'path')) ?? '');
        if (excluded?.kind === 'array') for (const item of excluded.items) paths.excluded.push(textOf(item) ?? '');
      } else if (call.path.endsWith('.enableVersioning()')) {
        const type = propertyOf(first, 'type');
        paths.versioned = !type || (type.kind === 'external' && type.path.endsWith('.URI'));
        const prefix = propertyOf(first, 'prefix');
        if (prefix?.kind === 'literal') paths.versionPrefix = prefix.value === false ? '' : String(prefix.value);
        paths.defaultVersions.push(...versionsOf(propertyOf(first, 'defaultVersion')));
      }
    }
    return paths;
  }

  #middlewares(): readonly Middleware[] {
    const found: Middleware[] = [];
    for (const call of beforeStart(this.application.instance)) {
      if (!call.path.endsWith('.use()')) continue;
      const args = call.call?.args ?? [];
      const at = textOf(args[0]);
      for (const value of at === undefined ? args : args.slice(1)) {
        found.push({ value, covers: (_method, path) => at === undefined || isBelow(at, path) });
      }
    }
    for (const module of this.application.modules) {
      const instance = this.interpreter.singleton(module);
      const configure = this.interpreter.methodOf(instance, 'configure');
      if (!configure) continue;
      const consumer = externalValue('@nestjs/common#MiddlewareConsumer()', { file: module.file, span: module.facts });
      this.interpreter.follow(configure.value, instance, [consumer], consumer.origin, []);
      for (const applied of consumer.calls) {
        if (!applied.path.endsWith('.apply()')) continue;
        const excluded = applied.calls
          .filter((item) => item.path.endsWith('.exclude()'))
          .flatMap((item) => item.call?.args ?? [])
          .flatMap(targetsOf)
          .map((target) => ({ ...target, exact: true }));
        const targets = applied.calls
          .filter((item) => item.path.endsWith('.forRoutes()'))
          .flatMap((item) => item.call?.args ?? [])
          .flatMap(targetsOf);
        for (const value of (applied.call?.args ?? []).flatMap(itemsOf)) {
          const layer = value.kind === 'class' ? this.interpreter.singleton(value) : value;
          found.push({
            value: layer,
            covers: (method, path, prefix, controller) => {
              const local =
                prefix !== '' && isBelow(prefix, path)
                  ? joinPath(
                      path
                        .split('/')
                        .slice(prefix.split('/').filter(Boolean).length + 1)
                        .join('/'),
                    )
                  : path;
              return (
                targets.some((target) => matchesTarget(target, method, local, controller)) &&
                !excluded.some((target) => matchesTarget(target, method, local, controller))
              );
            },
          });
        }
      }
    }
    return found;
  }
}

/** What is done to an application while its routes are not there yet: they are made when it starts to listen. */
function beforeStart(instance: ExternalValue | undefined): readonly ExternalValue[] {
  const calls = instance?.calls ?? [];
  const start = calls.findLastIndex((call) => /\.(listen|init)\(\)$/.test(call.path));
  return start < 0 ? calls : calls.slice(0, start);
}

function verbOf(decorator: ExternalValue): string {
  const method = propertyOf(decorator.call?.args[0], 'method');
  return method?.kind === 'external' && decorator.path.endsWith('#RequestMapping()')
    ? method.path.slice(method.path.lastIndexOf('.') + 1)
    : (nestVerbs.get(decorator.path) ?? 'ALL');
}

interface Middleware {
  readonly value: Value;
  covers(method: string, path: string, prefix: string, controller: ClassValue): boolean;
}

interface Target {
  readonly path?: string;
  readonly method?: string;
  readonly controller?: ClassValue;
  /** A path that is written as text covers what is below it, one with a method, or to leave out, only itself. */
  readonly exact: boolean;
}

function targetsOf(value: Value): readonly Target[] {
  if (value.kind === 'array') return [...nestedItems(value)].flatMap(targetsOf);
  return itemsOf(value).length === 0 && value.kind === 'literal'
    ? [{ path: String(value.value), exact: false }]
    : itemsOf(value).flatMap((item): Target[] => {
        if (item.kind === 'class') return [{ controller: item, exact: false }];
        const path = textOf(propertyOf(item, 'path'));
        const method = propertyOf(item, 'method');
        const name = method?.kind === 'external' ? method.path.slice(method.path.lastIndexOf('.') + 1) : undefined;
        return path === undefined
          ? []
          : [{ path, exact: name !== undefined, ...(name === undefined || name === 'ALL' ? {} : { method: name }) }];
      });
}

function matchesTarget(target: Target, method: string, path: string, controller: ClassValue): boolean {
  if (target.controller) return lineageOf(controller).includes(target.controller);
  if (target.method !== undefined && target.method !== method && target.method !== 'ALL') return false;
  const pattern = target.path ?? '';
  if (/^\/?\{?\/?\(?\.?\*/.test(pattern)) return true;
  // With the slash within the braces the whole rest may be missing, with the slash in front of them it may not.
  const optional = /\{\/\*\w*\}$/.test(pattern);
  const wild = !optional && (/\/?\{?\/?\*\w*\}?$/.test(pattern) || pattern.endsWith('(.*)'));
  const plain = pattern.replace(/\/?\{?\/?\(?\.?\*\w*\)?\}?$/, '');
  const outer = plain.split('/').filter(Boolean).length;
  const inner = path.split('/').filter(Boolean).length;
  if (!isBelow(plain, path)) return false;
  if (wild) return inner > outer;
  return optional || !target.exact || inner === outer;
}

function externalSuper(target: ClassValue): ExternalValue | undefined {
  const last = lineageOf(target).at(-1)?.superClass;
  return last?.kind === 'external' ? last : undefined;
}

/** A guard that the configuration describes, or that the catalog knows nothing of. */
function isOfHouse(guard: ExternalValue, { catalog }: CatalogSemantics): boolean {
  if (catalog.described.has(guard.path)) return true;
  return !catalog.find(guard.at) && !neutralPackages.has(guard.path.slice(0, guard.path.indexOf('#')));
}

function used(decorators: readonly ExternalValue[], name: 'UseGuards' | 'UseInterceptors'): readonly Value[] {
  const path = `@nestjs/common#${name}()`;
  // Stacked decorators run from the bottom up, those of one list from left to right.
  return decorators
    .filter((decorator) => decorator.path === path)
    .reverse()
    .flatMap((decorator) =>
      (decorator.call?.args ?? []).flatMap((arg) => (arg.kind === 'array' ? itemsOf(arg) : [arg])),
    );
}

interface Registration {
  readonly owner: ClassValue;
  readonly name: string;
  readonly decorator: ExternalValue;
  readonly decorators: readonly ExternalValue[];
}

/** Methods with a decorator of the kind, own and inherited; a method that is overridden counts with its own decorators alone. */
function registrations(
  target: ClassValue,
  kinds: ReadonlyMap<string, string>,
  interpreter: Interpreter,
): readonly Registration[] {
  const seen = new Set<string>();
  const found: Registration[] = [];
  for (const owner of lineageOf(target)) {
    for (const member of owner.facts.members) {
      const isComputed = member.name === '';
      if (member.static || (seen.has(member.name) && !isComputed) || member.kind === 'constructor') continue;
      if (member.function === undefined && member.kind !== 'field') continue;
      seen.add(member.name);
      const decorators = isComputed
        ? flattenDecorators(member.decorators.map((item) => interpreter.evaluateIn(owner.file, item, owner.scope)))
        : methodDecorators(owner, member.name);
      // Of two verbs on one method only the topmost counts.
      const decorator = decorators.find((item) => kinds.has(item.path));
      if (decorator) found.push({ owner, name: member.name, decorator, decorators });
    }
  }
  return found;
}

function fullPaths(
  paths: Paths,
  modulePrefix: string,
  target: ClassValue,
  decorators: readonly ExternalValue[],
  verb: ExternalValue,
): readonly string[] {
  const controller = lineageOf(target)
    .flatMap(classDecorators)
    .find((decorator) => decorator.path === '@nestjs/common#Controller()');
  const [option] = controller?.call?.args ?? [];
  const isOptions = option?.kind === 'object';
  const bases = textsOf(isOptions ? propertyOf(option, 'path') : option);
  const [described] = verb.call?.args ?? [];
  const own = textsOf(propertyOf(described, 'path') ?? described);
  const onMethod = decorators.find((decorator) => decorator.path === '@nestjs/common#Version()');
  const onClass = lineageOf(target)
    .flatMap(classDecorators)
    .find((decorator) => decorator.path === '@nestjs/common#Version()');
  const declared =
    onMethod?.call?.args[0] ?? (isOptions ? propertyOf(option, 'version') : undefined) ?? onClass?.call?.args[0];
  const versions = paths.versioned ? (declared ? versionsOf(declared) : paths.defaultVersions) : [];
  const segments =
    versions.length > 0 ? versions.map((version) => (version === '' ? '' : `${paths.versionPrefix}${version}`)) : [''];
  const result: string[] = [];
  for (const base of bases) {
    for (const path of own) {
      const local = joinPath(modulePrefix, base, path);
      const prefix = paths.excluded.some((pattern) => joinPath(pattern).toLowerCase() === local.toLowerCase())
        ? ''
        : paths.prefix;
      for (const segment of segments) result.push(joinPath(prefix, segment, local));
    }
  }
  return [...new Set(result)];
}

function textsOf(value: Value | undefined): readonly string[] {
  if (!value || value.kind === 'undefined') return [''];
  if (value.kind === 'array') return [...nestedItems(value)].flatMap(textsOf);
  const text = textOf(value);
  if (text !== undefined) return [text];
  if (value.kind === 'text') return [value.parts.map((part) => textOf(part) ?? '*').join('')];
  if (value.kind === 'union') return [...new Set(value.options.flatMap((option) => textsOf(option.value)))].slice(0, 1);
  return value.kind === 'object' ? [''] : ['*'];
}

function versionsOf(value: Value | undefined): readonly string[] {
  if (!value) return [];
  if (value.kind === 'array') return [...nestedItems(value)].flatMap(versionsOf);
  if (value.kind === 'external' && value.path.endsWith('VERSION_NEUTRAL')) return [''];
  const text = textOf(value);
  return text === undefined ? [] : [text];
}
