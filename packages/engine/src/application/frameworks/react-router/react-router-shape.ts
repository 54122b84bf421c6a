import type { AccessPath } from '../../../program/access-path.js';
import type { CallMeaning } from '../../../program/call-meaning.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { pendingValue } from '../../../program/promise.js';
import {
  externalValue,
  memberOf,
  Notes,
  textOf,
  undefinedValue,
  unknownValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { readProperty } from '../../where-of.js';
import { configuredBy } from './route-config.js';

const contextPath = 'react-router#RouterContextProvider()';
const sessionPath = 'express#Request.session';
/** What `createContext` and the storages are exported from: see catalog/frameworks/react-router.ts. */
const routerPackage = /^(?:react-router|@(?:react-router|remix-run)\/[\w/-]+|@vercel\/remix)#/;
const getsSession = /^[^#]+#create\w*SessionStorage\(\)\.getSession\(\)$/;
const parsesCookie = /^[^#]+#createCookie\(\)\.parse\(\)$/;
const createsContext = /#(?:unstable_)?createContext\(\)$/;
const makesData = /^[^#]+#(?:data|json)\(\)$/;

/** The request that stands behind a context. */
const requests = new Notes<ExternalValue>();
/** Contexts that know nothing of `createContext`. */
const bare = new Notes<ExternalValue>();

/** What a loader or an action is handed of a request. */
export type RouteArguments = (request: ExternalValue) => Value;

/**
 * What loaders, actions and middlewares are handed: what is set on the context is kept with the request.
 *
 * @param path That of the route, for its own functions.
 * @param hasContext Whether the context is one that middlewares set values on.
 */
export function routeArguments(request: ExternalValue, path = '', hasContext = true): Value {
  const { origin } = request;
  const params = memberOf(request, 'params');
  // Without them the module is not reached.
  for (const [, name] of path.matchAll(/\/:(\w+)(?=\/|$)/g)) if (name) memberOf(params, name).answers.isThere = true;
  const context = externalValue(contextPath, origin, undefined, { args: [], construct: true });
  requests.set(context, request);
  if (!hasContext) bare.set(context, request);
  const properties = new Map<string, Value>([
    ['request', request],
    ['params', params],
    ['context', context],
  ]);
  return { kind: 'object', properties, spread: [], origin };
}

/** Contexts, cookies, sessions and the configuration of the routes. */
export class ReactRouterShape implements OddShape {
  evaluates({ root, text }: AccessPath): boolean {
    return routerPackage.test(root.step) || text === `${sessionPath}.set()` || text === `${sessionPath}.has()`;
  }

  readsFrom({ text }: AccessPath): boolean {
    return text === contextPath;
  }

  /** What a server of its own hands on: `context.user`. */
  evaluateMember(object: ExternalValue, name: string, origin: Origin): Value | undefined {
    const request = name === 'get' || name === 'set' ? undefined : requests.get(object);
    return request && memberOf(memberOf(request, 'context'), name, origin);
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver, origin } = call;
    const [first, second] = call.call?.args ?? [];
    if (receiver?.kind === 'external') {
      if (receiver.path === contextPath) return inContext(call, receiver, interpreter);
      if (receiver.path === sessionPath) return inSession(call, receiver, interpreter);
    }
    if (getsSession.test(path)) {
      const isSigned = !isUnsigned(storageOf(call));
      const value = externalValue(isSigned ? sessionPath : 'express#Request.cookies', origin);
      return pendingValue({ value, flow: interpreter.flow }, origin);
    }
    if (parsesCookie.test(path) && isUnsignedCookie(readOptions(storageOf(call), 1))) {
      const value = externalValue('express#Request.cookies.*', origin);
      return pendingValue({ value, flow: interpreter.flow }, origin);
    }
    // `data(null, 401)`
    if (makesData.test(path) && first && second?.kind === 'literal') {
      const init: Value = { kind: 'object', properties: new Map([['status', second]]), spread: [], origin };
      return externalValue(call.at, origin, receiver, { args: [first, init], construct: false });
    }
    return configuredBy(call, interpreter);
  }

  /** Without a place to send the others to, it says who it is and rejects nobody. */
  meaningOf({ path, call }: ExternalValue): CallMeaning | undefined {
    if (path !== 'remix-auth#Authenticator().isAuthenticated()') return undefined;
    const rejects = readProperty(call?.args[1], 'failureRedirect') !== undefined;
    return { proves: { kind: 'session', when: rejects ? 'returns' : 'truthy' }, promises: true, observed: true };
  }
}

/** `context.set(userContext, user)` and `context.get(userContext)`: https://reactrouter.com/how-to/middleware#context */
function inContext(call: ExternalValue, context: ExternalValue, interpreter: Interpreter): Value | undefined {
  const request = requests.get(context);
  const [key, value] = call.call?.args ?? [];
  if (!request || key?.kind !== 'external') return undefined;
  if (bare.get(context) && createsContext.test(key.path)) {
    // It is a plain object: that there is no such method is an error.
    interpreter.flow = undefined;
    return unknownValue;
  }
  const held = memberOf(request, 'context');
  const { file, span } = key.origin;
  const name = `${file.path.replace(/\W/g, '_')}_${String(span.start)}`;
  if (call.path.endsWith('.set()')) {
    if (value) interpreter.assign(held, name, value, call.origin);
    return undefinedValue;
  }
  if (!call.path.endsWith('.get()')) return undefined;
  // Without a value of its own it throws for whom nothing was set.
  return held.findProperty(name) ?? key.call?.args[0] ?? memberOf(held, name, call.origin);
}

function inSession(call: ExternalValue, session: ExternalValue, interpreter: Interpreter): Value | undefined {
  const [key, value] = call.call?.args ?? [];
  const name = textOf(key);
  if (name === undefined) return undefined;
  if (call.path.endsWith('.has()')) return interpreter.member(session, name, call.origin);
  if (!call.path.endsWith('.set()') || !value) return undefined;
  interpreter.assign(session, name, value, call.origin);
  return undefinedValue;
}

/** What made the storage or the cookie that a method is called of. */
function storageOf({ receiver }: ExternalValue): ExternalValue | undefined {
  if (receiver?.kind !== 'external') return undefined;
  return receiver.call ? receiver : receiver.receiver?.kind === 'external' ? receiver.receiver : undefined;
}

/** A session that is kept in a cookie which nobody signs is whatever its bearer writes; others are kept in a store. */
function isUnsigned(storage: ExternalValue | undefined): boolean {
  return storage?.path.endsWith('#createCookieSessionStorage()') === true && isUnsignedCookie(cookieOf(storage));
}

function cookieOf(storage: ExternalValue): Value | undefined {
  const cookie = readProperty(storage.call?.args[0], 'cookie');
  return cookie?.kind === 'external' && cookie.path.endsWith('#createCookie()') ? readOptions(cookie, 1) : cookie;
}

function readOptions(call: ExternalValue | undefined, index: number): Value | undefined {
  return call?.call?.args[index];
}

/** Whether options that can be read in whole name no key. */
function isUnsignedCookie(options: Value | undefined): boolean {
  if (options?.kind !== 'object' || options.spread.length > 0) return false;
  const secrets = options.properties.get('secrets');
  return secrets === undefined || (secrets.kind === 'array' && secrets.items.length === 0 && !secrets.open);
}
