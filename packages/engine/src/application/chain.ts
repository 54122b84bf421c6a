import { neutralPackages } from '../catalog/neutral/middlewares.js';
import { limits } from '../limits.js';
import type { Interpreter, Outcome } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import { escapedPath } from '../program/escaped.js';
import { conditionsSince, isWithin, type Condition } from '../program/condition.js';
import {
  bypassesOf,
  claimed,
  identifies,
  isUndecided,
  passedBy,
  permits,
  withProof,
  withProofs,
  type Bypass,
  type Flow,
  type Proof,
} from '../program/proof.js';
import { reachedUnder, type Event, type Moment } from '../program/semantics.js';
import {
  externalValue,
  memberOf,
  optionsOf,
  unionOf,
  type ExternalValue,
  type FunctionValue,
  type NativeValue,
  type Option,
  type Origin,
  type UnionValue,
  type Value,
} from '../program/value.js';
import { AddressAnswers, AddressTrace } from './address-trace.js';
import { arityOf } from './arity.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { isExempt } from './exemptions.js';
import { inputOf } from './input-of.js';
import { nestedItems } from './nested-items.js';
import { placeOf } from './place-of.js';
import type { Limiter } from './limiter.js';
import { isSkipped, limiterAt, limitersAmong } from './read-limiters.js';
import { refusesInTheDark } from './unread-check.js';
import type { Guard } from './route.js';
import { signatureOf } from './state-signature.js';
import { hangsOnAddress } from './undecided-address.js';
import {
  asksWhere,
  isWrittenAlone,
  partsOfAddress,
  spellingsOf,
  withVisit,
  writtenVisit,
  type Visit,
} from './visit.js';
import { valueAt } from './where-of.js';

/** What holds of a request after some of the layers in front of a handler. */
export interface ChainState {
  readonly request: ExternalValue;
  readonly response: ExternalValue;
  readonly proofs: readonly Proof[];
  readonly guards: readonly Guard[];
  /** Whether a layer could not be followed. */
  readonly unknown: boolean;
  /** Whether a layer looks for a proof and lets the anonymous through as well. */
  readonly optional: boolean;
  /** Whether a layer lets nobody through: nothing behind it is ever reached. */
  readonly closed: boolean;
  /** Ways around what a layer proves. */
  readonly bypasses: readonly Bypass[];
  /** Verifications whose failure lets the request go on. */
  readonly ignored: readonly ExternalValue[];
  /** Tokens that a layer has read without looking at their signature. */
  readonly decoded: readonly ExternalValue[];
  /** Tests that alone decide in a layer that proves nothing. */
  readonly tests: readonly Condition[];
  /** Queries of the layers: a handler may give away what a layer has loaded. */
  readonly queries: readonly Event[];
  /** What the layers limit. */
  readonly limiters: readonly Limiter[];
  /** What the layers keep for later. */
  readonly records: readonly Event[];
}

/** The state with something else in it. All states are made of the same members in the same order: they are made and read all the time. */
export function stateWith(state: ChainState, changes: Partial<ChainState>): ChainState {
  return {
    request: changes.request ?? state.request,
    response: changes.response ?? state.response,
    proofs: changes.proofs ?? state.proofs,
    guards: changes.guards ?? state.guards,
    unknown: changes.unknown ?? state.unknown,
    optional: changes.optional ?? state.optional,
    closed: changes.closed ?? state.closed,
    bypasses: changes.bypasses ?? state.bypasses,
    ignored: changes.ignored ?? state.ignored,
    decoded: changes.decoded ?? state.decoded,
    tests: changes.tests ?? state.tests,
    queries: changes.queries ?? state.queries,
    limiters: changes.limiters ?? state.limiters,
    records: changes.records ?? state.records,
  };
}

/** What holds behind a layer, and where a request leaves the route or the router early. */
export interface Passage {
  readonly state: ChainState;
  /** Behind the route, by `next('route')`. */
  readonly route?: ChainState;
  /** Behind the router, by `next('router')`. */
  readonly router?: ChainState;
}

/** What a layer's way depends on, beyond the state in front of it. */
interface Dependence {
  /** Where the request goes: its method and path. */
  where: boolean;
  /** Whether it is a handler of a route. */
  leaves: boolean;
  /** Where an error ends that it hands on. */
  fails: boolean;
}

