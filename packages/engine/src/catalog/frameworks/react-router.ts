import type { CallEntry, Library } from '../library.js';

/** What runs on a server alone. */
const serverPackages = [
  '@react-router/node',
  '@react-router/cloudflare',
  '@react-router/architect',
  '@remix-run/server-runtime',
  '@remix-run/node',
  '@remix-run/cloudflare',
  '@remix-run/deno',
  '@remix-run/architect',
  '@vercel/remix',
];

/** What the same functions are exported from: Remix became the framework mode of React Router 7. */
const packages = ['react-router', ...serverPackages];

/** With it an application is built of its files; what `react-router` runs is of the same version. */
export const reactRouterBuilder = '@react-router/dev';
/** The same, before both became one. */
export const remixBuilder = '@remix-run/dev';

const status = { argument: 1, property: 'status' } as const;
const redirect: CallEntry = { answers: { refuses: true } };

function inAll(entries: Readonly<Record<string, CallEntry>>): Readonly<Record<string, CallEntry>> {
  return Object.fromEntries(
    packages.flatMap((name) => Object.entries(entries).map(([path, entry]) => [`${name}#${path}`, entry] as const)),
  );
}

/** Answers of a route's module; contexts are read by application/frameworks/react-router. */
export const reactRouter: Library = {
  packages,
  calls: inAll({
    'data()': { answers: { body: 0, status } },
    'json()': { answers: { body: 0, status } },
    'defer()': { answers: { body: 0, status } },
    'redirect()': redirect,
    'redirectDocument()': redirect,
    'replace()': redirect,
    'createContext()': {},
  }),
};

/** https://github.com/kiliman/remix-typedjson */
export const remixTypedjson: Library = {
  packages: ['remix-typedjson'],
  calls: {
    'remix-typedjson#typedjson()': { answers: { body: 0, status } },
    'remix-typedjson#typeddefer()': { answers: { body: 0, status } },
    'remix-typedjson#redirect()': redirect,
  },
};

/** https://reactrouter.com/explanation/sessions-and-cookies */
const storages = [
  'createCookieSessionStorage',
  'createSessionStorage',
  'createMemorySessionStorage',
  'createFileSessionStorage',
  'createWorkersKVSessionStorage',
  'createArcTableSessionStorage',
];

/** Each gives a session to everybody: whoever asks for a field of it is the guard. */
export const reactRouterSessions: Library = {
  packages: serverPackages,
  calls: inAll({
    'createCookie()': { keys: [{ argument: 1, property: 'secrets', purpose: 'cookie' }] },
    'createCookie().parse()': { proves: { kind: 'session', when: 'truthy' }, promises: true },
    'createCookie().serialize()': { promises: true },
    ...Object.fromEntries(
      storages.map((name) => [
        `${name}()`,
        { keys: [{ argument: 0, property: 'cookie', inner: 'secrets', purpose: 'session' }] } satisfies CallEntry,
      ]),
    ),
  }),
};

/** They leave the flags of `react-router.config` as they are: https://github.com/vercel/remix/tree/main/packages/vercel-react-router */
export const presetsWithoutFlags: ReadonlySet<string> = new Set(['@vercel/react-router/vite#vercelPreset()']);

/** What `routes.ts` is written with: https://reactrouter.com/start/framework/routing */
export const routeConfigPackage = '@react-router/dev/routes';
export const flatRoutesPaths: ReadonlySet<string> = new Set([
  '@react-router/fs-routes#flatRoutes()',
  '@remix-run/fs-routes#flatRoutes()',
]);
