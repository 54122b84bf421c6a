import { neutralPackages } from '../catalog/neutral/middlewares.js';
import { nameOfPath, type Interpreter } from '../program/interpreter.js';
import { escapedPath } from '../program/escaped.js';
import { passedBy, type Flow, type Proof } from '../program/proof.js';
import {
  externalValue,
  memberOf,
  type ExternalValue,
  type NativeValue,
  type Origin,
  type Value,
} from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { nestedItems } from './nested-items.js';
import { placeOf } from './place-of.js';
import type { Guard } from './route.js';

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
}

/** Runs layers on an abstract request, each sequence of layers once. */
export class Chain {
  readonly #after = new WeakMap<ChainState, Map<Value, ChainState>>();
  readonly start: ChainState;

  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    origin: Origin,
  ) {
    const request = externalValue('express#Request', origin);
    const response = externalValue('express#Response', origin);
    this.start = { request, response, proofs: [], guards: [], unknown: false, optional: false };
  }

  /** The state behind a layer: a function, a list of them, or a middleware of the catalog. */
  after(state: ChainState, layer: Value): ChainState {
    if (layer.kind === 'array')
      return [...nestedItems(layer)].reduce((current, item) => this.after(current, item), state);
    let known = this.#after.get(state);
    if (!known) this.#after.set(state, (known = new Map<Value, ChainState>()));
    let next = known.get(layer);
    if (!next) known.set(layer, (next = this.#run(state, layer)));
    return next;
  }

  /** The state behind a callback of `router.param`: it is called with the value and the name behind `next`. */
  afterParameter(state: ChainState, callback: Value): ChainState {
    if (callback.kind !== 'function') return { ...state, unknown: true };
    return this.#follow(state, callback, callback.facts.name ?? 'param', { file: callback.file, span: callback.facts });
  }

  #run(state: ChainState, layer: Value): ChainState {
    switch (layer.kind) {
      case 'function':
        return layer.facts.parameters.length >= 4
          ? state
          : this.#follow(state, layer, layer.facts.name ?? 'middleware', { file: layer.file, span: layer.facts });
      case 'external':
        return this.#external(state, layer);
      case 'union': {
        const states = layer.options
          .filter((option) => option.value.kind !== 'undefined')
          .map((option) => this.#run(state, option.value));
        return states.reduce((a, b) => (a.proofs.length <= b.proofs.length ? a : b), states[0] ?? state);
      }
      case 'object': {
        const method = this.interpreter.methodOf(layer, 'use');
        return method
          ? this.#follow(state, method.value, method.owner.facts.name ?? 'middleware', {
              file: method.value.file,
              span: method.value.facts,
            })
          : { ...state, unknown: true };
      }
      case 'undefined':
      case 'literal':
        return state;
      default:
        return { ...state, unknown: true };
    }
  }

  #external(state: ChainState, layer: ExternalValue): ChainState {
    const name = nameOfPath(layer.path);
    const entry = this.semantics.guardOf(layer);
    if (entry) {
      const callback = layer.call?.args.some((arg) => arg.kind === 'function');
      if (entry.decidesIn && callback) return { ...state, unknown: true };
      const proved = this.semantics.provedByGuard(layer);
      if (proved) return this.#proved(state, name, layer, proved.kind);
      if (!entry.proves) return state;
      const guard: Guard = {
        name,
        place: placeOf(layer.origin),
        verdict: 'open',
        why: 'is configured to let the anonymous through',
      };
      const request = fork(state.request);
      request.properties.set('user', externalValue('express#Request.user', layer.origin));
      return { ...state, request, guards: [...state.guards, guard], optional: true };
    }
    const packageName = layer.path.slice(0, layer.path.indexOf('#'));
    if (neutralPackages.has(packageName)) return state;
    const guard: Guard = {
      name,
      place: placeOf(layer.origin),
      verdict: 'unknown',
      why: 'is not part of the project and not in the catalog',
    };
    return { ...state, guards: [...state.guards, guard], unknown: true };
  }

  #proved(state: ChainState, name: string, layer: ExternalValue, kind: string): ChainState {
    const proof: Proof = { kind, origin: layer.origin, by: name };
    const guard: Guard = {
      name,
      place: placeOf(layer.origin),
      verdict: 'guarded',
      proves: kind,
      why: 'rejects a request without a proof',
    };
    return { ...state, proofs: [...state.proofs, proof], guards: [...state.guards, guard] };
  }

  #follow(state: ChainState, layer: Value & { kind: 'function' }, name: string, origin: Origin): ChainState {
    const request = fork(state.request);
    const response = fork(state.response);
    const flows: Flow[] = [];
    const seen = { unknown: false };
    const next: NativeValue = {
      kind: 'native',
      name: 'next',
      call: (args) => {
        const flow = this.interpreter.flow;
        const [first] = args;
        if (!flow) return { kind: 'undefined' };
        if (first?.kind === 'external' && first.path === escapedPath) {
          const target = first.receiver?.kind === 'external' ? first.receiver.path : '';
          if (neutralPackages.has(target.slice(0, target.indexOf('#')))) flows.push(flow);
          else seen.unknown = true;
        } else if (!first || first.kind === 'undefined' || (first.kind === 'literal' && first.value !== null))
          flows.push(flow);
        return { kind: 'undefined' };
      },
    };
    this.interpreter.follow(layer, { kind: 'undefined' }, [request, response, next], origin, state.proofs);
    const { unknown } = seen;
    const { flow: joined, switchedOff } = passedBy(flows, state.proofs);
    if (!joined) {
      if (!unknown) return { ...state, request, response };
      const guard: Guard = {
        name,
        place: placeOf(origin),
        verdict: 'unknown',
        why: 'leaves the decision to something that cannot be followed',
      };
      return { ...state, request, response, guards: [...state.guards, guard], unknown: true };
    }
    const gained = joined.proofs.filter((proof) => !state.proofs.includes(proof));
    const [proof] = gained;
    if (proof && !unknown) {
      const guard: Guard = {
        name,
        place: placeOf(origin),
        verdict: 'guarded',
        proves: proof.kind,
        why: `calls next() only after ${proof.by}${switchedOff ? ', unless a setting switches it off' : ''}`,
      };
      return { ...state, request, response, proofs: joined.proofs, guards: [...state.guards, guard] };
    }
    const tries = flows.some((flow) => flow.proofs.length > state.proofs.length);
    if (!tries && !unknown) return { ...state, request, response };
    const guard: Guard = unknown
      ? {
          name,
          place: placeOf(origin),
          verdict: 'unknown',
          why: 'leaves the decision to something that cannot be followed',
        }
      : { name, place: placeOf(origin), verdict: 'open', why: 'calls next() on a path that proves nothing' };
    return {
      ...state,
      request,
      response,
      guards: [...state.guards, guard],
      unknown: state.unknown || unknown,
      optional: state.optional || tries,
    };
  }
}

/** A copy that later layers can write to. */
export function fork(value: ExternalValue): ExternalValue {
  const copy = externalValue(value.path, value.origin);
  if (value.hasProperties()) for (const [name, property] of value.properties) copy.properties.set(name, property);
  for (const [name, member] of value.knownMembers()) {
    if (!member.hasProperties()) continue;
    const inner = memberOf(copy, name);
    for (const [key, property] of member.properties) inner.properties.set(key, property);
  }
  return copy;
}