interface Known {
  readonly plain: Passage;
  readonly on: Dependence;
  /** By what it depends on. */
  readonly visited: Map<string, Passage>;
  /** By what it depends on but the path, and by what it asks of that. */
  readonly byAnswers: Map<string, AddressAnswers<Passage>>;
  readonly bySignature: Map<string, Passage>;
}

/** The ways on which a layer calls `next`. */
interface Ways {
  readonly on: Flow[];
  readonly route: Flow[];
  readonly router: Flow[];
  /** When it went on, the last time with the same flow. */
  readonly moments: Map<Flow, Moment>;
  /** What stood in the request when it went on. */
  readonly written: { readonly flow: Flow; readonly properties: ReadonlyMap<string, Value> }[];
  unknown: boolean;
  /** How many ways around a proof were met before it was called last: those behind it lead nowhere. */
  bypasses: number;
}

/** How a framework calls a layer, and how the layer lets a request on. */
export interface Calling {
  /** What a layer is handed: in most frameworks the request, the response, and what lets the request on. */
  handed(request: ExternalValue, response: ExternalValue, next: NativeValue): readonly Value[];
  /** The same for a callback of `router.param`; where it is not said, the value and the name come last. */
  handedParameter?(given: readonly Value[], value: Value, name: Value): readonly Value[];
  /** Whether a layer is called with errors alone, so that no request passes through it. */
  takesErrors(layer: FunctionValue): boolean;
  /** The ways on which a layer lets a request on by coming to its end, and not by calling `next`. */
  handedOn(outcome: Outcome, layer: FunctionValue): readonly Flow[];
  /** What `this` is in a layer. */
  readonly self?: Value | undefined;
  /** What a layer does that lets a request on, for a person. */
  readonly goesOn?: string;
  /** What a layer is called that has no name of its own. */
  readonly title?: string;
}

const expressCalling: Calling = {
  handed: (request, response, next) => [request, response, next],
  takesErrors: ({ facts }) => arityOf(facts) >= 4,
  handedOn: returnedNext,
};

