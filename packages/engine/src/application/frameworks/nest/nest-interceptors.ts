import type { Interpreter } from '../../../program/interpreter.js';
import { identifies, passedBy, type Flow } from '../../../program/proof.js';
import type { Event } from '../../../program/semantics.js';
import { externalValue, type ClassValue, type ObjectValue, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { fork, stateWith, type ChainState } from '../../chain.js';
import type { NestShape } from './nest-shape.js';
import { placeOf } from '../../place-of.js';
import type { Guard } from '../../route.js';

/**
 * The state behind an interceptor: what holds where it lets the handler run, `next.handle()`. Most of them only look
 * at the answer, so one that cannot be followed changes nothing.
 */
export function behindInterceptor(
  state: ChainState,
  value: Value,
  shape: NestShape,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): ChainState {
  const instance = value.kind === 'class' ? interpreter.singleton(value) : value;
  if (instance.kind !== 'object' || !instance.classOf) return state;
  const method = interpreter.methodOf(instance, 'intercept');
  if (!method) return state;
  const { flows, events } = handled(state, method.value, instance, instance.classOf, shape, interpreter);
  const { flow, switchedOff } = passedBy(flows, state.proofs);
  const proof = flow?.proofs.find((item) => identifies(item) && !state.proofs.includes(item));
  if (!flow) return state;
  // What it has written into the request is there for the handler.
  const request = shape.request ?? state.request;
  const records = [...state.records, ...events.filter((event) => isKeeping(event, semantics))];
  if (!proof) return stateWith(state, { request, records });
  const guard: Guard = {
    name: instance.classOf.facts.name ?? 'interceptor',
    place: placeOf({ file: instance.classOf.file, span: instance.classOf.facts }),
    verdict: 'guarded',
    proves: proof.kind,
    why: `calls the handler only after ${proof.by}${switchedOff ? ', unless a setting switches it off' : ''}`,
  };
  return stateWith(state, { request, records, proofs: flow.proofs, guards: [...state.guards, guard] });
}

/** It may write a record of what the handler did. */
function isKeeping({ call }: Event, semantics: CatalogSemantics): boolean {
  return semantics.recordsOf(call) !== undefined || semantics.catalog.find(call.at)?.data?.operation === 'create';
}

/** What holds at each `next.handle()`, and what happened around it. */
function handled(
  state: ChainState,
  intercept: Value,
  instance: ObjectValue,
  { file, facts }: ClassValue,
  shape: NestShape,
  interpreter: Interpreter,
): { readonly flows: readonly Flow[]; readonly events: readonly Event[] } {
  const origin = { file, span: facts };
  const flows: Flow[] = [];
  const handle: Value = {
    kind: 'native',
    name: 'handle',
    call: () => {
      if (interpreter.flow) flows.push(interpreter.flow);
      return externalValue('rxjs#Observable()', origin, undefined, { args: [], construct: true });
    },
  };
  const next: Value = { kind: 'object', properties: new Map([['handle', handle]]), spread: [], origin };
  shape.request = fork(state.request);
  shape.response = fork(state.response);
  const context = externalValue('@nestjs/common#ExecutionContext()', origin);
  const { events } = interpreter.follow(intercept, instance, [context, next], origin, state.proofs);
  return { flows, events };
}
