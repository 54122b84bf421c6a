import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '@blastradius/engine';
import type { Finding, Session } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTree } from './read-tree.js';

/** However busy the machine is, nobody waits longer for one project. */
const patience = 20_000;

const scenarios = [
  'require-route-guard/express-mounts',
  'require-route-guard/nest-global-guard',
  'no-open-token-mint/far-mint',
  'no-hardcoded-signing-key/configuration-modules',
  'no-exposed-sequential-id/nest-prisma',
  'apps/marketplace-breach',
];

const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
const isCode = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file) && !file.endsWith('.d.ts');

/** Findings of one run, with what must hold of any of them. */
function judge(session: Session): readonly Finding[] {
  const started = performance.now();
  const findings = session.findings();
  session.application();
  session.summary();
  expect(performance.now() - started).toBeLessThan(patience);
  for (const finding of findings) {
    for (const { line, column, endLine, endColumn } of [finding.place, ...finding.steps.map((step) => step.place)]) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(endLine > line || (endLine === line && endColumn >= column)).toBe(true);
    }
    expect(finding.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  }
  return findings;
}

/** One change of a text: everything that an editor sends between two sound states, and worse. */
type Change = (text: string, others: readonly string[]) => string;

const fragments = [
  ...['{', '}', '(', ')', '[', ']', '`', '${', '"', "'", '/*', '//', '=>', '...', '?.', ';', ',', ':', '@', '#', '\\'],
  ...[
    'await ',
    'async ',
    'class ',
    'extends ',
    'return ',
    'import ',
    'export * from ',
    'new ',
    'this',
    'super()',
    'yield ',
  ],
  ...['\u0000', '\uFEFF', '\u2028', '\uD800', '\r', '𝒳', 'else ', 'case 1:', 'default', 'of ', 'static {', 'require('],
];

const part = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, position: number): number => Math.floor(position * text.length);
const range = (text: string, a: number, b: number): [number, number] => [
  at(text, Math.min(a, b)),
  at(text, Math.max(a, b)),
];