/** Runs layers on an abstract request, each sequence of layers once for all routes to which it does the same. */
export class Chain {
  readonly #after = new WeakMap<ChainState, Map<Value, Known>>();
  #on: Dependence = { where: false, leaves: false, fails: false };
  readonly start: ChainState;

  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    origin: Origin,
    readonly calling: Calling = expressCalling,
  ) {
    const request = externalValue('express#Request', origin);
    const response = externalValue('express#Response', origin);
    this.start = {
      request,
      response,
      proofs: [],
      guards: [],
      unknown: false,
      optional: false,
      closed: false,
      bypasses: [],
      ignored: [],
      decoded: [],
      tests: [],
      queries: [],
      limiters: [],
      records: [],
    };
  }

  /** The state behind a layer: a function, a list of them, or a middleware of the catalog. */
  after(state: ChainState, layer: Value, visit?: Visit): ChainState {
    return this.pass(state, layer, visit).state;
  }

  /** The same, with the ways on which a request leaves early. */
  pass(state: ChainState, layer: Value, visit?: Visit): Passage {
    if (layer.kind === 'array') {
      return [...nestedItems(layer)].reduce<Passage>(
        (current, item) => withExits(this.pass(current.state, item, visit), current),
        { state },
      );
    }
    return this.#once(state, layer, '', visit, (seen) => this.#run(state, layer, seen));
  }

  /** The state behind a callback of `router.param`: it is called with the value and the name behind `next`. */
  afterParameter(state: ChainState, name: string, callback: Value, visit?: Visit): ChainState {
    if (callback.kind !== 'function') return stateWith(state, { unknown: true });
    const origin = { file: callback.file, span: callback.facts };
    const value = memberOf(memberOf(state.request, 'params'), name);
    const key: Value = { kind: 'literal', value: name, origin };
    const title = callback.facts.name ?? 'param';
    return this.#once(state, callback, name, visit, (seen) =>
      this.#follow(state, callback, title, origin, seen, { value, name: key }),
    ).state;
  }

  /** Runs a layer once, and again for each route as far as it looks where the request goes. */
  #once(
    state: ChainState,
    layer: Value,
    name: string,
    visit: Visit | undefined,
    run: (visit: Visit | undefined) => Passage,
  ): Passage {
    let layers = this.#after.get(state);
    if (!layers) this.#after.set(state, (layers = new Map<Value, Known>()));
    let known = layers.get(layer);
    if (!known) {
      const outer = this.#on;
      this.#on = { where: false, leaves: false, fails: false };
      const plain = run(undefined);
      known = {
        plain,
        on: this.#on,
        visited: new Map(),
        byAnswers: new Map(),
        bySignature: new Map([[signatureOfPassage(plain), plain]]),
      };
      this.#on = outer;
      layers.set(layer, known);
    }
    const { where, leaves, fails } = known.on;
    if (where) this.#on.where = true;
    if (leaves) this.#on.leaves = true;
    if (fails) this.#on.fails = true;
    const place = where && visit ? `${visit.method} ${visit.base} ${visit.path}` : '';
    const within = `${leaves && visit?.inRoute ? 'route' : ''} ${fails && visit?.errorsEnd ? 'ends' : ''}`;
    if (!visit || (place === '' && within === ' ')) return known.plain;
    const key = `${name} ${within} ${place}`;
    let next = known.visited.get(key);
    if (!next) {
      const others = `${name} ${within} ${spellingOf(visit)}`;
      next = where ? this.#answeredAlike(known, others, state, visit, run) : merged(known, run(visit));
      known.visited.set(key, next);
    }
    // What the routes before were asked is not known any more.
    if (where) visit.trace?.read();
    return next;
  }

  /** What a layer does for a route, or did for another one that has answered the same to all that it asked. */
  #answeredAlike(
    known: Known,
    others: string,
    state: ChainState,
    visit: Visit,
    run: (visit: Visit) => Passage,
  ): Passage {
    // What a framework tells beside the path is another thing for each route, and so may be what is left of it.
    if (visit.told || visit.trace || visit.base.includes('*')) return merged(known, run(visit));
    let answers = known.byAnswers.get(others);
    if (!answers) known.byAnswers.set(others, (answers = new AddressAnswers()));
    const alike = answers.find(() => partsOfAddress(fork(state.request), visit));
    if (alike) return alike;
    const trace = new AddressTrace();
    const passage = merged(known, run({ ...visit, trace }));
    trace.close();
    if (trace.isWhole) answers.add(trace.questions, passage);
    return passage;
  }

  #run(state: ChainState, layer: Value, visit: Visit | undefined): Passage {
    switch (layer.kind) {
      case 'function':
        return this.calling.takesErrors(layer)
          ? { state }
          : this.#follow(
              state,
              layer,
              layer.facts.name ?? this.calling.title ?? 'middleware',
              { file: layer.file, span: layer.facts },
              visit,
            );
      case 'external':
        return this.#external(state, layer, visit);
      case 'union':
        return this.#oneOf(state, layer, visit);
      case 'object': {
        const method = this.interpreter.methodOf(layer, 'use');
        if (!method) return { state: stateWith(state, { unknown: true }) };
        const origin = { file: method.value.file, span: method.value.facts };
        return this.#follow(state, method.value, method.owner.facts.name ?? 'middleware', origin, visit);
      }
      case 'undefined':
      case 'literal':
        return { state };
      default:
        return { state: stateWith(state, { unknown: true }) };
    }
  }

  /** The weakest of several layers that one may be, or, where a setting chooses, the one that guards. */
  #oneOf(state: ChainState, { options }: UnionValue, visit: Visit | undefined): Passage {
    const passages = options
      .filter((option) => option.value.kind !== 'undefined')
      .map((option) => this.pass(state, option.value, visit));
    const [first] = passages;
    if (!first) return { state };
    const isSwitch = options.length > 1 && options.every((option) => (option.settings?.length ?? 0) > 0);
    const chosen = passages.reduce((a, b) => (weightOf(a.state) <= weightOf(b.state) !== isSwitch ? a : b), first);
    return passages.reduce(withExits, chosen);
  }

  /** A guard with a list of exceptions. */
  #exempting(state: ChainState, layer: ExternalValue, visit: Visit | undefined): Passage {
    const inner = layer.receiver;
    if (!inner) return { state: stateWith(state, { unknown: true }) };
    this.#on.where = true;
    if (!visit) return this.pass(state, inner);
    visit.trace?.read();
    const exempt = isExempt(layer.call?.args[0], visit, state.request, (question) =>
      this.#isTrue(state, question, layer.origin, visit),
    );
    if (exempt === false) return this.pass(state, inner, visit);
    const name = nameOfPath(layer.path);
    if (exempt === undefined) return { state: undecided(state, name, placeOf(layer.origin)) };
    const guard: Guard = {
      name,
      place: placeOf(layer.origin),
      verdict: 'open',
      why: 'lists this route among its exceptions',
    };
    return { state: stateWith(state, { guards: [...state.guards, guard] }) };
  }

  /** Whether a function may say yes to a request: what it does not decide is for the caller to choose. */
  #isTrue(state: ChainState, question: Value, origin: Origin, visit: Visit): boolean {
    const request = fork(state.request);
    const next: NativeValue = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
    const { value, flow } = withVisit(request, visit, () => {
      const [context = request] = this.calling.handed(request, fork(state.response), next);
      return this.interpreter.follow(question, { kind: 'undefined' }, [context], origin, state.proofs);
    });
    return flow !== undefined && this.interpreter.refine(value, true) !== undefined;
  }

  #external(given: ChainState, layer: ExternalValue, visit: Visit | undefined): Passage {
    const state = this.#limited(given, layer, visit);
    const entry = this.semantics.guardOf(layer);
    if (entry?.exempts) return this.#exempting(state, layer, visit);
    const question = entry?.asks && valueAt(layer, entry.asks);
    if (question) return { state: this.#asked(state, layer, question, entry.asks.credentials) };
    return { state: this.#described(state, layer, visit) };
  }

  /** The state behind a limiter of the catalog; the same state where it is none, or leaves out what gets here. */
  #limited(state: ChainState, layer: ExternalValue, visit: Visit | undefined): ChainState {
    const entry = this.semantics.limiterOf(layer);
    if (!entry) return state;
    if (entry.skips) this.#on.where = true;
    const next: NativeValue = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
    const handed = (request: ExternalValue): readonly Value[] =>
      this.calling.handed(request, fork(state.response), next);
    const request = fork(state.request);
    // Of the spellings of a path a caller takes the one that is left out, and that is most often the written one.
    const written = visit && writtenVisit(visit);
    if (withVisit(request, written, () => isSkipped(layer, entry, this.semantics, request, handed))) return state;
    return stateWith(state, { limiters: [...state.limiters, limiterAt(layer, entry, this.semantics, handed)] });
  }

  /** A guard that lets those through to whose credential a function of the project says yes. */
  #asked(state: ChainState, layer: ExternalValue, question: Value, credentials: number): ChainState {
    const { origin } = layer;
    const request = fork(state.request);
    const response = fork(state.response);
    const credential = memberOf(memberOf(request, 'headers'), 'authorization', origin);
    const given = Array.from({ length: credentials }, () => credential);
    const next: NativeValue = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
    const [context = request] = this.calling.handed(request, response, next);
    const outcome = this.interpreter.follow(question, { kind: 'undefined' }, [...given, context], origin, state.proofs);
    const unknown = question.kind !== 'function' || outcome.value.kind === 'unknown';
    const gained = outcome.flow && this.interpreter.refine(outcome.value, true);
    const flows = outcome.flow && gained ? [withProofs(outcome.flow, gained)] : [];
    const ways = { unknown, moments: new Map<Flow, Moment>() };
    return this.#behind(state, request, response, outcome, flows, ways, nameOfPath(layer.path), origin);
  }

  #described(state: ChainState, layer: ExternalValue, visit: Visit | undefined): ChainState {
    const name = nameOfPath(layer.path);
    const entry = this.semantics.guardOf(layer);
    if (entry) {
      if (entry.skips) this.#on.where = true;
      if (visit && entry.skips?.some((method) => visit.method === 'ALL' || visit.method === method)) {
        const why = `can be passed without a proof by ${entry.skips.join(' and ')}`;
        return stateWith(state, {
          guards: [...state.guards, { name, place: placeOf(layer.origin), verdict: 'open', why }],
        });
      }
      const callback = layer.call?.args.some((arg) => arg.kind === 'function');
      if (entry.decidesIn && callback) return stateWith(state, { unknown: true });
      const proofs = this.semantics.proofsByGuard(layer, name);
      if (proofs.length > 0) return accepted(state, name, placeOf(layer.origin), proofs);
      if (!entry.proves) return state;
      const guard: Guard = {
        name,
        place: placeOf(layer.origin),
        verdict: 'open',
        why: 'is configured to let the anonymous through',
      };
      const request = fork(state.request);
      request.properties.set('user', externalValue('express#Request.user', layer.origin));
      return stateWith(state, { request, guards: [...state.guards, guard], optional: true });
    }
    const packageName = layer.path.slice(0, layer.path.indexOf('#'));
    if (neutralPackages.has(packageName) || this.semantics.limiterOf(layer)) return state;
    const guard: Guard = {
      name,
      place: placeOf(layer.origin),
      verdict: 'unknown',
      why: 'is not part of the project and not in the catalog',
    };
    return stateWith(state, { guards: [...state.guards, guard], unknown: true });
  }

  #follow(
    state: ChainState,
    layer: FunctionValue,
    name: string,
    origin: Origin,
    visit: Visit | undefined,
    parameter?: { readonly value: Value; readonly name: Value },
  ): Passage {
    const request = fork(state.request);
    const response = fork(state.response);
    const ways: Ways = {
      on: [],
      route: [],
      router: [],
      moments: new Map(),
      written: [],
      unknown: false,
      bypasses: 0,
    };
    const next: NativeValue = {
      kind: 'native',
      name: 'next',
      call: (args) => {
        const flow = this.interpreter.flow;
        const [first] = args;
        if (!flow) return { kind: 'undefined' };
        ways.written.push({ flow, properties: new Map(request.hasProperties() ? request.properties : []) });
        ways.bypasses = this.interpreter.bypassCount;
        if (first?.kind === 'external' && first.path === escapedPath) {
          const target = first.receiver?.kind === 'external' ? first.receiver : undefined;
          // `verify(token, key, next)`: it is told of a failure.
          const proves = target && this.semantics.meaningOf(target)?.proves;
          if (target && proves?.when === 'returns') {
            const by = nameOfPath(target.path);
            const proof = { kind: proves.kind, origin: target.origin, by, about: this.semantics.aboutOf(target) };
            this.#take(ways.on, withProof(flow, proof), ways);
          } else if (neutralPackages.has(target?.path.slice(0, target.path.indexOf('#')) ?? ''))
            this.#take(ways.on, flow, ways);
          else ways.unknown = true;
        } else {
          const options = optionsOf(first ?? { kind: 'undefined' });
          const went = options.map((option) => this.#goOn(option.value, withProofs(flow, option.proofs), ways, visit));
          if (!went.includes(true)) this.interpreter.flow = this.#failed(flow, origin, visit);
        }
        return { kind: 'undefined' };
      },
    };
    const followed = withVisit(request, visit, () => {
      const given = this.calling.handed(request, response, next);
      const args = parameter ? this.#withParameter(given, parameter) : given;
      const self = this.calling.self ?? { kind: 'undefined' };
      return this.interpreter.follow(layer, self, args, origin, state.proofs);
    });
    joinWritten(request, ways, state);
    const returned = this.calling.handedOn(followed, layer);
    ways.on.push(...returned);
    const outcome =
      returned.length > 0 ? followed : { ...followed, bypasses: followed.bypasses.slice(0, ways.bypasses) };
    const flows = [...ways.on, ...ways.route, ...ways.router];
    // Where it goes on whatever it has read, as a log does, it need not be asked again.
    const chooses =
      flows.length !== 1 ||
      outcome.bypasses.length > 0 ||
      flows.some(({ condition, proofs }) => condition ?? proofs !== state.proofs);
    if (chooses && asksWhere(request)) this.#on.where = true;
    const behind = (taken: readonly Flow[]): ChainState =>
      this.#behind(state, request, response, outcome, taken, ways, name, origin);
    const passage = {
      state: behind(ways.on),
      ...(ways.route.length > 0 ? { route: behind(ways.route) } : {}),
      ...(ways.router.length > 0 ? { router: behind(ways.router) } : {}),
    };
    if (!visit || !chooses || isWrittenAlone(visit) || !isLeftOpen(passage.state, state)) return passage;
    const { state: written } = this.#follow(state, layer, name, origin, writtenVisit(visit), parameter);
    // The path is let through as it is written, and only in another spelling would the layer ask for anything.
    if (isLeftOpen(written, state)) return visit.exact ? { ...passage, state: written } : passage;
    const why = `tests the path as it is written, and other spellings lead to the same route (${spellingsOf(visit).join(', ')})`;
    const guard: Guard = { name, place: placeOf(origin), verdict: 'open', why };
    const { optional } = state;
    return { ...passage, state: stateWith(passage.state, { guards: [...state.guards, guard], optional }) };
  }

  #withParameter(
    given: readonly Value[],
    { value, name }: { readonly value: Value; readonly name: Value },
  ): readonly Value[] {
    return this.calling.handedParameter?.(given, value, name) ?? [...given, value, name];
  }

  /** What `next` does with its argument; whether a request may go on. */
  #goOn(value: Value, flow: Flow, ways: Ways, visit: Visit | undefined): boolean {
    if (value.kind === 'undefined' || (value.kind === 'literal' && !value.value)) this.#take(ways.on, flow, ways);
    else if (value.kind === 'literal' && value.value === 'route') {
      this.#on.leaves = true;
      this.#take(visit?.inRoute ? ways.route : ways.on, flow, ways);
    } else if (value.kind === 'literal' && value.value === 'router') this.#take(ways.router, flow, ways);
    else {
      // `verify(token, key, (error) => next(error))`: it goes on where nothing went wrong.
      const gained = value.kind === 'external' ? (this.interpreter.refine(value, false) ?? []) : [];
      if (!gained.some(identifies)) return false;
      this.#take(ways.on, withProofs(flow, gained), ways);
    }
    return true;
  }

  #take(way: Flow[], flow: Flow, ways: Ways): void {
    way.push(flow);
    ways.moments.set(flow, this.interpreter.moment);
  }

  /** Behind `next(error)`: the error walks past everything below, so that a further `next()` finds no route left. */
  #failed(flow: Flow, origin: Origin, visit: Visit | undefined): Flow {
    this.#on.fails = true;
    return visit?.errorsEnd ? flow : withProof(flow, { kind: 'attached', origin, by: 'next(error)' });
  }

  #behind(
    state: ChainState,
    request: ExternalValue,
    response: ExternalValue,
    outcome: Outcome,
    flows: readonly Flow[],
    { unknown, moments }: Pick<Ways, 'unknown' | 'moments'>,
    name: string,
    origin: Origin,
  ): ChainState {
    const { flow: joined, switchedOff } = passedBy(flows, state.proofs);
    if (!joined) {
      // Nobody gets past it: what stands behind it is asked for more than anybody has.
      if (!unknown)
        return stateWith(state, { request, response, closed: true, guards: [...state.guards, closing(name, origin)] });
      return undecided(stateWith(state, { request, response }), name, placeOf(origin));
    }
    const after = stateWith(withTraces(state, outcome, flows, this.semantics, moments), {
      request,
      response,
      proofs: unknown ? state.proofs : joined.proofs,
    });
    const gained = joined.proofs.filter((proof) => !state.proofs.includes(proof));
    const proof = gained.find(identifies);
    const permissions = gained.filter(permits).map(titleOfPermission);
    const place = placeOf(origin);
    if (unknown) return undecided(after, name, place);
    if (proof ?? permissions.length > 0) {
      const guard: Guard = {
        name,
        place,
        verdict: 'guarded',
        ...(proof ? { proves: proof.kind } : {}),
        ...(permissions.length > 0 ? { permissions } : {}),
        why: `${this.calling.goesOn ?? 'calls next()'} only after ${wayIn(gained, switchedOff)}`,
      };
      return stateWith(after, { guards: [...state.guards, guard] });
    }
    const asked = gained.find(isUndecided);
    if (asked) return undecided(after, name, place, leavesTo(asked));
    if (
      refusesInTheDark(
        outcome.events,
        flows.map(({ condition }) => condition),
        this.semantics.catalog,
      )
    )
      return undecided(after, name, place);
    const before = state.proofs.filter(identifies).length;
    const tries = flows.some((flow) => flow.proofs.filter(identifies).length > before);
    if (!tries) return stateWith(after, { guards: [...state.guards, ...believing(gained, name, place)] });
    if (bareOf(flows, before).every(hangsOnAddress)) return undecided(after, name, place);
    const goesOn = this.calling.goesOn ?? 'calls next()';
    const guard: Guard = { name, place, verdict: 'open', why: `${goesOn} on a path that proves nothing` };
    return stateWith(after, {
      guards: [...state.guards, guard],
      optional: after.optional || !demandsCredential(flows, this.semantics),
    });
  }
}

