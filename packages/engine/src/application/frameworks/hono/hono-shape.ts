import type { AccessPath } from '../../../program/access-path.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  Notes,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { HonoRegistry } from './hono-registry.js';

/** Methods of `c.req` and the part of the request that they read: https://hono.dev/docs/api/request. */
const parts: ReadonlyMap<string, string> = new Map([
  ['param', 'params'],
  ['query', 'query'],
  ['queries', 'query'],
  ['header', 'headers'],
  ['json', 'body'],
  ['text', 'body'],
  ['parseBody', 'body'],
  ['formData', 'body'],
  ['blob', 'body'],
  ['bytes', 'body'],
  ['arrayBuffer', 'body'],
]);

/** What a validator has looked at: `c.req.valid('json')`. */
const validated: ReadonlyMap<string, string> = new Map([
  ['json', 'body'],
  ['form', 'body'],
  ['query', 'query'],
  ['param', 'params'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
]);

const contextPath = 'hono#Context()';
const requestPath = 'hono#HonoRequest()';

/** The request that stands behind a context and behind its `req`. */
const requests = new Notes<ExternalValue>();

/** A context of one request: what is set on it is kept with the request, where later layers find it. */
export function contextOf(request: ExternalValue): ExternalValue {
  const { origin } = request;
  const context = externalValue(contextPath, origin, undefined, { args: [], construct: true });
  const inner = externalValue(requestPath, origin, undefined, { args: [], construct: true });
  inner.properties.set('raw', request);
  context.properties.set('req', inner);
  context.properties.set('var', memberOf(request, 'var'));
  context.properties.set('env', environment(origin));
  requests.set(context, request);
  requests.set(inner, request);
  return context;
}

/** Bindings of the platform are what the environment is elsewhere: https://hono.dev/docs/helpers/adapter#env. */
function environment(origin: Origin): ExternalValue {
  return externalValue('global#process.env', origin);
}

/** What applications, contexts and their requests do that no entry of the catalog says. */
export class HonoShape implements OddShape {
  readonly registry = new HonoRegistry();

  evaluates({ root }: AccessPath): boolean {
    return root.step.startsWith('hono') || root.step.startsWith('@hono/');
  }

  readsFrom({ text }: AccessPath): boolean {
    return text === requestPath;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    if (object.path !== requestPath) return undefined;
    const request = requests.get(object);
    if (!request) return undefined;
    if (name === 'method' || name === 'path') return interpreter.member(request, name, origin);
    return name === 'url' ? interpreter.member(request, 'originalUrl', origin) : undefined;
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path } = call;
    if (path.startsWith('hono#Context().')) return inContext(call, path.slice(contextPath.length + 1, -2), interpreter);
    if (path.startsWith('hono#HonoRequest().')) return inRequest(call, path.slice(requestPath.length + 1, -2));
    if (path === 'hono/cookie#getCookie()') return partOf(requestAt(call, 0), 'cookies', call.call?.args[1], call);
    if (path === 'hono/adapter#env()') return environment(call.origin);
    if (path === '@hono/clerk-auth#getAuth()') {
      const request = requestAt(call, 0);
      return (
        request && { kind: 'object', properties: new Map(), spread: [memberOf(request, 'auth')], origin: call.origin }
      );
    }
    if (path.endsWith('.createHandlers()') && path.startsWith('hono/factory#'))
      return { kind: 'array', items: [...(call.call?.args ?? [])], open: false, origin: call.origin };
    return path.startsWith('hono') || path.startsWith('@hono/') ? this.registry.register(call, interpreter) : undefined;
  }
}

function inContext(call: ExternalValue, method: string, interpreter: Interpreter): Value | undefined {
  const request = call.receiver?.kind === 'external' ? requests.get(call.receiver) : undefined;
  const [name, value] = call.call?.args ?? [];
  const key = textOf(name);
  if (!request || key === undefined) return undefined;
  const variables = memberOf(request, 'var');
  if (method === 'get') return interpreter.member(variables, key, call.origin);
  if (method === 'set' && value) interpreter.assign(variables, key, value, call.origin);
  return undefined;
}

function inRequest(call: ExternalValue, method: string): Value | undefined {
  const request = call.receiver?.kind === 'external' ? requests.get(call.receiver) : undefined;
  const [name] = call.call?.args ?? [];
  if (method === 'valid') {
    const part = validated.get(textOf(name) ?? '');
    return request && part !== undefined ? memberOf(request, part, call.origin) : undefined;
  }
  const part = parts.get(method);
  return part === undefined ? undefined : partOf(request, part, name, call);
}

/** A part of a request, or what it holds under a name. */
function partOf(
  request: ExternalValue | undefined,
  part: string,
  name: Value | undefined,
  { origin }: ExternalValue,
): Value | undefined {
  if (!request) return undefined;
  const whole = memberOf(request, part, origin);
  const key = textOf(name);
  if (key === undefined) return whole;
  return memberOf(whole, part === 'headers' ? key.toLowerCase() : key, origin);
}

function requestAt(call: ExternalValue, index: number): ExternalValue | undefined {
  const context = call.call?.args[index];
  return context?.kind === 'external' ? requests.get(context) : undefined;
}