const change: fc.Arbitrary<Change> = fc.oneof(
  // What says nothing, before a line that begins with a word: mostly a statement.
  fc
    .tuple(fc.nat(), fc.constantFrom('// a comment\n\n', '/* a comment */ ', '\n\t'))
    .map(([index, nothing]): Change => (text) => {
      const starts = [...text.matchAll(/^(?=[a-z])/gm)].map((match) => match.index);
      const start = starts[index % starts.length] ?? 0;
      return text.slice(0, start) + nothing + text.slice(start);
    }),
  part.map(
    (end): Change =>
      (text) =>
        text.slice(0, at(text, end)),
  ),
  part.map(
    (start): Change =>
      (text) =>
        text.slice(at(text, start)),
  ),
  fc.tuple(part, part).map(([a, b]): Change => (text) => {
    const [start, end] = range(text, a, b);
    return text.slice(0, start) + text.slice(end);
  }),
  fc.tuple(part, part, fc.integer({ min: 2, max: 12 })).map(([a, b, times]): Change => (text) => {
    const [start, end] = range(text, a, b);
    return text.slice(0, start) + text.slice(start, end).repeat(times) + text.slice(end);
  }),
  fc.tuple(part, fc.constantFrom(...fragments)).map(([a, fragment]): Change => (text) => {
    return text.slice(0, at(text, a)) + fragment + text.slice(at(text, a));
  }),
  // One name for another: calls of what is no function, values that contain themselves.
  fc.tuple(fc.nat(), fc.nat()).map(([from, to]): Change => (text) => {
    const names = [...new Set(text.match(/\b[A-Za-z_$][\w$]*\b/g) ?? [])];
    const [name, other] = [names[from % names.length], names[to % names.length]];
    return name === undefined || other === undefined
      ? text
      : text.replaceAll(new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`, 'g'), () => other);
  }),
  fc.nat().map((index): Change => (text, others) => {
    const other = others[index % others.length];
    return other === undefined
      ? text
      : `export * from '${other}';\nimport * as cycle from '${other}';\n${text}\nexport { cycle };\n`;
  }),
);

describe('a project that is being edited', () => {
  it.each(scenarios)('%s ends with findings, whatever becomes of its text', (scenario) => {
    const directory = join(root, scenario);
    const files = [...readTree(directory)].filter(([file]) => isCode(file));
    const paths = files.map(([file]) => file);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 4 }), (changes) => {
        const session = openSession(directory, { rules });
        judge(session);
        const texts = new Map(files);
        for (const [index, apply] of changes) {
          const file = paths[index % paths.length] ?? '';
          const others = paths.map(
            (path) => `${'../'.repeat(file.split('/').length - 1) || './'}${path.replace(/\.[cm]?[jt]sx?$/, '.js')}`,
          );
          const text = apply(texts.get(file) ?? '', others);
          texts.set(file, text);
          session.update(file, text);
          judge(session);
        }
        const fresh = openSession(directory, { rules });
        for (const [file, text] of texts) fresh.update(file, text);
        expect(judge(session)).toEqual(judge(fresh));
        expect(session.summary()).toEqual(fresh.summary());
      }),
      { numRuns: 20 },
    );
  });
});

const route = `import express from 'express';
import { sign } from 'jsonwebtoken';
const app = express();
app.post('/token', (req, res) => { res.json(sign({ sub: req.body.id }, 'a-key-in-the-code')); });
app.listen(3000);
`;
const manifest = '{ "name": "hostile", "dependencies": { "express": "5.0.0", "@nestjs/core": "11.0.0" } }';
const prisma = 'datasource db { provider = "postgresql" }\nmodel User { id Int @id @default(autoincrement()) }';

type Files = Readonly<Record<string, string>>;
const files = (count: number, text: (index: number) => string): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${String(index)}.ts`, text(index)]));
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const nest = (
  modules: string,
  setup = '',
): string => `import { Controller, Get, Module, forwardRef } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('c') class C { @Get() get() { return 1; } }
${modules}
async function start() { const app = await NestFactory.create(M); ${setup} await app.listen(3000); }
start();
`;

/** With the rules that find the open token route all the same; of the others it is enough that the analysis ends. */
const hostile: readonly (readonly [string, Files, found?: readonly string[]])[] = [
  [
    'a file of nearly 5 MB',
    {
      'a.ts': `${route}export const rows = [${lines(80_000, (i) => `{ id: ${String(i)}, name: 'n${String(i)}', tags: ['a', 'b'] },`)}];`,
    },
    ['no-open-token-mint'],
  ],
  [
    'a file that is too large to be read',
    { 'a.ts': route, 'b.ts': '// filling\n'.repeat(500_000) },
    ['no-open-token-mint'],
  ],
  [
    '200 files that import each other in a circle',
    {
      ...files(
        200,
        (i) =>
          `import { f${String((i + 1) % 200)} as next } from './m${String((i + 1) % 200)}.js';\nexport const f${String(i)} = (x) => next(x);\nexport const c${String(i)} = next + 'x';`,
      ),
      'a.ts': `import './m0.js';\n${route}`,
    },
    ['no-open-token-mint'],
  ],
  [
    '3,000 files in a row',
    {
      ...files(3_000, (i) =>
        i === 2_999
          ? `export const c2999 = 'k';`
          : `import { c${String(i + 1)} } from './m${String(i + 1)}.js';\nexport const c${String(i)} = c${String(i + 1)};`,
      ),
      'a.ts': route,
    },
    ['no-open-token-mint'],
  ],
  [
    '60 files that all re-export each other',
    {
      ...files(60, (i) =>
        lines(60, (j) => (i === j ? `export const v${String(i)} = 1;` : `export * from './m${String(j)}.js';`)),
      ),
      'a.ts': `import { missing, v7 } from './m0.js';\nimport * as all from './m1.js';\nmissing(v7, all.missing);\n${route}`,
    },
    ['no-open-token-mint'],
  ],
  [
    'names that are re-exported in a circle',
    {
      'b.ts': `export { x, default } from './c.js';`,
      'c.ts': `export { x, default } from './b.js'; export * as self from './c.js';`,
      'a.ts': `import d, { x } from './b.js';\nimport { self } from './c.js';\nx(d, self.self.self.x);\n${route}`,
    },
    ['no-open-token-mint'],
  ],
  [
    'CRLF and a byte order mark',
    { 'a.ts': `\uFEFF${route.replaceAll('\n', '\r\n')}` },
    ['no-open-token-mint', 'no-hardcoded-signing-key'],
  ],
  [
    '3,000 nested lists',
    { 'a.ts': route, 'b.ts': `export const x = ${'['.repeat(3_000)}${']'.repeat(3_000)};` },
    ['no-open-token-mint'],
  ],
  [
    '1,500 nested calls and functions',
    { 'a.ts': route, 'b.ts': `export const x = ${'f(() => '.repeat(1_500)}1${')'.repeat(1_500)};` },
    ['no-open-token-mint'],
  ],
  ['chains of 3,000 calls', { 'a.ts': `${route}builder${'.with()'.repeat(3_000)};` }, ['no-open-token-mint']],
  [
    '3,000 alternatives',
    {
      'a.ts': `${route}function f(x) { ${lines(3_000, (i) => `if (x === ${String(i)}) return ${String(i)}; else`)} return; }\nf(process.env.A);`,
    },
    ['no-open-token-mint'],
  ],
  [
    'a router on itself',
    {
      'a.ts': `${route}const r = express.Router(); r.use(r); r.use('/a', r); r.get('/b', (req, res) => res.json(1)); app.use(r); app.use(app); app.use('/x', app);`,
    },
  ],
  [
    'plugins that register themselves and each other',
    {
      'a.ts': `${route}import fastify from 'fastify'; import fp from 'fastify-plugin'; import autoload from '@fastify/autoload';
const server = fastify(); async function self(f) { f.get('/x', async () => 1); f.register(self); f.register(self, { prefix: '/y' }); f.register(fp(self)); } server.register(self);
${lines(14, (i) => `async function p${String(i)}(f) { f.addHook('onRequest', async (r) => r.jwtVerify()); f.get('/${String(i)}', async () => 1); ${lines(14, (j) => `f.register(p${String(j)}, { prefix: '/m' });`)} }`)}
server.register(p0); server.register(fp(fp(fp(p1)))); server.register(server); server.register(fp(fp)); server.register(autoload, { dir: '.' }); server.register(); server.route(); server.route(server);`,
      'b.ts': `import a from './a.js'; export default async function (fastify) { fastify.register(a); fastify.register(import('./b.js')); }`,
    },
    ['no-open-token-mint'],
  ],
  [
    'hooks that hold themselves',
    {
      'a.ts': `${route}import fastify from 'fastify'; const server = fastify(); const l = []; l.push(l); server.decorate('d', server); server.decorate('l', [server.l, server.d]);
server.get('/a', { preHandler: l, onRequest: [l, [l]] }, async () => 1); server.get('/b', { preHandler: server.auth(l) }, async () => 1); server.get('/c', { preHandler: server.auth([l, [l, [l]]]) }, async () => 1);
server.get('/d', { preHandler: server.l, onRequest: server.d.d.auth([server.l, [server.l]]) }, async () => server.d); server.get(server, server); server.get([l], [l], [l]);
server.addHook(); server.addHook('onRequest'); server.addHook('onRoute', (o) => { server.route(o); o.preHandler = o; o.onRequest = [o]; server.get('/in', o); });`,
    },
    ['no-open-token-mint'],
  ],
  [
    'routers that all mount each other',
    {
      'a.ts': `${route}${lines(14, (i) => `const r${String(i)} = express.Router(); r${String(i)}.get('/${String(i)}', (req, res) => res.json(1));`)}${lines(14, (i) => lines(14, (j) => `r${String(i)}.use('/m', r${String(j)});`))} app.use(r0);`,
    },
    ['no-open-token-mint'],
  ],
  [
    'handlers that call themselves',
    {
      'a.ts': `${route}function h(req, res, next) { h(req, res, () => h(req, res, next)); return h(req, res, next); }\napp.get('/h', h, h, (a, b) => h(a, b, h));\nconst y = (f) => f(f); y(y);`,
    },
    ['no-open-token-mint'],
  ],
  [
    '20 functions that call each other four times each',
    {
      'a.ts': `${route}${lines(20, (i) => `function f${String(i)}(a) { ${lines(4, (j) => `f${String((i + j + 1) % 20)}(a);`)} }`)}\napp.get('/x', (req, res) => res.json(f0(req.body)));`,
    },
    ['no-open-token-mint'],
  ],
  [
    '300 handlers over a wide fan-out',
    {
      'a.ts': `${route}${lines(30, (i) => `function f${String(i)}(a) { ${i < 29 ? `f${String(i + 1)}(a); `.repeat(3) : ''} }`)}\n${lines(300, (i) => `app.get('/x${String(i)}', (req, res) => res.json(f0(req.body)));`)}`,
    },
    ['no-open-token-mint'],
  ],
  [
    'getters that read themselves and each other',
    {
      'a.ts': `${route}class A { get a() { return this.a; } get b() { return this.c; } get c() { return this.b; } static get s() { return A.s; } }\nconst a = new A(); a.a; a.b; A.s; const o = { get x() { return o.x; } };\napp.get('/a', (req, res) => res.json(a.a, o.x));`,
    },
    ['no-open-token-mint'],
  ],
  [
    'classes that extend themselves and each other',
    {
      'a.ts': `import { B } from './b.js';\n${route}class S extends S {} class D extends mix(D) {} function mix(x) { return class extends x {}; }\nexport class A extends B { m() { return super.m(); } }\nnew S(); new D().y; new A().m();`,
      'b.ts': `import { A } from './a.js';\nexport class B extends A { m() { return super.m(); } }`,
    },
    ['no-open-token-mint'],
  ],
  [
    'objects and lists that hold themselves',
    {
      'a.ts': `${route}const o = { sub: 1 }; o.o = o; o[k()] = o; o[k()] = [o]; Object.assign(o, o); const l = []; l.push(l, o); o.l = l;\napp.use(l); app.use([l, o]); app.get(l, l); app.get(o, o); app.route(l).get(l);\napp.get('/a', (req, res) => { res.json(o.foo, o); sign(o, l); sign(l, o); sign(o, o.o); res.json(sign(o, o)); });`,
    },
  ],
  [
    'objects and lists that hold the one before twice',
    {
      'a.ts': `import { PrismaClient } from '@prisma/client';\n${route}const db = new PrismaClient(); let l = ['a']; let f = [(req, res, next) => next()]; let o = { id: 2 };\n${lines(60, () => 'l = [l, l]; f = [f, f]; o = { a: o, b: o, AND: [o, o], OR: o, secret: l };')}\napp.use(f); app.use(l, f); app.get(l, f);\napp.get('/x', async (req, res) => { res.json(sign(o, o)); res.json(await db.user.findMany({ where: o }), o, l); });`,
      'schema.prisma': prisma,
    },
  ],
  [
    'texts that double',
    {
      'a.ts': `${route}let s = process.env.A; let t = 'ab';\n${lines(60, () => 's = s + s; t = [t, t].join(t.concat(t)); t += t;')}\napp.get('/' + t, (req, res) => res.json(sign({}, s + t)));`,
    },
  ],
  [
    'values that are one of many',
    {
      'a.ts': `${route}let v = 'k'; let w = { a: 1 };\n${lines(500, (i) => `if (c(${String(i)})) { v = 'k${String(i)}'; w = { a: w, b: w.a }; }`)}\napp.get('/x', (req, res) => { const { sub, a: { a } } = w; res.json(sign({ sub, a }, v)); });`,
    },
    ['no-open-token-mint'],
  ],
  [
    'requires of what is not known',
    {
      'a.js': `const express = require('express'); const app = express();\nconst all = new Proxy({}, { get: (target, name) => require('./' + name) });\nfor (const f of require('fs').readdirSync(__dirname)) { app.use(require('./' + f)); require(f); require(require(f)); }\nrequire(__filename); require('.'); require('./a'); require(\`./\${x}/\${y}\`); require(); require(1); import(require('x'));\nmodule.exports = require('./a.js'); exports.x = module; module.exports.y = module.exports; app.use(all.b); app.listen(1);`,
      'b.js': `module.exports = require; module.require = module; exports = module.exports = require('./a');`,
    },
  ],
  [
    'modules that import themselves',
    {
      'a.ts': nest(
        `class S { constructor(private s: S) {} f() { return this.s.f(); } }\nfunction make() { return { module: N, imports: [forwardRef(() => make()), make] }; }\nconst self = { module: C, imports: [] }; self.imports.push(self);\nlet d = [C]; ${'d = [d, d];'.repeat(60)} d.push(d);\n@Module({ imports: [forwardRef(() => M), forwardRef(() => make()), self, d], controllers: [C, d], providers: [S, d] }) class M { configure(c) { c.apply(d).exclude(d).forRoutes(d); } }\n@Module({ imports: [M] }) class N extends N {}`,
        'app.useGlobalGuards(d); app.use(d);',
      ),
    },
  ],
  [
    'names of the prototype',
    {
      'a.ts': `${route}const o = { __proto__: null, constructor: 1, hasOwnProperty: 3 }; o.__proto__.x; app.get('/__proto__', o.constructor); const { __proto__, constructor } = o; app[constructor]('/x');\nexport { constructor as default, constructor as __proto__ };`,
      'b.ts': `import d, { __proto__, constructor, toString } from './a.js';\nd(__proto__, constructor(), toString());`,
    },
    ['no-open-token-mint'],
  ],
  [
    'statements of SQL without end',
    {
      'a.ts': `import pg from 'pg';\n${route}const pool = new pg.Pool();\n${['select '.repeat(20_000), '('.repeat(50_000), `insert into ${'a.'.repeat(20_000)} x`, `select * from users where ${'id = $1 and '.repeat(5_000)} 1`].map((text) => `pool.query(${JSON.stringify(text)});`).join('\n')}`,
    },
    ['no-open-token-mint'],
  ],
  [
    'paths without end',
    {
      'a.ts': `${route}app.get('/${':a/'.repeat(20_000)}', (req, res) => res.json(1)); app.get('/${'('.repeat(20_000)}', (req, res) => res.json(1)); app.use('${'/'.repeat(50_000)}', (req, res, next) => next());`,
    },
    ['no-open-token-mint'],
  ],
  [
    'comments without end',
    {
      'a.ts': route,
      'b.ts': `// eslint-disable-next-line ${'a,'.repeat(100_000)}\n/* eslint-disable ${' '.repeat(100_000)}*/${'/*'.repeat(50_000)}`,
    },
    ['no-open-token-mint'],
  ],
  [
    'schemas and settings that are none',
    {
      'a.ts': route,
      'schema.prisma': 'model '.repeat(50_000),
      'b.prisma': `model A {${' id Int @id @default('.repeat(20_000)}`,
      'migrations/1.sql': 'create table '.repeat(30_000),
      'migrations/2.sql': `create table a (${'id serial primary key, '.repeat(20_000)}`,
      'migrations/3.sql': `${'('.repeat(100_000)}'`,
      '.env': 'A='.repeat(100_000),
      'docker-compose.yml': `a: &a\n  - *a\n${'x: '.repeat(1_000)}`,
      'config/default.json': '['.repeat(20_000),
    },
    ['no-open-token-mint'],
  ],
  [
    'settings that lead to themselves',
    {
      'a.ts': `import x from 'hostile';\nimport z from '#z';\nx(z);\n${route}`,
      'tsconfig.json':
        '{ "extends": "./tsconfig.json", "references": [{ "path": "." }], "compilerOptions": { "baseUrl": ".", "paths": { "*": ["*", "./*"] } } }',
      'package.json':
        '{ "name": "hostile", "dependencies": { "express": "5.0.0" }, "exports": { ".": "./a.ts", "./*": "./*" }, "imports": { "#*": "#*" }, "workspaces": ["*", "..", ".", "**"] }',
    },
    ['no-open-token-mint'],
  ],
];

describe('a hostile project', () => {
  it.each(hostile.map(([name, texts, found = []]) => ({ name, texts, found })))(
    '$name ends in time',
    ({ texts, found }) => {
      const directory = mkdtempSync(join(tmpdir(), 'blastradius-hostile-'));
      try {
        for (const [file, text] of Object.entries({ 'package.json': manifest, ...texts })) {
          mkdirSync(dirname(join(directory, file)), { recursive: true });
          writeFileSync(join(directory, file), text);
        }
        const started = performance.now();
        const findings = judge(openSession(directory, { rules, preview: true }));
        expect(performance.now() - started).toBeLessThan(patience);
        expect(findings.map((finding) => finding.ruleId)).toEqual(expect.arrayContaining([...found]));
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  );

  it('with links in a circle ends in time', () => {
    const directory = mkdtempSync(join(tmpdir(), 'blastradius-hostile-'));
    try {
      mkdirSync(join(directory, 'src'));
      writeFileSync(join(directory, 'package.json'), manifest);
      writeFileSync(join(directory, 'src/a.ts'), route);
      symlinkSync('..', join(directory, 'src/up'));
      symlinkSync('loop', join(directory, 'src/loop'));
      symlinkSync('nowhere.ts', join(directory, 'src/gone.ts'));
      const findings = judge(openSession(directory, { rules, preview: true }));
      expect(findings.filter((finding) => finding.ruleId === 'no-open-token-mint')).toHaveLength(1);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