/** Whether everybody gets past a layer, as far as can be told. */
function isLeftOpen(after: ChainState, before: ChainState): boolean {
  return !after.closed && after.unknown === before.unknown && weightOf(after) <= weightOf(before);
}

/** The ways that prove no more than was known before. */
function bareOf(flows: readonly Flow[], before: number): readonly Flow[] {
  return flows.filter(({ proofs }) => proofs.filter(identifies).length <= before);
}

/** `req.auth = admin; return next()` on one way and `req.auth = guest; next()` on another: behind it, it is one of them. */
function joinWritten(request: ExternalValue, { written }: Ways, state: ChainState): void {
  if (written.length < 2) return;
  for (const name of request.properties.keys()) {
    // Where a way has written nothing, what the others wrote says nothing of it.
    if (!written.every(({ properties }) => properties.has(name))) continue;
    const options: Option[] = [];
    for (const { flow, properties } of written) {
      const value = properties.get(name);
      if (value && !options.some((option) => option.value === value))
        options.push({ value, proofs: flow.proofs.filter((proof) => !state.proofs.includes(proof)) });
    }
    if (options.length > 1) request.properties.set(name, unionOf(options));
  }
}

/** The one of two states that says less of the caller. */
export function weakerOf(a: ChainState, b: ChainState): ChainState {
  return weightOf(a) <= weightOf(b) ? a : b;
}

