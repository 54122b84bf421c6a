import type { Route } from '@blastradius/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRoutes, routesFormats } from './format-routes.js';

const line = (file: string, at: number) => ({ file, line: at, column: 1, endLine: at, endColumn: 20 });

function route(overrides: Partial<Route>): Route {
  const method = overrides.method ?? 'GET';
  const path = overrides.path ?? '/';
  const authentication = overrides.authentication ?? 'unknown';
  return {
    method,
    path,
    place: line('src/app.ts', 1),
    handler: line('src/app.ts', 1),
    router: line('src/app.ts', 1),
    framework: 'express',
    application: '',
    authentication,
    authorization: [],
    guards: [],
    listener: 'unknown',
    listenerSteps: [],
    servedBeside: undefined,
    internalPath: undefined,
    isKeptInside: false,
    effects: [],
    optional: false,
    onPurpose: false,
    authenticates: false,
    signsUp: false,
    mints: [],
    links: [],
    lookups: [],
    accesses: [],
    credentialChecks: [],
    limiters: [],
    recorded: false,
    proved: [],
    exposed: undefined,
    trusted: [],
    unverified: [],
    factorBypasses: [],
    plainText: [],
    followed: true,
    title: `${method} ${path}`,
    isGuarded: () => authentication === 'guarded',
    isOpen: () => authentication === 'open',
    isForServices: () => false,
    ...overrides,
  };
}

const mint = route({
  method: 'POST',
  path: '/internal/token',
  authentication: 'open',
  application: 'apps/auth',
  place: line('apps/auth/src/token.ts', 14),
  handler: line('apps/auth/src/token.ts', 30),
  listener: 'public',
  guards: [
    {
      name: 'logRequest',
      place: line('apps/auth/src/log.ts', 8),
      verdict: 'open',
      why: 'calls next() without a proof at apps/auth/src/log.ts:9',
    },
  ],
});
const orders = route({
  path: '/orders/:id',
  authentication: 'guarded',
  authorization: ['role:admin', 'owner'],
  place: line('apps/auth/src/orders.ts', 3),
  guards: [
    {
      name: 'requireUser',
      place: line('apps/auth/src/guard.ts', 8),
      verdict: 'guarded',
      proves: 'token',
      // The contract has no key for it: what is asked of the caller stands in `authorization` of the route.
      permissions: ['role:admin'],
      why: 'rejects where jwt.verify throws',
    },
  ],
});
const health = route({ path: '/health', place: line('src/app.ts', 120) });

describe('stylish', () => {
  it('is a table, then the counts', () => {
    expect(formatRoutes('stylish', [health, orders, mint], { color: false })).toMatchInlineSnapshot(`
      "METHOD  PATH             AUTH     AUTHORIZATION      PLACE
      GET     /orders/:id      guarded  role:admin, owner  apps/auth/src/orders.ts:3
      POST    /internal/token  open     -                  apps/auth/src/token.ts:14
      GET     /health          unknown  -                  src/app.ts:120

      3 routes: 1 guarded, 1 open, 1 unknown
      "
    `);
  });

  it('colours the verdict only where it is told to', () => {
    expect(formatRoutes('stylish', [mint], { color: true })).toContain('\u001b[31mopen');
    expect(formatRoutes('stylish', [mint], { color: false })).not.toContain('\u001b');
  });

  it('says that there are none', () => {
    expect(formatRoutes('stylish', [], { color: false })).toBe('No routes\n');
  });
});

describe('json', () => {
  it('is the documented contract', () => {
    expect(formatRoutes('json', [orders, mint], { color: true })).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "routes": [
          {
            "method": "GET",
            "path": "/orders/:id",
            "file": "apps/auth/src/orders.ts",
            "line": 3,
            "handler": {
              "file": "src/app.ts",
              "line": 1
            },
            "framework": "express",
            "application": "",
            "authentication": "guarded",
            "authorization": [
              "role:admin",
              "owner"
            ],
            "guards": [
              {
                "name": "requireUser",
                "file": "apps/auth/src/guard.ts",
                "line": 8,
                "verdict": "guarded",
                "proves": "token",
                "why": "rejects where jwt.verify throws"
              }
            ],
            "listener": "unknown"
          },
          {
            "method": "POST",
            "path": "/internal/token",
            "file": "apps/auth/src/token.ts",
            "line": 14,
            "handler": {
              "file": "apps/auth/src/token.ts",
              "line": 30
            },
            "framework": "express",
            "application": "apps/auth",
            "authentication": "open",
            "authorization": [],
            "guards": [
              {
                "name": "logRequest",
                "file": "apps/auth/src/log.ts",
                "line": 8,
                "verdict": "open",
                "why": "calls next() without a proof at apps/auth/src/log.ts:9"
              }
            ],
            "listener": "public"
          }
        ]
      }
      "
    `);
  });
});

describe.each(routesFormats)('%s', (format) => {
  const text = fc.string({ unit: 'binary' });
  const anyRoute = fc
    .record({
      method: text,
      path: text,
      file: text,
      authorization: fc.array(text, { maxLength: 2 }),
      authentication: fc.constantFrom('guarded' as const, 'open' as const, 'unknown' as const),
    })
    .map(({ file, ...overrides }) => route({ ...overrides, place: line(file, 1) }));

  it('gives the same bytes whatever the order of its input', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRoute, { selector: ({ place, title }) => `${place.file} ${title}` }), (routes) => {
        expect(formatRoutes(format, routes.toReversed(), { color: false })).toBe(
          formatRoutes(format, routes, { color: false }),
        );
      }),
    );
  });

  it('never hands text of the analysed project to the terminal as a command', () => {
    fc.assert(
      fc.property(fc.array(anyRoute), (routes) => {
        const lines = formatRoutes(format, routes, { color: false }).split('\n');
        expect(lines.filter((part) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(part))).toEqual([]);
      }),
    );
  });
});
