import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Rule } from '../finding/rule.js';
import { openSession } from '../open-session.js';
import type { Session, SessionOptions } from '../session.js';

const base = mkdtempSync(join(tmpdir(), 'blastradius-again-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** Reports what is open, and what it reaches. */
const openRoutes: Rule = {
  id: 'no-open-route',
  meta: {
    description: 'A rule of these tests',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [306],
    owasp: ['API2'],
    asvs: ['6.3.4'],
    ismsP: ['2.5.3'],
    securitySeverity: 9,
  },
  check(application, report) {
    for (const route of application.routes) {
      if (!route.isOpen()) continue;
      const steps = route.effects.map((effect) => ({ place: effect.place, message: effect.name }));
      report({ message: `${route.title} is open`, place: route.place, entity: route.title, sink: 'route', steps });
    }
  },
};

const tree: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "5.0.0", "pg": "8.0.0" } }',
  'src/orders.ts': `import pg from 'pg';
const pool = new pg.Pool();
export function remove(id: string) {
  return pool.query('delete from orders where id = $1', [id]);
}
export function unused() {
  return 'nobody calls it';
}
`,
  'src/app.ts': `import express from 'express';
import { remove } from './orders.js';
const app = express();
app.delete('/orders/:id', async (req, res) => {
  res.json(await remove(req.params.id));
});
app.listen(3000);
`,
};

let count = 0;