/** A passage with the early ways of another one before it as well. */
function withExits(passage: Passage, other: Passage): Passage {
  const route = passage.route && other.route ? weakerOf(passage.route, other.route) : (passage.route ?? other.route);
  const router =
    passage.router && other.router ? weakerOf(passage.router, other.router) : (passage.router ?? other.router);
  return { state: passage.state, ...(route ? { route } : {}), ...(router ? { router } : {}) };
}

/** One that the layer was known to have before, where it cannot be told apart from it. */
function merged({ bySignature }: Known, passage: Passage): Passage {
  const signature = signatureOfPassage(passage);
  const known = bySignature.get(signature) ?? passage;
  bySignature.set(signature, known);
  return known;
}

/** All that a layer may learn of where a request goes, but the path. */
function spellingOf({ method, exactCase, exact, asSent }: Visit): string {
  return `${method} ${String(exactCase)} ${String(exact)} ${asSent ?? ''}`;
}

function signatureOfPassage({ state, route, router }: Passage): string {
  return [state, route, router].map(signatureOf).join('\n');
}

/** How much is proved: who the caller is counts first. */
export function weightOf({ proofs }: ChainState): number {
  return proofs.reduce((weight, proof) => weight + (identifies(proof) ? 1000 : 1), 0);
}

/** Handlers of express-promise-router return 'next' instead of calling it; to Express the word means nothing. */
function returnedNext({ value, flow }: Outcome): readonly Flow[] {
  if (!flow) return [];
  return optionsOf(value)
    .filter((option) => option.value.kind === 'literal' && option.value.value === 'next')
    .map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
      proofs: [...new Set([...flow.proofs, ...proofs])],
      ...(settings ? { settings } : {}),
      ...(condition ? { condition } : {}),
    }));
}

