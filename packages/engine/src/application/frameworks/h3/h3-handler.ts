import type { Outcome } from '../../../program/interpreter.js';
import type { Flow } from '../../../program/proof.js';
import { optionsOf, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { Calling, Chain, ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import type { Visit } from '../../visit.js';
import { eventOf } from './h3-shape.js';

/** A layer goes on by giving nothing back: https://v1.h3.dev/guide/event-handler#middleware. */
export function h3Calling(semantics: CatalogSemantics): Calling {
  return {
    handed: (request) => [eventOf(request)],
    takesErrors: () => false,
    handedOn: (outcome) => withoutAnswer(outcome, semantics),
  };
}

/** What a hook gives back is nothing to anybody: it stops a request by throwing alone. */
export const hookCalling: Calling = {
  handed: (request) => [eventOf(request)],
  takesErrors: () => false,
  handedOn: ({ flow }) => (flow ? [flow] : []),
};

/** A handler with the hooks in front of it. */
export interface Handler {
  readonly hooks: readonly Value[];
  readonly handler: Value;
}

/** `defineEventHandler(function)` and `defineEventHandler({ onRequest, handler })`. */
export function handlerOf(value: Value): Handler {
  const handler = value.kind === 'object' ? value.properties.get('handler') : undefined;
  if (!handler || value.kind !== 'object') return { hooks: [], handler: value };
  const hooks = value.properties.get('onRequest');
  return { hooks: hooks ? [...nestedItems(hooks)] : [], handler };
}

/** The chains that one application's layers and hooks run in. */
export interface Chains {
  readonly layers: Chain;
  readonly hooks: Chain;
}

/** The state behind a handler that is met on the way to another one. */
export function passed(chains: Chains, state: ChainState, value: Value, visit: Visit): ChainState {
  const { hooks, handler } = handlerOf(value);
  return chains.layers.after(behindHooks(chains, state, hooks, visit), handler, visit);
}

export function behindHooks(chains: Chains, state: ChainState, hooks: readonly Value[], visit: Visit): ChainState {
  let current = state;
  for (const hook of hooks) current = chains.hooks.after(current, hook, visit);
  return current;
}

/** The ways on which nothing is given back, or what may be nothing. */
function withoutAnswer({ value, flow }: Outcome, semantics: CatalogSemantics): readonly Flow[] {
  if (!flow) return [];
  return optionsOf(value)
    .filter((option) => mayBeNothing(option.value, semantics))
    .map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
      proofs: [...new Set([...flow.proofs, ...proofs])],
      ...(settings ? { settings } : {}),
      ...(condition ? { condition } : {}),
    }));
}

function mayBeNothing(value: Value, semantics: CatalogSemantics): boolean {
  if (value.kind === 'external') return !isRefusal(value, semantics);
  return value.kind === 'undefined' || value.kind === 'unknown';
}

function isRefusal(value: Value, { catalog }: CatalogSemantics): boolean {
  return value.kind === 'external' && catalog.find(value.at)?.refuses === true;
}

/** Whether it gives an answer on some way that is no refusal. */
export function answers({ value, flow }: Outcome, semantics: CatalogSemantics): boolean {
  return (
    flow !== undefined &&
    optionsOf(value).some((option) => option.value.kind !== 'undefined' && !isRefusal(option.value, semantics))
  );
}
