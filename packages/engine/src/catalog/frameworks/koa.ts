import type { CallEntry, Library } from '../library.js';
import { expressVerbs } from './express.js';

/** `new Koa()` */
export const koaApplications: ReadonlySet<string> = new Set(['koa#()', 'koa#Koa()']);

/** Routers: https://github.com/koajs/router, under its old name as well. */
export const koaRouters: ReadonlySet<string> = new Set([
  '@koa/router#()',
  '@koa/router#Router()',
  'koa-router#()',
  'koa-router#Router()',
]);

/** Methods of a router that change what it serves. */
export const koaRegistering: ReadonlySet<string> = new Set([
  ...expressVerbs,
  ...['use', 'register', 'prefix', 'param', 'redirect'],
]);

const onRouters = Object.fromEntries<CallEntry>(
  [...koaRouters].flatMap((path) => [
    ...[...koaRegistering].map((name) => [`${path}.${name}()`, { defers: true, returns: 'receiver' }] as const),
    [`${path}.allowedMethods()`, { guard: {} }] as const,
  ]),
);

/** What an answer is made of, on the context and on its `response`. */
const answers = Object.fromEntries<CallEntry>(
  ['koa#Context()', 'koa#Response()'].flatMap((path) => [
    [`${path}.body=()`, { responds: 0 }] as const,
    [`${path}.status=()`, { statuses: 0 }] as const,
    [`${path}.redirect()`, { responds: 0 }] as const,
  ]),
);

/** https://koajs.com; what is read from a context stands in application/frameworks/koa. */
export const koa: Library = {
  packages: ['koa', '@koa/router', 'koa-router'],
  calls: {
    ...onRouters,
    ...answers,
    'koa#().use()': { defers: true, returns: 'receiver' },
    'koa#Koa().use()': { defers: true, returns: 'receiver' },
    'koa#().on()': { defers: true },
    // Cookies are signed with these: https://koajs.com/#app-keys
    'koa#().keys=()': { keys: [{ argument: 0, purpose: 'cookie' }] },
    'koa#Koa().keys=()': { keys: [{ argument: 0, purpose: 'cookie' }] },
    'koa#Context().throw()': { ends: true },
    'koa#Context().assert()': { asserts: true },
    'koa#Context().cookies.set()': { sets: 1 },
    'koa-compose#()': { defers: true },
    'koa-mount#()': { defers: true },
    'koa-convert#()': { returns: 0 },
  },
};