function closing(name: string, origin: Origin): Guard {
  return { name, place: placeOf(origin), verdict: 'guarded', why: 'lets nobody through' };
}

/** The state behind something of which nobody knows whom it lets on. */
export function undecided(
  state: ChainState,
  name: string,
  place: Guard['place'],
  why = 'leaves the decision to something that cannot be followed',
): ChainState {
  return stateWith(state, { unknown: true, guards: [...state.guards, { name, place, verdict: 'unknown', why }] });
}

/** What was asked, where nobody can look into that. */
export function leavesTo({ by }: Proof): string {
  return `leaves the decision to \`${by}\`, which cannot be looked into`;
}

/** The state behind a layer that lets nobody through without these proofs. */
export function accepted(state: ChainState, name: string, place: Guard['place'], proofs: readonly Proof[]): ChainState {
  const identity = proofs.find(identifies);
  const permissions = proofs.filter(permits).map(titleOfPermission);
  const guard: Guard = {
    name,
    place,
    verdict: 'guarded',
    ...(identity ? { proves: identity.kind } : {}),
    ...(permissions.length > 0 ? { permissions } : {}),
    why: identity ? 'rejects a request without a proof' : 'rejects whoever may not do this',
  };
  return stateWith(state, { proofs: [...state.proofs, ...proofs], guards: [...state.guards, guard] });
}

