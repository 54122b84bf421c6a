import type { CallEntry, Library } from '../library.js';

/** https://v1.h3.dev: `createApp().use()`, `createRouter().get()`. */
export const h3Application = 'h3#createApp()';
export const h3Router = 'h3#createRouter()';

/** Methods of a router that register a route; `use` and `add` take the method last. */
export const h3Verbs: ReadonlySet<string> = new Set([
  ...['connect', 'delete', 'get', 'head', 'options', 'post', 'put', 'trace', 'patch'],
  ...['use', 'add'],
]);

/** What makes a handler of a function, or of an object with hooks in front of one. */
export const h3Makers: ReadonlySet<string> = new Set(
  ['defineEventHandler', 'eventHandler', 'defineCachedEventHandler', 'cachedEventHandler'].map(
    (name) => `h3#${name}()`,
  ),
);

/** Functions that read a part of the request; a name, where there is one, comes behind the event. */
export const h3Readers: ReadonlyMap<string, string> = new Map([
  ['getRouterParam', 'params'],
  ['getRouterParams', 'params'],
  ['getValidatedRouterParams', 'params'],
  ['getQuery', 'query'],
  ['getValidatedQuery', 'query'],
  ['readBody', 'body'],
  ['readRawBody', 'body'],
  ['readValidatedBody', 'body'],
  ['readFormData', 'body'],
  ['readMultipartFormData', 'body'],
  ['getHeader', 'headers'],
  ['getRequestHeader', 'headers'],
  ['getHeaders', 'headers'],
  ['getRequestHeaders', 'headers'],
  ['getCookie', 'cookies'],
  ['parseCookies', 'cookies'],
  ['getRequestHost', 'host'],
  ['getRequestIP', 'ip'],
  ['getRequestURL', 'originalUrl'],
  ['getRequestPath', 'path'],
  ['getMethod', 'method'],
]);

const session = { keys: [{ argument: 1, property: 'password', purpose: 'session' }], promises: true } as const;

const entries: Readonly<Record<string, CallEntry>> = {
  'createError()': { refuses: true, fails: { argument: 0, property: 'statusCode' } },
  'sendError()': { ends: true },
  'sendRedirect()': { ends: true },
  'setResponseStatus()': { statuses: 1 },
  'setCookie()': { sets: 2 },
  'fromNodeMiddleware()': { defers: true },
  'lazyEventHandler()': { defers: true },
  'useBase()': {},
  'useSession()': session,
  'getSession()': session,
  'sealSession()': session,
  'unsealSession()': session,
  'Session().update()': { mint: { what: 'session', subject: { argument: 0 } } },
  'handleCors()': {},
  'appendCorsHeaders()': {},
};

/** Functions of the package by their names: Nuxt and Nitro know them without an import. */
export const h3Names: ReadonlySet<string> = new Set([
  ...h3Readers.keys(),
  ...Object.keys(entries).map((path) => path.slice(0, path.indexOf('('))),
  ...[...h3Makers].map((path) => path.slice(3, -2)),
]);

export const h3: Library = {
  packages: ['h3'],
  calls: {
    ...Object.fromEntries(Object.entries(entries).map(([path, entry]) => [`h3#${path}`, entry])),
    ...Object.fromEntries([...h3Makers].map((path) => [path, { returns: 0, defers: true }])),
    [`${h3Application}.use()`]: { returns: 'receiver', defers: true },
    ...Object.fromEntries(
      [...h3Verbs].map((name) => [`${h3Router}.${name}()`, { returns: 'receiver', defers: true } satisfies CallEntry]),
    ),
  },
};

/** https://github.com/atinux/nuxt-auth-utils: Nuxt knows its functions without an import as well. */
export const nuxtAuthUtils: Library = {
  packages: ['nuxt-auth-utils'],
  calls: {
    'nuxt-auth-utils#requireUserSession()': { proves: { kind: 'session', when: 'returns' }, promises: true },
    'nuxt-auth-utils#getUserSession()': {},
    'nuxt-auth-utils#setUserSession()': { mint: { what: 'session', subject: { argument: 1 } } },
    'nuxt-auth-utils#replaceUserSession()': { mint: { what: 'session', subject: { argument: 1 } } },
    'nuxt-auth-utils#hashPassword()': { hashesPassword: true },
    'nuxt-auth-utils#verifyPassword()': { proves: { kind: 'credential', when: 'truthy' }, promises: true },
  },
};
