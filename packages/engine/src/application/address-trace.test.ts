import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyFacts } from '../facts/empty-facts.js';
import { openSession } from '../open-session.js';
import { asksText } from '../program/text-shape.js';
import type { TextValue, Value } from '../program/value.js';
import { AddressAnswers, AddressTrace } from './address-trace.js';

const origin = { file: emptyFacts('app.ts'), span: { start: 0, end: 0 } };
const literal = (value: string): Value => ({ kind: 'literal', value, origin });
const address = (path: string): TextValue => ({ kind: 'text', parts: [literal(path)], address: true, origin });
const startsWith = (text: Value, prefix: string): boolean | undefined => asksText(text, 'startsWith', literal(prefix));

describe('AddressTrace', () => {
  it('notes what a text is asked, and answers as the text does', () => {
    const trace = new AddressTrace();
    const text = trace.follow('path', address('/public/a'));
    expect([startsWith(text, '/public'), startsWith(text, '/admin')]).toEqual([true, false]);
    expect(trace.questions.map(({ of, answer }) => [of, answer])).toEqual([
      ['path', true],
      ['path', false],
    ]);
    expect(trace.isWhole).toBe(true);
  });

  it('is not whole where the text itself is read, as long as it is open', () => {
    const trace = new AddressTrace();
    const text = trace.follow('path', address('/public'));
    trace.close();
    expect(text.parts).toHaveLength(1);
    expect(trace.isWhole).toBe(true);
    const other = new AddressTrace();
    expect(other.follow('path', address('/public')).parts).toHaveLength(1);
    expect(other.isWhole).toBe(false);
  });

  it('answers for no copy of the text that has other parts', () => {
    const trace = new AddressTrace();
    const copy: TextValue = { ...trace.follow('path', address('/public')), parts: [literal('/admin')] };
    expect(startsWith(copy, '/admin')).toBe(true);
    expect(trace.questions).toEqual([]);
  });
});

describe('AddressAnswers', () => {
  const routesOf = (prefixes: readonly string[]) => {
    const answers = new AddressAnswers<string>();
    let runs = 0;
    /** Says which prefix a path has; it goes on with the next one where it has not. */
    return {
      runs: () => runs,
      take: (path: string): string => {
        const known = answers.find(() => new Map([['path', address(path)]]));
        if (known !== undefined) return known;
        runs++;
        const trace = new AddressTrace();
        const text = trace.follow('path', address(path));
        const result = prefixes.find((prefix) => startsWith(text, prefix)) ?? 'none';
        answers.add(trace.questions, result);
        return result;
      },
    };
  };

  it('knows what was done for a path that answers alike', () => {
    const { take, runs } = routesOf(['/a', '/b']);
    expect(['/x', '/y', '/b/1', '/a/1', '/b/2', '/a/2', '/z'].map(take)).toEqual([
      'none',
      'none',
      '/b',
      '/a',
      '/b',
      '/a',
      'none',
    ]);
    expect(runs()).toBe(3);
  });

  it('knows the one thing that is done where nothing is asked', () => {
    const { take, runs } = routesOf([]);
    expect(['/x', '/y'].map(take)).toEqual(['none', 'none']);
    expect(runs()).toBe(1);
  });
});

describe('what is said of a route', () => {
  const base = mkdtempSync(join(tmpdir(), 'blastradius-address-'));
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });

  const paths = [
    '/',
    '/login',
    '/login/reset',
    '/public/logo',
    '/publications',
    '/orders/:id',
    '/:page',
    '/files/*splat',
    '/admin/users',
  ];
  let count = 0;

  function statesOf(middleware: string, routes: readonly string[]): readonly string[] {
    const root = join(base, String(count++));
    const files = {
      'package.json': '{ "name": "shop", "dependencies": { "express": "5", "jsonwebtoken": "9" } }',
      'app.ts': `import express from 'express';
import jwt from 'jsonwebtoken';

const open = ['/login', '/public/logo'];
const app = express();
function verify(req, res, next) {
  jwt.verify(req.headers.authorization, process.env.KEY);
  next();
}
app.use((req, res, next) => {
  ${middleware}
});
${routes.map((path) => `app.post('${path}', (req, res) => res.json({}));`).join('\n')}
app.listen(3000);
`,
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const { routes: found } = openSession(root, { rules: [] }).application();
    return found
      .map(
        (route) =>
          `${route.title} ${JSON.stringify(route.guards.map(({ name, verdict, why }) => [name, verdict, why]))}`,
      )
      .sort();
  }

  it.each([
    "if (req.path.startsWith('/login')) return next(); verify(req, res, next);",
    'if (/^\\/(login|public)/i.test(req.path)) return next(); verify(req, res, next);',
    'if (/^\\/login$/.test(req.originalUrl)) return next(); verify(req, res, next);',
    "if (req.path === '/login') return next(); verify(req, res, next);",
    "if (req.path.toLowerCase() === '/login') return next(); verify(req, res, next);",
    'if (open.includes(req.path)) return next(); verify(req, res, next);',
    'if (open.some((path) => req.url.startsWith(path))) return next(); verify(req, res, next);',
    "switch (req.path) { case '/login': return next(); default: verify(req, res, next); }",
    "if (req.path && req.path.endsWith('/reset')) return next(); verify(req, res, next);",
    "if (req.path.split('/')[1] === 'login') return next(); verify(req, res, next);",
    'if (req.path === req.query.path) return next(); verify(req, res, next);',
    "if (`${req.method} ${req.path}` === 'POST /login') return next(); verify(req, res, next);",
    "req.where = req.path; if (req.where === '/login') return next(); verify(req, res, next);",
    'if (allows(req.path)) return next(); verify(req, res, next);',
  ])('does not depend on the other routes: %s', (middleware) => {
    const together = statesOf(middleware, paths);
    const alone = paths.flatMap((path) => statesOf(middleware, [path])).sort();
    expect(together).toEqual(alone);
    expect(together).toHaveLength(paths.length);
  });
});
