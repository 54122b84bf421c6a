import { limits } from '../../../limits.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  propertyOf,
  unionOf,
  unknownValue,
  type ExternalValue,
  type NativeValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type Calling, type ChainState } from '../../chain.js';
import { contextIn, extended, withContext } from '../trpc/trpc-calling.js';
import { inputFor } from '../trpc/trpc-input.js';

/** What an action is built with: https://next-safe-action.dev/docs/define-actions/create-the-client */
export const actionClientPath = 'next-safe-action#createSafeActionClient';
const built = /^next-safe-action#createSafeActionClient\(\)(?:\.\w+\(\))*\.(?:action|stateAction)\(\)$/;
const building = /^next-safe-action#createSafeActionClient\(\)(?:\.\w+\(\))*$/;

export function isBuiltAction(value: Value | undefined): value is ExternalValue {
  return value?.kind === 'external' && value.call !== undefined && built.test(value.path);
}

/** What holds of a request behind the middlewares of the client, and what the action does then. */
export function followBuiltAction(
  action: ExternalValue,
  place: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): { readonly state: ChainState; readonly resolver: Value; readonly outcome: Outcome } {
  const steps: Steps = { layers: [], schemas: [] };
  collectSteps(action.receiver, steps, 0);
  const chain = new Chain(interpreter, semantics, place, actionCalling);
  const nothing: Value = { kind: 'object', properties: new Map(), spread: [], origin: place };
  const start: ChainState = { ...chain.start, request: withContext(fork(chain.start.request), nothing) };
  const passed = steps.layers.reduce((before, layer) => chain.after(before, layer), start);
  const state = { ...passed, request: fork(passed.request) };
  const resolver = action.call?.args[0] ?? unknownValue;
  const args = given(state.request, inputFor(steps.schemas, state.request));
  return { state, resolver, outcome: interpreter.follow(resolver, undefinedValue, [args], place, state.proofs) };
}

interface Steps {
  readonly layers: Value[];
  readonly schemas: Value[];
}

/** Walks back through a client: what stands first runs first. */
function collectSteps(value: Value | undefined, steps: Steps, depth: number): void {
  if (value?.kind !== 'external' || depth > limits.builderSteps || !building.test(value.path)) return;
  collectSteps(value.receiver, steps, depth + 1);
  const [argument] = value.call?.args ?? [];
  if (!argument) return;
  const step = value.path.slice(value.path.lastIndexOf('.') + 1);
  if (step === 'use()') steps.layers.push(argument);
  else if (step === 'schema()' || step === 'inputSchema()') steps.schemas.push(argument);
}

/** A middleware lets a call on by `next`, and may tell what stands behind it more: https://next-safe-action.dev/docs/define-actions/middleware */
const actionCalling: Calling = {
  handed: (request, _response, next) => {
    const before = contextIn(request);
    const told: Value[] = [];
    const goOn: NativeValue = {
      kind: 'native',
      name: 'next',
      call: (args, site) => {
        told.push(extended(before, propertyOf(args[0], 'ctx')));
        withContext(request, unionOf(told.map((value) => ({ value, proofs: [] }))));
        return next.call([], site);
      },
    };
    const handed = given(request, memberOf(request, 'args'));
    handed.properties.set('next', goOn);
    return [handed];
  },
  takesErrors: () => false,
  handedOn: () => [],
};

/** All of the input is the caller's; its values that are bound to the action are as well. */
function given(request: ExternalValue, input: Value): Value & { readonly kind: 'object' } {
  const { origin } = request;
  const bound = memberOf(memberOf(request, 'args'), 'bound');
  const properties = new Map<string, Value>([
    ['ctx', contextIn(request)],
    ['parsedInput', input],
    ['clientInput', memberOf(request, 'args')],
    ['bindArgsParsedInputs', bound],
    ['bindArgsClientInputs', bound],
    ['metadata', externalValue('next-safe-action#metadata', origin)],
  ]);
  return { kind: 'object', properties, spread: [], origin };
}

const undefinedValue: Value = { kind: 'undefined' };
