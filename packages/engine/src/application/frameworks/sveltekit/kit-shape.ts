import type { AccessPath } from '../../../program/access-path.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { pendingValue } from '../../../program/promise.js';
import {
  externalValue,
  memberOf,
  unknownValue,
  type ExternalValue,
  type NativeValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { nextUrlOf } from '../../shapes/fetch-request-shape.js';
import { readProperty } from '../../where-of.js';

const routePath = '@sveltejs/kit#Route()';
const validates = /^sveltekit-superforms(?:\/server)?#superValidate\(\)$/;
/** It answers what is its own, and hands on the rest: https://www.better-auth.com/docs/integrations/svelte-kit */
const handlesAuth = 'better-auth/svelte-kit#svelteKitHandler()';

/** What a visit calls the id of a route. */
export const routeId = 'routeOptions';

/** What functions of the server are handed: https://svelte.dev/docs/kit/@sveltejs-kit#RequestEvent. */
export function eventOf(request: ExternalValue, path = ''): ObjectValue {
  const { origin } = request;
  const params = memberOf(request, 'params');
  // Without them the function is not reached.
  for (const [, name] of path.matchAll(/\/:(\w+)(?=\/|$)/g)) if (name) memberOf(params, name).answers.isThere = true;
  const environment: Value = {
    kind: 'object',
    properties: new Map([['env', externalValue('global#process.env', origin)]]),
    spread: [],
    origin,
  };
  const address: NativeValue = { kind: 'native', name: 'getClientAddress', call: () => memberOf(request, 'ip') };
  const properties = new Map<string, Value>([
    ['request', request],
    ['params', params],
    ['cookies', memberOf(request, 'cookies')],
    // What a hook puts there is kept with the request.
    ['locals', memberOf(request, 'context')],
    ['url', nextUrlOf(request, origin)],
    ['route', externalValue(routePath, origin, request, { args: [], construct: true })],
    ['platform', environment],
    ['getClientAddress', address],
    ['fetch', externalValue('global#fetch', origin)],
    ['setHeaders', nothing('setHeaders')],
    ['depends', nothing('depends')],
    ['isDataRequest', unknownValue],
  ]);
  return { kind: 'object', properties, spread: [], origin };
}

function nothing(name: string): NativeValue {
  return { kind: 'native', name, call: () => ({ kind: 'undefined' }) };
}

/** What an event does that no entry of the catalog says. */
export class KitShape implements OddShape {
  /** The event that is being answered: any function may ask for it. */
  event: ObjectValue | undefined;

  evaluates({ root }: AccessPath): boolean {
    return root.step === '$app/server#' || /^(?:sveltekit-superforms|better-auth)\b/.test(root.step);
  }

  readsFrom({ text }: AccessPath): boolean {
    return text === routePath;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    if (object.path !== routePath || name !== 'id' || !object.receiver) return undefined;
    return interpreter.member(object.receiver, routeId, origin);
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, origin } = call;
    const [first] = call.call?.args ?? [];
    if (path === '$app/server#getRequestEvent()') return this.event;
    if (path === handlesAuth) {
      const [event, resolve] = [readProperty(first, 'event'), readProperty(first, 'resolve')];
      return event && resolve && interpreter.call(resolve, [event], origin);
    }
    if (!validates.test(path)) return undefined;
    const request = first?.kind === 'object' ? first.properties.get('request') : first;
    if (request?.kind !== 'external' || request.path !== 'express#Request') return undefined;
    const properties = new Map<string, Value>([
      ['valid', unknownValue],
      ['data', memberOf(request, 'body')],
    ]);
    const form: Value = { kind: 'object', properties, spread: [], origin };
    return pendingValue({ value: form, flow: interpreter.flow }, origin);
  }
}
