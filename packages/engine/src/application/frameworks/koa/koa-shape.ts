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
import { requestInputs } from '../../input-of.js';
import { KoaRegistry } from './koa-registry.js';

const contextPath = 'koa#Context()';
const requestPath = 'koa#Request()';
const responsePath = 'koa#Response()';

/** Members of a context that are members of the request: https://koajs.com/#request-aliases. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...[
    'params',
    'query',
    'headers',
    'host',
    'hostname',
    'ip',
    'ips',
    'protocol',
    'method',
    'path',
    'originalUrl',
    'url',
  ].map((name) => [name, name] as const),
  ...['session', 'state', 'socket'].map((name) => [name, name] as const),
  ['header', 'headers'],
  ['href', 'originalUrl'],
  ['querystring', 'query'],
  ['search', 'query'],
  ['subdomains', 'subdomains'],
]);

/** What a context has of its own: anything else was put there by a middleware. */
const ownMembers: ReadonlySet<string> = new Set([
  ...['app', 'req', 'res', 'request', 'response', 'cookies', 'throw', 'assert', 'respond', 'body', 'status', 'message'],
  ...[
    'length',
    'type',
    'headerSent',
    'redirect',
    'attachment',
    'set',
    'append',
    'remove',
    'lastModified',
    'etag',
    'get',
  ],
  ...[
    'accepts',
    'acceptsEncodings',
    'acceptsCharsets',
    'acceptsLanguages',
    'is',
    'fresh',
    'stale',
    'secure',
    'inspect',
  ],
  ...['toJSON', 'onerror', 'writable', 'flushHeaders', 'back', 'vary', 'idempotent', 'charset', 'origin', 'URL'],
  ...['login', 'logIn', 'logout', 'logOut', 'isAuthenticated', 'isUnauthenticated', 'passport', 'router', 'matched'],
  ...['log', 'logger', 'render', 'i18n', 't', 'captures', 'routerPath', 'routerName', 'sessionOptions', 'saveSession'],
]);

/** The request that stands behind a context and behind its `request`. */
const requests = new Notes<ExternalValue>();

/** A context of one request: what a middleware puts on it is kept with the request, where later ones find it. */
export function contextOf(request: ExternalValue): ExternalValue {
  const { origin } = request;
  const made = (path: string): ExternalValue => externalValue(path, origin, undefined, { args: [], construct: true });
  const [context, inner, response] = [made(contextPath), made(requestPath), made(responsePath)];
  context.properties.set('request', inner);
  context.properties.set('response', response);
  context.properties.set('req', request);
  inner.properties.set('ctx', context);
  inner.properties.set('req', request);
  for (const value of [context, inner]) requests.set(value, request);
  return context;
}

/** What contexts, their requests and routers do that no entry of the catalog says. */
export class KoaShape implements OddShape {
  readonly registry = new KoaRegistry();

  evaluates({ root }: AccessPath): boolean {
    return root.step.startsWith('koa') || root.step.startsWith('@koa/');
  }

  readsFrom({ text }: AccessPath): boolean {
    return text === contextPath || text === requestPath;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const request = requestBehind(object);
    if (!request) return undefined;
    const isInner = object.path === requestPath;
    if (isInner && (name === 'body' || name === 'rawBody' || name === 'files' || name === 'file'))
      return interpreter.member(request, name, origin);
    const alias = aliases.get(name);
    if (alias !== undefined) return interpreter.member(request, alias, origin);
    return isInner || ownMembers.has(name) ? undefined : interpreter.member(request, name, origin);
  }

  keptOn(object: ExternalValue, name: string): ExternalValue | undefined {
    if (object.path !== contextPath) return undefined;
    if (aliases.has(name)) return requestBehind(object);
    return ownMembers.has(name) || requestInputs.has(name) ? undefined : requestBehind(object);
  }

  evaluateCall(call: ExternalValue): Value | undefined {
    const { path } = call;
    if (path.startsWith('koa#Context().') || path.startsWith('koa#Request().')) return read(call);
    if (path.startsWith('koa') || path.startsWith('@koa/')) this.registry.register(call);
    return undefined;
  }
}

function requestBehind(object: ExternalValue): ExternalValue | undefined {
  return object.path === contextPath || object.path === requestPath ? requests.get(object) : undefined;
}

/** `ctx.get('Authorization')`, `ctx.cookies.get('token')` */
function read({ path, receiver, call, origin }: ExternalValue): Value | undefined {
  if (receiver?.kind !== 'external' || !path.endsWith('.get()')) return undefined;
  const name = textOf(call?.args[0]);
  const ofCookies = path.endsWith('.cookies.get()');
  const holder = ofCookies ? receiver.receiver : receiver;
  const request = holder?.kind === 'external' ? requestBehind(holder) : undefined;
  if (!request) return undefined;
  const part = memberOf(request, ofCookies ? 'cookies' : 'headers', origin);
  return name === undefined ? part : memberOf(part, ofCookies ? name : name.toLowerCase(), origin);
}
