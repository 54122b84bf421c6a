import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { identifies, type Flow } from '../../../program/proof.js';
import {
  memberOf,
  optionsOf,
  unionOf,
  type ExternalValue,
  type Option,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type Calling, type ChainState } from '../../chain.js';
import type { Visit } from '../../visit.js';
import type { ElysiaHook, ElysiaRoute } from './elysia-registry.js';
import { contextOf } from './elysia-shape.js';

/** A hook goes on by returning: what it returns is the answer, or, of some hooks, what is added to the context. */
class HookCalling implements Calling {
  readonly goesOn = 'lets requests through';
  #request: ExternalValue | undefined;

  constructor(
    readonly title: string,
    readonly semantics: CatalogSemantics,
    readonly adds: boolean,
  ) {}

  handed(request: ExternalValue): readonly Value[] {
    this.#request = request;
    return [contextOf(request)];
  }

  takesErrors(): boolean {
    return false;
  }

  handedOn({ value, flow }: Outcome): readonly Flow[] {
    const on = flow ? optionsOf(value).filter((option) => this.#letsOn(option)) : [];
    if (!flow) return [];
    if (this.adds && this.#request) addAll(this.#request, on);
    return on.map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
      proofs: [...new Set([...flow.proofs, ...proofs])],
      ...(settings ? { settings } : {}),
      ...(condition ? { condition } : {}),
    }));
  }

  #letsOn({ value }: Option): boolean {
    if (value.kind === 'undefined' || value.kind === 'unknown') return true;
    if (!this.adds) return false;
    return !(value.kind === 'external' && this.semantics.catalog.find(value.at)?.answers !== undefined);
  }
}

/** What the ways on which a hook goes on have given, by name. */
function addAll(request: ExternalValue, options: readonly Option[]): void {
  const names = new Set(options.flatMap(({ value }) => (value.kind === 'object' ? [...value.properties.keys()] : [])));
  for (const name of names) {
    const values = options.map((option): Option => {
      const own = option.value.kind === 'object' ? option.value.properties.get(name) : undefined;
      return { ...option, value: own ?? { kind: 'undefined' } };
    });
    request.properties.set(name, unionOf(values));
  }
}

/** Hooks of the first stages run before those of the next one: https://elysiajs.com/essential/life-cycle */
const stages: readonly (readonly ElysiaHook['kind'][])[] = [
  ['transform', 'derive'],
  ['resolve', 'beforeHandle'],
];

/** Runs the hooks in front of routes. */
export class ElysiaRoutes {
  readonly #answering: Chain;
  readonly #adding: Chain;

  constructor(
    readonly interpreter: Interpreter,
    semantics: CatalogSemantics,
    origin: Origin,
  ) {
    this.#answering = new Chain(interpreter, semantics, origin, new HookCalling('beforeHandle', semantics, false));
    this.#adding = new Chain(interpreter, semantics, origin, new HookCalling('resolve', semantics, true));
  }

  /** The state in front of a handler. */
  inFront({ hooks, decorations, method, path }: ElysiaRoute): { readonly state: ChainState; readonly visit: Visit } {
    const visit: Visit = { method, path, base: '', exactCase: true };
    let state = this.#start(decorations);
    for (const { kind, value } of hooks) if (kind === 'request') state = this.#early(state, value, visit);
    for (const stage of stages)
      for (const { kind, value } of hooks) {
        if (!stage.includes(kind)) continue;
        const chain = kind === 'beforeHandle' ? this.#answering : this.#adding;
        state = chain.after(state, value, visit);
      }
    return { state, visit };
  }

  readonly #starts = new Map<string, ChainState>();

  #start(decorations: ReadonlyMap<string, Value>): ChainState {
    const { start } = this.#answering;
    const key = [...decorations.keys()].join(' ');
    const known = this.#starts.get(key);
    if (known) return known;
    const request = fork(start.request);
    for (const [name, value] of decorations) {
      const isBearer = value.kind === 'external' && value.path.startsWith('@elysiajs/bearer#');
      const header = memberOf(memberOf(request, 'headers'), 'authorization');
      request.properties.set(name, isBearer ? header : value);
    }
    const state = { ...start, request };
    this.#starts.set(key, state);
    return state;
  }

  /** What runs for every request of the server, found or not; which of its answers count nobody has said. */
  #early(before: ChainState, value: Value, visit: Visit): ChainState {
    const after = this.#answering.after(before, value, visit);
    const gains = after.proofs.some((proof) => identifies(proof) && !before.proofs.includes(proof));
    return gains || after.closed ? { ...before, unknown: true } : before;
  }
}