/** A guard that is content with a token that nobody has verified. */
export function believing(gained: readonly Proof[], name: string, place: Guard['place']): readonly Guard[] {
  const claim = gained.find(({ kind }) => kind === claimed);
  if (!claim) return [];
  return [{ name, place, verdict: 'open', why: `believes a token that \`${claim.by}\` reads and nobody verifies` }];
}

/** Whether a guard turns away whoever brings nothing: what it lets through without a proof is no courtesy to the public then. */
export function demandsCredential(flows: readonly Flow[], semantics: CatalogSemantics): boolean {
  const bare = flows.filter(({ proofs }) => !proofs.some(identifies));
  return (
    bare.length > 0 &&
    bare.every((flow) =>
      conditionsSince(flow.condition, undefined).some(
        ({ values, truthy }) =>
          truthy &&
          values.length === 1 &&
          values.some((value) => /^(headers|cookies|signedCookies)\b/.test(inputOf(value, semantics.catalog) ?? '')),
      ),
    )
  );
}

/** What lets a request on, in the words of a guard's reason. */
export function wayIn(gained: readonly Proof[], switchedOff: boolean): string {
  const proof = gained.find(identifies) ?? gained[0];
  const hole = gained.find((item) => item.hole);
  const around = hole ? `, or for a token that \`${hole.by}\` reads and nobody verifies` : '';
  return `${proof?.by ?? 'a proof'}${around}${switchedOff ? ', unless a setting switches it off' : ''}`;
}