function lay(changes: Readonly<Record<string, string>> = {}): string {
  const root = join(base, String((count += 1)));
  for (const [path, text] of Object.entries({ ...tree, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

interface Watched {
  readonly session: Session;
  /** How often the program was followed. */
  readonly analyses: () => number;
}

function watch(root: string, options: Partial<SessionOptions> = {}): Watched {
  let analyses = 0;
  const progress: SessionOptions['progress'] = (stage) => {
    if (stage === 'program') analyses += 1;
  };
  const session = openSession(root, { rules: [openRoutes], progress, ...options });
  return { session, analyses: () => analyses };
}

const all = (session: Session): string =>
  JSON.stringify([session.findings(undefined, { suppressed: true }), session.findings(), session.summary()]);

const app = tree['src/app.ts'] ?? '';
const orders = tree['src/orders.ts'] ?? '';

const harmless: readonly (readonly [string, string, string])[] = [
  ['a comment at the top', 'src/app.ts', `// the shop\n\n${app}`],
  ['a comment in a handler', 'src/app.ts', app.replace('res.json', '/* the answer */\n    res.json')],
  ['a comment within a call', 'src/orders.ts', orders.replace("('delete", "(/* all of it */ 'delete")],
  ['other indentation', 'src/app.ts', app.replaceAll('  ', '\t\t\t')],
  ['line ends of another system', 'src/orders.ts', orders.replaceAll('\n', '\r\n')],
  ['a body that nobody reads', 'src/orders.ts', orders.replace("'nobody calls it'", "'still nobody' + pool")],
  ['a type that nothing says', 'src/orders.ts', `type Order = 1 | 2;\n${orders}`],
];

const decisive: readonly (readonly [string, string, string])[] = [
  ['a body that is read', 'src/orders.ts', orders.replace('where id = $1', 'where owner = $1')],
  ['a line that is broken', 'src/orders.ts', orders.replace("('delete", "(\n    // all of it\n    'delete")],
  ['a name', 'src/app.ts', app.replaceAll('app', 'server')],
  ['a path', 'src/app.ts', app.replace("'/orders/:id'", "'/order/:id'")],
  [
    'a directive',
    'src/app.ts',
    app.replace('app.delete', '// eslint-disable-next-line blastradius/no-open-route\napp.delete'),
  ],
  ['an import', 'src/app.ts', `import './orders.js';\n${app}`],
  ['an error of syntax', 'src/orders.ts', `${orders}\nexport const = 1;\n`],
  [
    'a word in a body that nobody reads and that was looked for',
    'src/orders.ts',
    orders.replace("'nobody calls it'", 'pool.define({})'),
  ],
];

describe('after an edit', () => {
  it.each(harmless)('of %s the answer is the same one, moved', (_what, file, text) => {
    const { session, analyses } = watch(lay());
    expect(session.findings()).toHaveLength(1);
    session.update(file, text);
    expect(all(session)).toBe(all(openSession(lay({ [file]: text }), { rules: [openRoutes] })));
    expect(analyses()).toBe(1);
  });

  it.each(decisive)('of %s the project is analysed', (_what, file, text) => {
    const { session, analyses } = watch(lay());
    session.findings();
    session.update(file, text);
    expect(all(session)).toBe(all(openSession(lay({ [file]: text }), { rules: [openRoutes] })));
    expect(analyses()).toBe(2);
  });

  it('of several files, one after the other, the answer is moved with each', () => {
    const { session, analyses } = watch(lay());
    session.findings();
    session.update('src/app.ts', `\n${app}`);
    session.findings();
    session.update('src/orders.ts', `\n\n${orders}`);
    const [finding] = session.findings();
    expect([finding?.place.line, finding?.steps.map(({ place }) => place.line)]).toEqual([5, [6]]);
    session.update('src/app.ts', undefined);
    expect(session.findings()[0]?.place.line).toBe(4);
    expect(analyses()).toBe(1);
  });

  it('of the documents beside the code the project is analysed', () => {
    const { session, analyses } = watch(lay({ '.env': 'A=1\n' }));
    session.findings();
    session.update('.env', 'A=2\n');
    session.findings();
    expect(analyses()).toBe(2);
  });

  it('a new file is analysed, and so is one that is gone', () => {
    const { session, analyses } = watch(lay());
    session.findings();
    session.update('src/more.ts', 'export {};');
    session.findings();
    session.update('src/more.ts', null);
    session.findings();
    expect(analyses()).toBe(3);
  });
});

describe('in another process', () => {
  const cacheOf = (root: string) => ({ cache: { folder: join(root, '.cache'), makers: [] } });

  it('the answer is moved as well, and no text of the project is kept', () => {
    const root = lay();
    watch(root, cacheOf(root)).session.findings();
    const text = `// the shop\n${app}`;
    writeFileSync(join(root, 'src/app.ts'), text);
    const { session, analyses } = watch(root, cacheOf(root));
    expect(all(session)).toBe(all(openSession(lay({ 'src/app.ts': text }), { rules: [openRoutes] })));
    expect(analyses()).toBe(0);
    const kept = readdirSync(join(root, '.cache'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:json|facts)$/.test(name),
    );
    expect(kept.map((name) => dirname(name)).sort()).toEqual(['answers', 'answers', 'answers', 'facts']);
    for (const name of kept)
      expect(readFileSync(join(root, '.cache', name), 'utf8')).not.toMatch(/nobody calls it|delete from/);
  });

  it('one that asks for something else gets its own answer', () => {
    const root = lay();
    watch(root, cacheOf(root)).session.findings();
    writeFileSync(join(root, 'src/app.ts'), `\n${app}`);
    const { session, analyses } = watch(root, { ...cacheOf(root), severities: new Map([['no-open-route', 'off']]) });
    expect(session.findings()).toEqual([]);
    expect(analyses()).toBe(1);
  });

  it('a file that is damaged is none', () => {
    const root = lay();
    watch(root, cacheOf(root)).session.findings();
    const folder = join(root, '.cache/answers');
    const name = readdirSync(folder).find((each) => each.endsWith('.reading.json')) ?? '';
    writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replace('"files"', '"fires"'));
    writeFileSync(join(root, 'src/app.ts'), `\n${app}`);
    const { session, analyses } = watch(root, cacheOf(root));
    expect(session.findings()[0]?.place.line).toBe(5);
    expect(analyses()).toBe(1);
  });
});
