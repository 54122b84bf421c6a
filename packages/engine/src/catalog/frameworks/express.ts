import type { Library } from '../library.js';

/** What makes a stack of layers, by access path; the last ones by the type that a parameter is declared with. */
export const expressRouters: ReadonlySet<string> = new Set([
  'express#()',
  'express#Router()',
  'express#express.Router()',
  'express#Express()',
  'express#Application()',
  'express#IRouter()',
  'express-promise-router#()',
  'express-ws#().app',
]);

/** Routers whose handlers hand a request on by what their promise says: lib/express-promise-router.js. */
export const promiseRouters: ReadonlySet<string> = new Set(['express-promise-router#()']);

/** Methods that register a route: those of HTTP that Node.js knows, and `all`. */
export const expressVerbs: readonly string[] = [
  ...['get', 'post', 'put', 'patch', 'delete', 'del', 'options', 'head', 'query', 'search', 'copy', 'lock', 'unlock'],
  ...[
    'move',
    'mkcol',
    'propfind',
    'proppatch',
    'purge',
    'report',
    'subscribe',
    'unsubscribe',
    'trace',
    'link',
    'unlink',
    'all',
  ],
];

const registering = Object.fromEntries(
  [...expressRouters].flatMap((router) => [
    ...[...expressVerbs, 'use', 'param', 'engine'].map(
      (verb) => [`${router}.${verb}()`, { returns: 'receiver', defers: true }] as const,
    ),
    ...expressVerbs.map((verb) => [`${router}.route().${verb}()`, { returns: 'receiver', defers: true }] as const),
  ]),
);

/** https://expressjs.com/en/5x/api.html */
export const express: Library = {
  packages: ['express'],
  calls: {
    ...registering,
    // With a name alone it reads a setting: https://expressjs.com/en/5x/api.html#app.get
    'express#().get()': {
      returns: 'receiver',
      defers: true,
      effect: { kind: 'reads', what: 'reads a setting', whenInput: true },
    },
    'express#json()': { guard: {} },
    'express#urlencoded()': { guard: {} },
    'express#text()': { guard: {} },
    'express#raw()': { guard: {} },
    'express#static()': { guard: {} },
    'express#Request.get()': {},
    ...Object.fromEntries(
      ['on', 'once', 'addListener'].map((name) => [`express#Request.${name}()`, { defers: true }] as const),
    ),
    'express#Response.json()': { responds: 0 },
    'express#Response.jsonp()': { responds: 0 },
    'express#Response.send()': { responds: 0 },
    'express#Response.end()': { responds: 0 },
    'express#Response.render()': { responds: 1 },
    'express#Response.redirect()': { responds: 1 },
    'express#Response.sendFile()': { responds: 0 },
    'express#Response.download()': { responds: 0 },
    'express#Response.sendStatus()': { responds: 0 },
    'express#Response.write()': { responds: 0 },
    'express#Response.status()': { returns: 'receiver' },
    'express#Response.set()': { returns: 'receiver' },
    'express#Response.header()': { returns: 'receiver' },
    'express#Response.type()': { returns: 'receiver' },
    'express#Response.cookie()': { returns: 'receiver', sets: 1 },
    'express#Response.clearCookie()': { returns: 'receiver' },
    'express#Response.code()': { returns: 'receiver' },
    'express#Response.setHeader()': { returns: 'receiver' },
    'express#Request.isAuthenticated()': { proves: { kind: 'session', when: 'truthy' } },
    'express#Request.isUnauthenticated()': { proves: { kind: 'session', when: 'falsy' } },
    'express#Request.logIn()': { mint: { what: 'session', subject: { argument: 0 } } },
    'express#Request.login()': { mint: { what: 'session', subject: { argument: 0 } } },
  },
};

/** Wrappers that hand a handler's rejection to `next`: they keep what the function is. */
export const expressWrappers: Library = {
  packages: [
    'express-async-handler',
    'express-async-wrap',
    'async-middleware',
    'async-express-mw',
    'http-async-handler',
  ],
  calls: {
    'express-async-handler#()': { returns: 0 },
    'express-async-handler#asyncHandler()': { returns: 0 },
    'express-async-wrap#()': { returns: 0 },
    'async-middleware#()': { returns: 0 },
    'async-middleware#wrap()': { returns: 0 },
    'async-express-mw#()': { returns: 0 },
    'http-async-handler#()': { returns: 0 },
  },
};
