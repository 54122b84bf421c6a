import {
  optionsOf,
  propertyOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type ExternalValue,
  type NativeValue,
  type Value,
} from '../../../program/value.js';
import type { Calling } from '../../chain.js';
import { inputFor } from './trpc-input.js';

/** Where a request keeps what the procedures know as `ctx`. */
const contextName = 'trpcContext';
const metaName = 'trpcMeta';
const typeName = 'trpcType';

/** The request with this context. */
export function withContext(request: ExternalValue, context: Value): ExternalValue {
  request.properties.set(contextName, context);
  return request;
}

/** The request for a procedure of this type, of which its builder says so much. */
export function forProcedure(request: ExternalValue, type: string, meta: Value | undefined): ExternalValue {
  request.properties.set(typeName, { kind: 'literal', value: type, origin: request.origin });
  if (meta) request.properties.set(metaName, meta);
  return request;
}

export function contextIn(request: ExternalValue): Value {
  return request.findProperty(contextName) ?? unknownValue;
}

/** A middleware lets a request on by `next`, and may tell the layers behind it more: https://trpc.io/docs/server/middlewares */
export const trpcCalling: Calling = {
  handed: (request, _response, next) => {
    const { origin } = request;
    const before = contextIn(request);
    const given: Value[] = [];
    const goOn: NativeValue = {
      kind: 'native',
      name: 'next',
      call: (args, site) => {
        given.push(extended(before, propertyOf(args[0], 'ctx')));
        withContext(request, unionOf(given.map((value) => ({ value, proofs: [] }))));
        return next.call([], site);
      },
    };
    const properties = new Map<string, Value>([
      ['ctx', before],
      ['next', goOn],
      ['meta', request.findProperty(metaName) ?? undefinedValue],
      ['type', request.findProperty(typeName) ?? unknownValue],
      ['input', inputFor([], request)],
      ['rawInput', inputFor([], request)],
    ]);
    return [{ kind: 'object', properties, spread: [], origin }];
  },
  takesErrors: () => false,
  handedOn: () => [],
};

/** What `next({ ctx })` names lies over what was there. */
export function extended(before: Value, more: Value | undefined): Value {
  if (more?.kind !== 'object') return before;
  const properties = new Map(more.properties);
  for (const { value } of optionsOf(before))
    if (value.kind === 'object')
      for (const [name, inner] of value.properties) if (!properties.has(name)) properties.set(name, inner);
  const spread = optionsOf(before).flatMap(({ value }) => (value.kind === 'object' ? value.spread : [value]));
  return { kind: 'object', properties, spread: [...spread, ...more.spread], origin: more.origin };
}
