import type { CallEntry, Library } from '../library.js';

const status = { argument: 1, property: 'status' } as const;
/** What makes an answer; cookies are set on it afterwards. */
const responses: Readonly<Record<string, CallEntry>> = {
  'next/server#NextResponse()': { answers: { body: 0, status } },
  'next/server#NextResponse.json()': { answers: { body: 0, status } },
  'next/server#NextResponse.redirect()': { answers: { refuses: true } },
};

/** Answers of a middleware by which the request goes on: NextResponse sets `x-middleware-next` and `x-middleware-rewrite`. */
export const nextGoesOn = 'next/server#NextResponse.next()';
export const nextRewrites = 'next/server#NextResponse.rewrite()';

/** https://nextjs.org/docs/app/api-reference/functions */
export const nextjs: Library = {
  packages: ['next/server', 'next/headers', 'next/navigation', 'next'],
  calls: {
    ...responses,
    ...Object.fromEntries(
      [...Object.keys(responses), 'next/server#NextResponse.next()', 'next/server#NextResponse.rewrite()'].map(
        (path) => [`${path}.cookies.set()`, { sets: 1 }] as const,
      ),
    ),
    'express#Request.cookies.set()': { sets: 1 },
    'next/server#after()': {},
    'next/headers#headers()': { gives: 'express#Request.headers' },
    'next/headers#cookies()': { gives: 'express#Request.cookies' },
    // Each throws: https://nextjs.org/docs/app/api-reference/functions/unauthorized
    'next/navigation#redirect()': { ends: true },
    'next/navigation#permanentRedirect()': { ends: true },
    'next/navigation#notFound()': { ends: true },
    'next/navigation#unauthorized()': { ends: true },
    'next/navigation#forbidden()': { ends: true },
  },
};
