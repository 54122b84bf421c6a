import type { CallEntry, Library } from '../library.js';

/** What makes an application, by access path; the presets differ in how they find a route, not in which. */
export const honoApplications: ReadonlySet<string> = new Set([
  'hono#Hono()',
  'hono/tiny#Hono()',
  'hono/quick#Hono()',
  '@hono/zod-openapi#OpenAPIHono()',
  'hono/factory#createFactory().createApp()',
  'hono/factory#Factory().createApp()',
]);

/** Methods of an application that register handlers for one method of HTTP: https://hono.dev/docs/api/routing. */
export const honoVerbs: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'delete',
  'options',
  'patch',
  'query',
  'all',
]);

/** Methods of an application that change what it serves. */
export const honoRegistering: ReadonlySet<string> = new Set([
  ...honoVerbs,
  ...['on', 'use', 'route', 'mount', 'openapi', 'basePath'],
]);

const onApplications = Object.fromEntries(
  [...honoApplications].flatMap((path) => [
    [path, { defers: true }] as const,
    ...[...honoRegistering, 'onError', 'notFound', 'doc', 'doc31'].map(
      (name) => [`${path}.${name}()`, { defers: true, returns: 'receiver' }] as const,
    ),
    // The same application, seen from below a path.
    [`${path}.basePath()`, {}] as const,
  ]),
);

const answer = { responds: 0, status: { argument: 1 } } satisfies CallEntry;

/** https://hono.dev/docs/api/context; what is read from a context and its request stands in application/frameworks/hono. */
export const hono: Library = {
  packages: ['hono', '@hono/zod-openapi'],
  calls: {
    ...onApplications,
    'hono#Context().json()': answer,
    'hono#Context().text()': answer,
    'hono#Context().html()': answer,
    'hono#Context().body()': answer,
    'hono#Context().newResponse()': answer,
    'hono#Context().render()': { responds: 0 },
    'hono#Context().redirect()': { responds: 0 },
    'hono#Context().status()': { statuses: 0 },
    'hono#Context().set()': {},
    'hono/factory#createMiddleware()': { returns: 0 },
    'hono/factory#createFactory()': { defers: true },
    'hono/factory#createFactory().createMiddleware()': { returns: 0 },
    'hono/factory#Factory().createMiddleware()': { returns: 0 },
    'hono/factory#createFactory().createHandlers()': { defers: true },
    'hono/factory#Factory().createHandlers()': { defers: true },
    'hono/combine#some()': { defers: true },
    'hono/combine#every()': { defers: true },
    'hono/combine#except()': { defers: true },
    '@hono/zod-openapi#createRoute()': { returns: 0 },
    // Cookies: what is signed has come from here.
    'hono/cookie#setCookie()': { sets: 2 },
    'hono/cookie#setSignedCookie()': { sets: 2, keys: [{ argument: 3, purpose: 'cookie' }] },
    'hono/cookie#getSignedCookie()': {
      proves: { kind: 'session', when: 'truthy' },
      promises: true,
      keys: [{ argument: 1, purpose: 'cookie' }],
    },
  },
};

/** Answers of the platform, which handlers of a context return: https://fetch.spec.whatwg.org/#response-class. */
export const fetchAnswers: Library = {
  packages: [],
  calls: {
    'global#Response()': { responds: 0, status: { argument: 1, property: 'status' } },
    'global#Response.json()': { responds: 0, status: { argument: 1, property: 'status' } },
  },
};