/** `role:admin`, `owner`, `policy:can`. */
export function titleOfPermission({ kind, name }: Proof): string {
  return name === undefined ? kind : `${kind}:${name}`;
}

/** The state with what a layer leaves behind of proofs that it went around, ignored or did without. */
export function withTraces(
  state: ChainState,
  outcome: Outcome,
  flows: readonly Flow[],
  semantics: CatalogSemantics,
  moments?: ReadonlyMap<Flow, Moment>,
): ChainState {
  const proved = flows.filter((flow) =>
    flow.proofs.some((proof) => identifies(proof) && !state.proofs.includes(proof)),
  );
  const bare = flows.filter((flow) => !proved.includes(flow));
  const lost = (bypass: Bypass): boolean => flows.some((flow) => !flow.proofs.includes(bypass.proof));
  const bypasses = [...outcome.bypasses.filter(lost), ...bypassesOf(flows, passedBy(flows, state.proofs).flow)];
  const passedOver = (event: Event): boolean =>
    bare.some((flow) => isWithin(flow.condition, reachedUnder(event, moments?.get(flow))));
  const ignored = outcome.events.filter(
    ({ meaning }) => meaning.proves !== undefined && meaning.proves.kind !== claimed,
  );
  const queries = outcome.events.filter(
    ({ call }) => semantics.catalog.find(call.at)?.data !== undefined || semantics.asksAboutCaller(call),
  );
  const decoded = outcome.events.filter(({ call }) => semantics.tokenReadBy(call) !== undefined);
  const tests = proved.length === 0 ? bare.flatMap((flow) => conditionsSince(flow.condition, undefined)) : [];
  const { events } = outcome;
  return stateWith(state, {
    bypasses: joined(state.bypasses, bypasses),
    ignored: joined(
      state.ignored,
      ignored.filter(passedOver).map(({ call }) => call),
    ),
    decoded: joined(
      state.decoded,
      decoded.map(({ call }) => call),
    ),
    tests: joined(state.tests, tests),
    queries: joined(state.queries, queries),
    limiters: joined(state.limiters, limitersAmong(events, semantics)),
    records: joined(
      state.records,
      events.filter(({ call }) => semantics.recordsOf(call) !== undefined),
    ),
  });
}

/** Most layers leave nothing of a kind behind. */
function joined<Item>(before: readonly Item[], more: readonly Item[]): readonly Item[] {
  return more.length === 0 ? before : [...before, ...more];
}

/** A copy that later layers can write to. */
export function fork(value: ExternalValue): ExternalValue {
  const copy = externalValue(value.path, value.origin);
  copyWrites(value, copy, 0);
  return copy;
}

function copyWrites(from: ExternalValue, to: ExternalValue, depth: number): void {
  if (from.hasProperties()) for (const [name, property] of from.properties) to.properties.set(name, property);
  for (const [name, member] of from.knownMembers())
    if (isWritten(member, depth)) copyWrites(member, memberOf(to, name), depth + 1);
}

function isWritten(value: ExternalValue, depth: number): boolean {
  if (value.hasProperties()) return true;
  if (depth >= limits.requestWriteDepth) return false;
  for (const [, member] of value.knownMembers()) if (isWritten(member, depth + 1)) return true;
  return false;
}
