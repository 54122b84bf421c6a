import type { CallEntry, Library } from '../library.js';

/** `new Elysia()`, and what a parameter is by its type. */
export const elysiaApplications: ReadonlySet<string> = new Set(['elysia#Elysia()', 'elysia#()']);

/** Methods of an application that register a handler. */
export const elysiaVerbs: ReadonlySet<string> = new Set([
  ...['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'connect', 'all'],
]);

/** Hooks in front of a handler, by the method that adds them and by the name that options give them. */
export const elysiaHooks: ReadonlyMap<string, 'transform' | 'derive' | 'resolve' | 'beforeHandle'> = new Map([
  ['onTransform', 'transform'],
  ['transform', 'transform'],
  ['derive', 'derive'],
  ['resolve', 'resolve'],
  ['onBeforeHandle', 'beforeHandle'],
  ['beforeHandle', 'beforeHandle'],
]);

/** Methods of an application that change what it serves. */
export const elysiaRegistering: ReadonlySet<string> = new Set([
  ...elysiaVerbs,
  ...['onTransform', 'derive', 'resolve', 'onBeforeHandle', 'onRequest'],
  ...['on', 'use', 'group', 'guard', 'as', 'route', 'macro', 'decorate'],
]);

const neutral = ['state', 'model', 'onParse', 'onAfterHandle', 'mapResponse', 'onAfterResponse', 'onError', 'onStart'];
const settings = ['onStop', 'trace', 'ws', 'mount', 'listen', 'compile', 'headers', 'error', 'mapResolve', 'mapDerive'];

const onApplications = Object.fromEntries<CallEntry>(
  [...elysiaApplications].flatMap((path) =>
    [...elysiaRegistering, ...neutral, ...settings].map(
      (name) => [`${path}.${name}()`, { defers: true, returns: 'receiver' }] as const,
    ),
  ),
);

const answer: CallEntry = { answers: { body: 1, status: { argument: 0 } } };

export const elysiaContext = 'elysia#Context()';

/** https://elysiajs.com; what is read from a context stands in application/frameworks/elysia. */
export const elysia: Library = {
  packages: ['elysia'],
  calls: {
    ...onApplications,
    [`${elysiaContext}.status()`]: answer,
    [`${elysiaContext}.error()`]: answer,
    'elysia#status()': answer,
    'elysia#error()': answer,
    [`${elysiaContext}.redirect()`]: { answers: { refuses: true } },
    'elysia#redirect()': { answers: { refuses: true } },
    [`${elysiaContext}.set.status=()`]: { statuses: 0 },
    [`${elysiaContext}.cookie.*.set()`]: { sets: 0 },
    [`${elysiaContext}.cookie.*.value=()`]: { sets: 0 },
  },
};
