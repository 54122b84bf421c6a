import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../facts/extract-facts.js';
import type { CallMeaning } from './call-meaning.js';
import { conditionsSince, type Condition } from './condition.js';
import { Interpreter, type Outcome } from './interpreter.js';
import { limits } from '../limits.js';
import type { Semantics } from './semantics.js';
import { externalValue, type ExternalValue, type Value } from './value.js';

/** What the only library of these tests means. */
const meanings: ReadonlyMap<string, CallMeaning> = new Map<string, CallMeaning>([
  ['lib#verify()', { proves: { kind: 'token', when: 'returns' }, observed: true }],
  ['lib#check()', { proves: { kind: 'credential', when: 'truthy' } }],
  ['lib#verifyLater()', { proves: { kind: 'token', when: 'returns' }, promises: true }],
  ['lib#checkLater()', { proves: { kind: 'credential', when: 'truthy' }, promises: true }],
  ['lib#isRefused()', { proves: { kind: 'credential', when: 'falsy' } }],
  ['lib#sink()', { observed: true }],
  ['lib#exit()', { ends: true }],
  ['lib#wrap()', { returnsArgument: 0 }],
  ['lib#builder().with()', { returnsReceiver: true }],
  ['lib#later()', { defers: true }],
  [
    'lib#transaction()',
    { passes: externalValue('lib#Client()', { file: extractFacts('lib.ts', ''), span: { start: 0, end: 0 } }) },
  ],
]);

const semantics: Semantics = {
  meaningOf: (call) => meanings.get(call.path),
  provedBy: (value) => (value.path === 'lib#Request.user' ? 'attached' : undefined),
  isSetting: () => false,
  provedByEquality: (left, right) => ([left, right].every(isKeyOrHeader) ? [{ kind: 'api-key' }] : []),
  isInput: (value) => value.path === 'lib#input',
  permittedBy: () => undefined,
  aboutOf: (call) => [call],
  evaluateMember: () => undefined,
  keptOn: () => undefined,
  globalOf: () => undefined,
  evaluateSpread: () => undefined,
  evaluateCall: () => undefined,
  inject: () => undefined,
  keeps: (path) => path === 'lib#application()',
  describes: () => false,
  packageOf: (specifier) => specifier,
};

function isKeyOrHeader(value: Value): boolean {
  return value.kind === 'external' && /^lib#Request\.headers\.|^global#process\.env\./.test(value.path);
}

type Sources = Readonly<Record<string, string>>;

function interpret(sources: Sources): Interpreter {
  const files = new Map(Object.entries(sources).map(([file, text]) => [file, extractFacts(file, text)]));
  const resolve = (from: string, specifier: string): string | undefined => {
    if (!specifier.startsWith('.')) return undefined;
    const path = posix.join(posix.dirname(from), specifier.replace(/\.js$/, ''));
    return [path, `${path}.ts`, `${path}.js`, `${path}/index.ts`].find((candidate) => files.has(candidate));
  };
  return new Interpreter(files, resolve, semantics);
}

function exportOf(interpreter: Interpreter, file: string, name: string): Value | undefined {
  const record = interpreter.module(file);
  return record && interpreter.exported(record, name);
}

/** The value that `main.ts` exports as `it`, in one line. */
function valueIn(sources: Sources | string): string {
  const files = typeof sources === 'string' ? { 'main.ts': `export const it = ${sources};` } : sources;
  const main = Object.keys(files).find((file) => /^main\.[jt]s$/.test(file)) ?? '';
  const program = interpret(files);
  const value = exportOf(program, main, 'it');
  // What a promise comes to is what whoever waits for it gets.
  return print(value && program.settled(value));
}

function print(value: Value | undefined, depth = 3): string {
  if (!value) return 'nothing';
  const all = (values: readonly Value[], between: string): string =>
    values.map((item) => print(item, depth - 1)).join(between);
  if (depth === 0) return '…';
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'text':
      return all(value.parts, ' + ');
    case 'object': {
      const properties = [...value.properties].map(([name, inner]) => `${name}: ${print(inner, depth - 1)}`);
      const spreads = value.spread.map((inner) => `...${print(inner, depth - 1)}`);
      return `${value.classOf?.facts.name ?? ''}{${[...properties, ...spreads].join(', ')}}`;
    }
    case 'array':
      return `[${all(value.items, ', ')}${value.open ? ', …' : ''}]`;
    case 'function':
      return `function ${value.facts.name ?? ''}`;
    case 'class':
      return `class ${value.facts.name ?? ''}`;
    case 'union':
      return all(
        value.options.map((option) => option.value),
        ' | ',
      );
    case 'external':
      return value.path;
    case 'native':
      return `native ${value.name}`;
    case 'undefined':
    case 'unknown':
      return value.kind;
  }
}

describe('values', () => {
  it.each([
    [`'a' + 'b'`, '"ab"'],
    ['`a${"b"}c`', '"abc"'],
    ['`a${process.env.B}c`', '"a" + global#process.env.B + "c"'],
    ['1 + 2', '3'],
    [`['a', ...['b', 'c']]`, '["a", "b", "c"]'],
    [`{ a: 1, ...{ b: 2, a: 3 } }`, '{a: 3, b: 2}'],
    [`({ a: { b: 'c' } }).a.b`, '"c"'],
    [`({ a: { b: 'c' } })['a']['b']`, '"c"'],
    [`['a', 'b'][1]`, '"b"'],
    [`((key) => ({ a: 1 })[key])('a')`, '1'],
    [`({ get a() { return 'b'; } }).a`, '"b"'],
    [`({ a: 1 })?.a`, '1'],
    [`undefined?.a`, 'undefined'],
    [`(1, 2, 'c')`, '"c"'],
    [`void 'a'`, 'undefined'],
    [`('a' as const satisfies string)!`, '"a"'],
    [`unknown() ? 'a' : 'b'`, '"a" | "b"'],
    [`true ? 'a' : 'b'`, '"a"'],
    [`'' || 'b'`, '"b"'],
    [`'a' || 'b'`, '"a"'],
    [`undefined ?? 'b'`, '"b"'],
    [`null ?? 'b'`, 'null | "b"'],
    [`'' ?? 'b'`, '""'],
    [`process.env.A ?? 'b'`, 'global#process.env.A | "b"'],
    [`'a' && 'b'`, '"b"'],
    [`new Map([['a', 1], ['b', 2]]).get('b')`, '2'],
    [`new Map([['a', 1], ['b', 2]]).get(unknown())`, '1 | 2 | undefined'],
    [`new Map().set('a', 1).get('a')`, '1'],
    [`Object.freeze({ a: 1 })`, '{a: 1}'],
    [`Object.assign({ a: 1 }, { b: 2 })`, '{a: 1, b: 2}'],
    [`Object.values({ a: 1, b: 2 })`, '[1, 2]'],
    [`Object.entries({ a: 1 }).map(([name, value]) => ({ name, value }))`, '[{name: "a", value: 1}]'],
    [`Object.fromEntries([['a', 1]]).a`, '1'],
    [`['a', 'b'].map((x) => x + '!')`, '["a!", "b!"]'],
    [`['a', 'b'].join('-')`, '"a-b"'],
    [`['a'].concat(['b'], 'c')`, '["a", "b", "c"]'],
    [`[['a'], ['b']].flat()`, '["a", "b"]'],
    [`['a', 'b'].reduce((sum, x) => sum + x, '')`, '"ab"'],
    [`'a-b'.split('-')`, '["a", "b"]'],
    [`' a '.trim().toUpperCase()`, '" A "'],
    [`Promise.resolve('a').then((x) => x + 'b')`, '"ab"'],
    [`Promise.resolve('a').then((x) => [x]).then(([x]) => x).finally(() => 'c')`, '"a"'],
    [`Promise.all([Promise.resolve('a'), 'b'])`, '["a", "b"]'],
    [`(async () => 'a')().then((x) => x, () => 'failed')`, '"a" | "failed"'],
    [`(async () => 'a')().catch(() => 'failed')`, '"a" | "failed"'],
    [`await (async () => 'a')()`, '"a"'],
    [`await new Promise((resolve) => resolve('a'))`, '"a"'],
    [`((a, b = 'c', ...rest) => [a, b, rest])('a', undefined, 'd', 'e')`, '["a", "c", ["d", "e"]]'],
    [`((...args) => ((a, b) => b)(...args))('a', 'b')`, '"b"'],
    [`(({ a: { b: c = 'd' }, ...rest }) => c)({ a: {} })`, '"d"'],
    [`(([, second = 'x', ...rest]) => second)(['a', 'b'])`, '"b"'],
    [`(function () { return this.a; }).call({ a: 1 })`, '1'],
    [`(function (b) { return [this.a, b]; }).apply({ a: 1 }, ['b'])`, '[1, "b"]'],
    [`(function (b, c) { return [this.a, b, c]; }).bind({ a: 1 }, 'b')('c')`, '[1, "b", "c"]'],
    [`((a) => (b) => (c) => a + b + c)('a')('b')('c')`, '"abc"'],
    [`({ a: 1, ...undefined })`, '{a: 1}'],
    [`({ a: 1, ...(unknown() ? { b: 2 } : {}) })`, '{a: 1, b: 2 | undefined}'],
    [`({ a: 1, ...(unknown() ? { a: 2 } : {}) })`, '{a: 2 | 1}'],
    [`({ a: 1, ...(unknown() && { b: 2 }) }).b`, 'undefined | 2'],
    [`({ ...unknown(), a: 1 })`, '{a: 1, ...global#unknown()}'],
    [`({ ...unknown(), a: 1 }).b`, 'global#unknown().b'],
    [`(({ a, ...rest }) => rest)({ a: 1, b: 2 })`, '{a: undefined, b: 2}'],
    [`(({ a, ...rest }) => ({ a: 3, ...rest }))({ a: 1, b: 2 })`, '{a: 3, b: 2}'],
    [`(({ a, ...rest }) => [rest.a, rest.b])(unknown())`, '[undefined, global#unknown().b]'],
    [`({ a: 1, b: 2 })[unknown()]`, '1 | 2 | undefined'],
  ])('%s is %s', (source, expected) => {
    expect(valueIn(source)).toBe(expected);
  });
});

describe('values across files', () => {
  it.each<[string, string, Sources]>([
    [
      'a named import',
      '"k"',
      { 'main.ts': `import { key } from './key.js'; export const it = key;`, 'key.ts': `export const key = 'k';` },
    ],
    [
      'a renamed import',
      '"k"',
      {
        'main.ts': `import { key as k } from './key.js'; export const it = k;`,
        'key.ts': `const secret = 'k'; export { secret as key };`,
      },
    ],
    [
      'a default import',
      '"k"',
      { 'main.ts': `import key from './key.js'; export { key as it };`, 'key.ts': `export default 'k';` },
    ],
    [
      'a default function',
      '"k"',
      {
        'main.ts': `import make from './key.js'; export const it = make();`,
        'key.ts': `export default function () { return 'k'; }`,
      },
    ],
    [
      'a namespace',
      '"k"',
      {
        'main.ts': `import * as keys from './key.js'; export const it = keys.key;`,
        'key.ts': `export const key = 'k';`,
      },
    ],
    [
      'a re-export',
      '"k"',
      {
        'main.ts': `import { it as key } from './index.js'; export const it = key;`,
        'index.ts': `export { key as it } from './key.js';`,
        'key.ts': `export const key = 'k';`,
      },
    ],
    [
      'a re-exported default',
      '"k"',
      { 'main.ts': `export { default as it } from './key.js';`, 'key.ts': `export default 'k';` },
    ],
    [
      'a star',
      '"k"',
      {
        'main.ts': `export * from './one.js';`,
        'one.ts': `export * from './two.js'; export * from './three.js';`,
        'two.ts': `export const other = 1;`,
        'three.ts': `export const it = 'k';`,
      },
    ],
    [
      'a star, which passes no default',
      'nothing',
      { 'main.ts': `export * from './key.js';`, 'key.ts': `export default 'k';` },
    ],
    [
      'an own export over a star',
      '"own"',
      { 'main.ts': `export * from './key.js'; export const it = 'own';`, 'key.ts': `export const it = 'k';` },
    ],
    [
      'a namespace re-export',
      '"k"',
      {
        'main.ts': `import { keys } from './index.js'; export const it = keys.key;`,
        'index.ts': `export * as keys from './key.js';`,
        'key.ts': `export const key = 'k';`,
      },
    ],
    [
      'a star from CommonJS that has no such export',
      '"k"',
      {
        'main.ts': `export * from './other.js'; export * from './key.js';`,
        'other.js': `exports.other = 1;`,
        'key.ts': `export const it = 'k';`,
      },
    ],
    [
      'a star from a file, behind one from a package',
      '"k"',
      { 'main.ts': `export * from 'lib'; export * from './key.js';`, 'key.ts': `export const it = 'k';` },
    ],
    ['a star from a package', 'lib#it', { 'main.ts': `export * from 'lib';` }],
    ['a package', 'lib#make().part', { 'main.ts': `import { make } from 'lib'; export const it = make().part;` }],
    ['the default of a package', 'lib#()', { 'main.ts': `import lib from 'lib'; export const it = lib();` }],
    [
      'a built-in with its prefix',
      'crypto#createHmac()',
      { 'main.ts': `import { createHmac } from 'node:crypto'; export const it = createHmac('sha256', 'k');` },
    ],
    [
      'module.exports',
      '"k"',
      { 'main.js': `const key = require('./key'); exports.it = key;`, 'key.js': `module.exports = 'k';` },
    ],
    [
      'exports.name',
      '"k"',
      { 'main.js': `const { key } = require('./key'); exports.it = key;`, 'key.js': `exports.key = 'k';` },
    ],
    [
      'module.exports.name',
      '"k"',
      { 'main.js': `module.exports.it = require('./key').key;`, 'key.js': `module.exports = { key: 'k' };` },
    ],
    [
      'exports = module.exports',
      '"k"',
      {
        'main.js': `exports.it = require('./key').key;`,
        'key.js': `exports = module.exports = {}; exports.key = 'k';`,
      },
    ],
    [
      'compiled code',
      '"k"',
      {
        'main.js': `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.it = void 0; const key_1 = require("./key"); exports.it = key_1.default;`,
        'key.js': `Object.defineProperty(exports, "__esModule", { value: true }); exports.default = 'k';`,
      },
    ],
    [
      'a getter of compiled code',
      '"k"',
      {
        'main.js': `var key_1 = require('./key'); Object.defineProperty(exports, 'it', { enumerable: true, get: function () { return key_1.key; } });`,
        'key.js': `exports.key = 'k';`,
      },
    ],
    [
      'an import of CommonJS',
      '"k"',
      {
        'main.ts': `import key, { name } from './key.js'; export const it = key.name;`,
        'key.js': `module.exports = { name: 'k' };`,
      },
    ],
    [
      'export =',
      '"k"',
      {
        'main.ts': `import key = require('./key'); export const it = key;`,
        'key.ts': `const key = 'k'; export = key;`,
      },
    ],
    [
      'a spread of a module',
      '"k"',
      { 'main.js': `module.exports = { ...require('./key') };`, 'key.js': `exports.it = 'k';` },
    ],
    [
      'a dynamic import',
      '"k"',
      { 'main.ts': `export const it = (await import('./key.js')).key;`, 'key.ts': `export const key = 'k';` },
    ],
    [
      'a dynamic import with then',
      '"k"',
      {
        'main.ts': `export const it = import('./key.js').then((keys) => keys.key);`,
        'key.ts': `export const key = 'k';`,
      },
    ],
    [
      'any module of a folder',
      '{name: "a"} | {name: "b"}',
      {
        'main.js': `exports.it = require('./keys/' + process.argv[2]);`,
        'keys/a.js': `exports.name = 'a';`,
        'keys/b.js': `exports.name = 'b';`,
      },
    ],
    [
      'a type-only import',
      'global#Key',
      { 'main.ts': `import type { Key } from './key.js'; export const it = Key;`, 'key.ts': `export const Key = 'k';` },
    ],
    [
      'an enum',
      '"k"',
      {
        'main.ts': `import { Key } from './key.js'; export const it = Key.First;`,
        'key.ts': `export enum Key { First = 'k' }`,
      },
    ],
    [
      'a shadowed require',
      '"own"',
      {
        'main.js': `function make(require) { return require('./key'); } exports.it = make(() => 'own');`,
        'key.js': `exports.it = 'k';`,
      },
    ],
  ])('%s gives %s', (_, expected, sources) => {
    expect(valueIn(sources)).toBe(expected);
  });

  it.each<[string, string, Sources]>([
    [
      'functions that call each other',
      '"k"',
      {
        'main.ts': `import { b } from './b.js'; export const key = 'k'; export const it = b();`,
        'b.ts': `import { key } from './main.js'; export function b() { return key; }`,
      },
    ],
    [
      'a constant that is asked for before its module has run',
      '"k"',
      {
        'main.ts': `import { b } from './b.js'; export const it = b; export const key = 'k';`,
        'b.ts': `import { key } from './main.js'; export const b = key;`,
      },
    ],
    [
      'constants that need each other',
      'global#b + "b" + "a" + "b"',
      {
        'main.ts': `import { b } from './b.js'; export const it = b + 'b';`,
        'b.ts': `import { it } from './main.js'; export const b = it + 'a';`,
      },
    ],
    [
      'names re-exported in a circle',
      'unknown',
      { 'main.ts': `export { it } from './b.js';`, 'b.ts': `export { it } from './main.js';` },
    ],
    [
      'names re-exported in a circle under other names',
      'unknown',
      { 'main.ts': `export { b as it } from './b.js';`, 'b.ts': `export { it as b } from './main.js';` },
    ],
    ['stars in a circle', 'nothing', { 'main.ts': `export * from './b.js';`, 'b.ts': `export * from './main.js';` }],
    [
      'a name behind stars in a circle',
      '"k"',
      {
        'main.ts': `export * from './b.js';`,
        'b.ts': `export * from './main.js'; export * from './c.js';`,
        'c.ts': `export const it = 'k';`,
      },
    ],
    ['a module that exports itself', '{it: {…: …}}', { 'main.ts': `export * as it from './main.js';` }],
    [
      'CommonJS modules that require each other',
      '"k"',
      { 'main.js': `exports.key = 'k'; exports.it = require('./b').b;`, 'b.js': `exports.b = require('./main').key;` },
    ],
    [
      'classes that extend each other',
      'A{}',
      {
        'main.ts': `import { B } from './b.js'; export class A extends B {} export const it = new A();`,
        'b.ts': `import { A } from './main.js'; export class B extends A {}`,
      },
    ],
  ])('%s end in %s', (_, expected, sources) => {
    expect(valueIn(sources).replace(/\{it: .*\}/, '{it: {…: …}}')).toBe(expected);
  });
});

describe('classes', () => {
  const inMain = (text: string): string => valueIn({ 'main.ts': text });

  it.each([
    ['a field', `class A { key = 'k'; } export const it = new A().key;`, '"k"'],
    ['a static field', `class A { static key = 'k'; } export const it = A.key;`, '"k"'],
    [
      'a static method',
      `class A { static make() { return this.key; } static key = 'k'; } export const it = A.make();`,
      '"k"',
    ],
    ['a getter', `class A { #key = 'k'; get key() { return this.#key; } } export const it = new A().key;`, '"k"'],
    [
      'a parameter property',
      `class A { constructor(private readonly key: string) {} get() { return this.key; } } export const it = new A('k').get();`,
      '"k"',
    ],
    [
      'an assignment in the constructor',
      `class A { key; constructor(key) { this.key = key; } } export const it = new A('k').key;`,
      '"k"',
    ],
    [
      'a member of the base class',
      `class A { key() { return this.name; } } class B extends A { name = 'k'; } export const it = new B().key();`,
      '"k"',
    ],
    [
      'super.method',
      `class A { key() { return 'k'; } } class B extends A { key() { return super.key() + '!'; } } export const it = new B().key();`,
      '"k!"',
    ],
    [
      'super(…)',
      `class A { constructor(readonly key) {} } class B extends A { constructor() { super('k'); } } export const it = new B().key;`,
      '"k"',
    ],
    [
      'a mixin',
      `const mix = (Base) => class extends Base { key() { return 'k'; } }; class A extends mix(Object) {} export const it = new A().key();`,
      '"k"',
    ],
    [
      'a method that is handed on',
      `class A { key = 'k'; get = () => this.key; } const { get } = new A(); export const it = get();`,
      '"k"',
    ],
    [
      'a base class of a package',
      `import { Base } from 'lib'; class A extends Base {} export const it = new A().found;`,
      'lib#Base().found',
    ],
    [
      'a function as a constructor',
      `function A(key) { this.key = key; } A.prototype.get = function () { return this.key; }; export const it = new A('k').get();`,
      '"k"',
    ],
    [
      'a getter that reads itself',
      `class A { get key() { return this.key; } } export const it = new A().key;`,
      'unknown',
    ],
    ['a class that extends itself', `class A extends A { key = 'k'; } export const it = new A().key;`, '"k"'],
    [
      'an instance that holds itself',
      `class A { self = this; key = 'k'; } export const it = new A().self.self.self.key;`,
      '"k"',
    ],
  ])('%s', (_, source, expected) => {
    expect(inMain(source)).toBe(expected);
  });
});

describe('statements', () => {
  it.each([
    ['a later assignment', `let it = 'a'; it = 'b'; export { it };`, '"b"'],
    ['an assignment that may happen', `let it = 'a'; if (unknown()) it = 'b'; export { it };`, '"a" | "b"'],
    [
      'an assignment on both ways',
      `let it; if (unknown()) { it = 'a'; } else { it = 'b'; } export { it };`,
      'undefined | "a" | "b"',
    ],
    ['an assignment that never happens', `let it = 'a'; if (false) it = 'b'; export { it };`, '"a"'],
    ['a property that is set later', `const o = {}; o.a = 'k'; export const it = o.a;`, '"k"'],
    [
      'a list that is filled in a loop',
      `const it = []; for (const x of ['a', 'b']) it.push(x); export { it };`,
      '["a", "b"]',
    ],
    [
      'a loop over an object',
      `const it = []; for (const [k, v] of Object.entries({ a: 1 })) it.push(k, v); export { it };`,
      '["a", 1]',
    ],
    ['a hoisted function', `export const it = make(); function make() { return 'k'; }`, '"k"'],
    ['var in a block', `{ var it = 'k'; } export { it };`, '"k"'],
    ['a block-scoped name', `const it = 'a'; { const it = 'b'; } export { it };`, '"a"'],
    [
      'a switch',
      `let it = 'a'; switch (unknown()) { case 1: it = 'b'; break; default: it = 'c'; } export { it };`,
      '"a" | "b" | "c"',
    ],
    [
      'try and catch',
      `let it; try { it = read(); } catch { it = 'k'; } export { it };`,
      'undefined | global#read() | "k"',
    ],
    ['destructuring', `const { a: { b: it = 'k' } } = { a: {} }; export { it };`, '"k"'],
    ['destructuring into a property', `const o = {}; ({ a: o.b } = { a: 'k' }); export const it = o.b;`, '"k"'],
    [
      'what the caller writes over a property',
      `import { input } from 'lib'; export const it = { a: 1, ...input };`,
      '{a: 1 | lib#input.a, ...lib#input}',
    ],
    [
      'a property over what the caller writes',
      `import { input } from 'lib'; export const it = { ...input, a: 1 };`,
      '{a: 1, ...lib#input}',
    ],
    [
      'a property over what the caller writes, spread with it',
      `import { input } from 'lib'; const own = { ...input, a: 1 }; export const it = { a: 2, b: 3, ...own };`,
      '{a: 1, b: 3 | lib#input.b, ...lib#input}',
    ],
    ['delete', `const it = { a: 1, b: 2 }; delete it.a; export { it };`, '{a: undefined, b: 2}'],
    ['delete from a copy', `const o = { a: 1 }; const copy = { ...o }; delete copy.a; export const it = o;`, '{a: 1}'],
    [
      'a copy of what was deleted from',
      `const o = { a: 1, b: 2 }; delete o.a; export const it = { a: 3, ...o };`,
      '{a: 3, b: 2}',
    ],
    ['delete that only may be run', `const it = { a: 1 }; if (unknown()) delete it.a; export { it };`, '{a: 1}'],
    ['||=', `let it; it ||= 'k'; export { it };`, '"k"'],
    ['+=', `let it = 'a'; it += 'b'; export { it };`, '"ab"'],
    [
      'several returns',
      `const make = (x) => { if (x) return 'a'; return 'b'; }; export const it = make(unknown());`,
      '"a" | "b"',
    ],
    [
      'a return that is surely taken',
      `const make = (x) => { if (x) return 'a'; return 'b'; }; export const it = make(true);`,
      '"a"',
    ],
  ])('%s', (_, source, expected) => {
    expect(valueIn({ 'main.ts': source })).toBe(expected);
  });

  it.each([
    ['runs to its end', `import { sink } from 'lib'; sink();`, true],
    ['throws', `import { sink } from 'lib'; sink(); throw new Error();`, false],
    ['may throw', `import { sink } from 'lib'; if (sink()) throw new Error();`, true],
  ])('knows of a module that it %s', (_, source, completes) => {
    expect(interpret({ 'main.ts': source }).module('main.ts')?.completes).toBe(completes);
  });

  it('keeps the calls that a module makes an application with', () => {
    const sources = {
      'main.ts': `import { application } from 'lib'; make(); function make() { return application(); }`,
    };
    expect(
      interpret(sources)
        .module('main.ts')
        ?.calls.map((call) => call.path),
    ).toEqual(['lib#application()']);
  });
});

const request = (): ExternalValue =>
  externalValue('lib#Request', { file: extractFacts('lib.ts', ''), span: { start: 0, end: 0 } });

function follow(body: string, others: Sources = {}): Outcome {
  const imports = `import { verify, check, verifyLater, checkLater, isRefused, sink, exit, wrap, later, transaction, unknown } from 'lib';`;
  const interpreter = interpret({
    'main.ts': `${imports}\nexport async function handler(req, next) { ${body} }`,
    ...others,
  });
  const handler = exportOf(interpreter, 'main.ts', 'handler');
  if (handler?.kind !== 'function') throw new Error('there is no handler');
  const origin = { file: handler.file, span: handler.facts };
  return interpreter.follow(handler, { kind: 'undefined' }, [request()], origin, []);
}

/** What is proved at each call of `sink`, in order. */
function provedIn(body: string, others?: Sources): readonly string[] {
  return follow(body, others)
    .events.filter((event) => event.call.path === 'lib#sink()')
    .map((event) => event.proofs.map((proof) => proof.kind).join(' '));
}

describe('proofs', () => {
  it.each([
    ['nothing', `sink();`, ['']],
    ['a call that throws where it fails', `verify(req.token); sink();`, ['token']],
    ['only what comes behind it', `sink(); verify(req.token); sink();`, ['', 'token']],
    ['an early return', `if (!check(req.body)) return; sink();`, ['credential']],
    ['an early throw', `if (!check(req.body)) throw new Error(); sink();`, ['credential']],
    ['an early exit', `if (!check(req.body)) exit(); sink();`, ['credential']],
    ['a branch', `if (check(req.body)) sink(); else sink();`, ['credential', '']],
    ['a branch that is left', `if (check(req.body)) { log(); } sink();`, ['']],
    ['a test of a falsy outcome', `if (isRefused(req)) return; sink();`, ['credential']],
    ['a test of a falsy outcome the wrong way', `if (!isRefused(req)) return; sink();`, ['']],
    ['a value that is kept', `const ok = await check(req.body); if (!ok) return; sink();`, ['credential']],
    ['a value that is negated and kept', `const bad = !check(req.body); if (bad) return; sink();`, ['credential']],
    ['a comparison with true', `if (check(req.body) !== true) return; sink();`, ['credential']],
    ['a comparison with null', `const user = check(req.body); if (user === null) return; sink();`, ['credential']],
    ['a loose comparison with null', `const user = check(req.body); if (user == null) return; sink();`, ['credential']],
    ['a member of what was proved', `const user = check(req.body); if (!user.id) return; sink();`, ['credential']],
    [
      'an optional member of what was proved',
      `const user = check(req.body); if (!user?.id) return; sink();`,
      ['credential'],
    ],
    ['a && b', `if (unknown() && check(req.body)) sink();`, ['credential']],
    ['a && b, left by the negation', `if (!(unknown() && check(req.body))) return; sink();`, ['credential']],
    ['a || b with one proof', `if (unknown() || check(req.body)) sink();`, ['']],
    ['!a || !b', `if (!unknown() || !check(req.body)) return; sink();`, ['credential']],
    ['one proof or another', `if (check(req.a) || check(req.b)) sink();`, ['credential']],
    ['a && in a statement', `check(req.body) && sink();`, ['credential']],
    ['a || in a statement', `check(req.body) || sink();`, ['']],
    ['a conditional', `check(req.body) ? sink() : sink();`, ['credential', '']],
    ['what somebody attached', `if (!req.user) return; sink();`, ['attached']],
    ['a key that is compared', `if (req.headers.key !== process.env.KEY) return; sink();`, ['api-key']],
    ['a key that is compared the wrong way', `if (req.headers.key === process.env.KEY) return; sink();`, ['']],
    ['try, where the catch returns', `try { verify(req.token); } catch { return; } sink();`, ['token']],
    ['try, where the catch goes on', `try { verify(req.token); } catch { log(); } sink();`, ['']],
    ['the catch itself', `try { verify(req.token); throw new Error(); } catch { sink(); }`, ['']],
    ['finally', `try { verify(req.token); } finally { sink(); }`, ['']],
    ['behind finally', `try { verify(req.token); } finally { log(); } sink();`, ['token']],
    ['then', `return verify(req.token).then(() => sink());`, ['token']],
    ['then, with a catch that goes on', `await verify(req.token).catch(() => undefined); sink();`, ['']],
    [
      'then, with a catch that throws',
      `await verify(req.token).catch(() => { throw new Error(); }); sink();`,
      ['token'],
    ],
    ['a loop that may run no round', `for (const token of req.tokens) { verify(token); } sink();`, ['']],
    ['within a loop', `for (const token of req.tokens) { verify(token); sink(); }`, ['token']],
    ['a switch whose default returns', `switch (check(req.body)) { default: return; } sink();`, []],
    [
      'a function of the module',
      `require_(req); sink(); function require_(r) { if (!check(r.body)) throw new Error(); }`,
      ['credential'],
    ],
    [
      'a function that says whether',
      `const ok = (r) => { if (!check(r.body)) return false; return true; }; if (!ok(req)) return; sink();`,
      ['credential'],
    ],
    [
      'a function that says nothing',
      `const ok = (r) => { check(r.body); return true; }; if (!ok(req)) return; sink();`,
      [''],
    ],
    [
      'a function that gives the user or nothing',
      `const find = (r) => { if (check(r.body)) return { id: 1 }; return null; }; const user = find(req); if (!user) return; sink();`,
      ['credential'],
    ],
    [
      'a method of a class',
      `class Guard { ok(r) { return check(r.body); } } if (!(await new Guard().ok(req))) return; sink();`,
      ['credential'],
    ],
    ['an error-first callback', `verify(req.token, (error, claims) => { if (error) return; sink(); });`, ['token']],
    ['an error-first callback that does not look', `verify(req.token, (error, claims) => { sink(); });`, ['']],
    ['a callback that is called', `req.items.forEach(() => { verify(req.token); sink(); }); sink();`, ['token', '']],
    ['a callback that is called later', `later(() => { sink(); });`, []],
    ['a callback that is handed what is needed', `transaction((client) => { sink(client.x()); });`, ['']],
    ['a wrapper that keeps the function', `wrap(() => sink())();`, ['']],
    ['code that is never reached', `return; sink();`, []],
    ['a condition that never holds', `if (false) sink();`, []],
    ['a condition that always holds', `if (true) return; sink();`, []],
    ['a loop without end', `while (unknown()) { sink(); }`, ['']],
    ['a rejected promise', `return Promise.reject(new Error()); sink();`, []],
    [
      'a promise that resolves behind a proof',
      `await new Promise((resolve, reject) => { if (!check(req.body)) return reject(new Error()); resolve(); }); sink();`,
      ['credential'],
    ],
  ])('%s', (_, body, expected) => {
    expect(provedIn(body)).toEqual(expected);
  });

  it('names what proves', () => {
    const [event] = follow(`verify(req.token); sink();`).events.filter((item) => item.call.path === 'lib#sink()');
    expect(event?.proofs.map((proof) => proof.by)).toEqual(['lib.verify']);
  });

  it('shows the way to what happens, innermost call first', () => {
    const [event] = follow(`outer(); function outer() { inner(); } function inner() { sink(); }`).events;
    const names: string[] = [];
    for (let entry = event?.stack; entry; entry = entry.around) names.push(entry.name);
    expect(names).toEqual(['inner', 'outer', 'handler']);
  });

  it('has no flow where a handler never returns', () => {
    expect(follow(`throw new Error();`).flow).toBeUndefined();
    expect(follow(`log();`).flow).toEqual({ proofs: [] });
    expect(follow(`if (unknown()) throw new Error();`).flow).toMatchObject({
      proofs: [],
      condition: { values: [{ path: 'lib#unknown()' }], truthy: false, depth: 1 },
    });
  });

  it('starts from what its caller has proved', () => {
    const interpreter = interpret({ 'main.ts': `import { sink } from 'lib'; export const handler = () => sink();` });
    const handler = exportOf(interpreter, 'main.ts', 'handler');
    if (handler?.kind !== 'function') throw new Error('there is no handler');
    const origin = { file: handler.file, span: handler.facts };
    const proof = { kind: 'session', origin, by: 'a guard' };
    expect(interpreter.follow(handler, { kind: 'undefined' }, [], origin, [proof]).events[0]?.proofs).toEqual([proof]);
  });
});

/** The tests that lead to a point, the innermost first. */
function printTests(conditions: readonly Condition[]): readonly string[] {
  return conditions.map(
    ({ values, truthy }) => `${truthy ? '' : 'not '}${values.map((value) => print(value)).join(' is ')}`,
  );
}

describe('promises', () => {
  const own = `async function own(r) { if (!check(r.body)) throw new Error(); }`;
  const says = `const says = async (r) => check(r.body);`;

  it.each([
    ['one that is waited for', `await verifyLater(req); sink();`, ['token']],
    ['one that nobody waits for', `verifyLater(req); sink();`, ['']],
    ['one that nobody wants', `void verifyLater(req); sink();`, ['']],
    ['one that is waited for later', `const p = verifyLater(req); sink(); await p; sink();`, ['', 'token']],
    ['an answer that is waited for', `if (!(await checkLater(req))) return; sink();`, ['credential']],
    ['an answer that nobody waits for', `if (!checkLater(req)) return; sink();`, ['']],
    ['the negation of a promise', `if (!checkLater(req)) sink();`, []],
    ['a member of an answer', `const user = await checkLater(req); if (!user.id) return; sink();`, ['credential']],
    ['an asynchronous function', `await own(req); sink(); ${own}`, ['credential']],
    ['an asynchronous function that nobody waits for', `own(req); sink(); ${own}`, ['']],
    ['an asynchronous function that says whether', `${says} if (!(await says(req))) return; sink();`, ['credential']],
    ['the same, and nobody waits', `${says} if (!says(req)) return; sink();`, ['']],
    ['a failure', `const fail = async () => { throw new Error(); }; await fail(); sink();`, []],
    ['a failure that nobody waits for', `const fail = async () => { throw new Error(); }; fail(); sink();`, ['']],
    [
      'one that is returned',
      `const hand = async (r) => { return own(r); }; await hand(req); sink(); ${own}`,
      ['credential'],
    ],
    ['one that is handed on', `const hand = (r) => own(r); await hand(req); sink(); ${own}`, ['credential']],
    ['one that is handed on, and nobody waits', `const hand = (r) => own(r); hand(req); sink(); ${own}`, ['']],
    ['one that is lost on the way', `const lose = async (r) => { own(r); }; await lose(req); sink(); ${own}`, ['']],
    [
      'an answer that is returned',
      `${says} const hand = async (r) => says(r); if (!(await hand(req))) return; sink();`,
      ['credential'],
    ],
    ['then', `verifyLater(req).then(() => sink());`, ['token']],
    ['then, on its answer', `checkLater(req).then((ok) => { if (ok) sink(); else sink(); });`, ['credential', '']],
    ['then, waited for', `await verifyLater(req).then(() => log()); sink();`, ['token']],
    ['then of a function', `await own(req).then(() => sink()); ${own}`, ['credential']],
    ['catch that goes on', `await verifyLater(req).catch(() => undefined); sink();`, ['']],
    ['catch that throws', `await verifyLater(req).catch(() => { throw new Error(); }); sink();`, ['token']],
    ['try that waits', `try { await verifyLater(req); } catch { return; } sink();`, ['token']],
    ['try that does not wait', `try { verifyLater(req); } catch { return; } sink();`, ['']],
    ['all of several', `await Promise.all([log(), verifyLater(req)]); sink();`, ['token']],
    [
      'an answer among all of several',
      `const [, ok] = await Promise.all([log(), checkLater(req)]); if (!ok) return; sink();`,
      ['credential'],
    ],
    [
      'all of what was begun before',
      `const p = verifyLater(req); const q = own(req); await Promise.all([p, q]); sink(); ${own}`,
      ['token credential'],
    ],
    ['all of several that may fail', `await Promise.allSettled([verifyLater(req)]); sink();`, ['']],
    ['one of two', `await (unknown() ? verifyLater(req) : log()); sink();`, ['']],
    [
      'an answer of one of two',
      `if (!(await (unknown() ? checkLater(req.a) : checkLater(req.b)))) return; sink();`,
      ['credential'],
    ],
  ])('%s', (_, body, expected) => {
    expect(provedIn(body)).toEqual(expected);
  });
});

describe('switch', () => {
  it.each([
    ['none of the constants', `switch (check(req.body)) { case false: return; default: sink(); }`, ['credential']],
    ['none of the texts', `switch (check(req.body)) { case 'a': return; default: sink(); }`, ['']],
    ['a case that fits', `switch (check(req.body)) { case true: sink(); break; default: sink(); }`, ['credential', '']],
    [
      'every way proves',
      `switch (unknown()) { case 1: verify(req.a); break; default: verify(req.b); } sink();`,
      ['token'],
    ],
    ['a way returns', `switch (unknown()) { case 1: return; default: verify(req.a); } sink();`, ['token']],
    ['a default in front', `switch (unknown()) { default: return; case 1: verify(req.a); } sink();`, ['token']],
    ['without a default', `switch (unknown()) { case 1: verify(req.a); break; } sink();`, ['']],
    ['a case falls through', `switch (unknown()) { case 1: verify(req.a); case 2: sink(); }`, ['']],
    ['both cases end alike', `switch (unknown()) { case 1: case 2: verify(req.a); sink(); }`, ['token']],
    [
      'a case that surely fits',
      `switch ('a') { case 'a': verify(req.a); break; case 'b': sink(); } sink();`,
      ['token'],
    ],
    ['a case that surely does not', `switch ('a') { case 'b': sink(); break; } verify(req.a);`, []],
    [
      'break leaves the switch alone',
      `for (const x of req.items) { switch (x) { case 1: break; default: continue; } sink(); }`,
      [''],
    ],
  ])('%s', (_, body, expected) => {
    expect(provedIn(body)).toEqual(expected);
  });
});

describe('loops', () => {
  it.each([
    ['a list that is written down', `for (const x of [req.a, req.b]) { verify(x); } sink();`, ['token token']],
    ['an empty list', `for (const x of []) { verify(x); } sink();`, ['']],
    [
      'a jump over a round of such a list',
      `for (const x of [req.a, req.b]) { if (unknown()) continue; verify(x); } sink();`,
      [''],
    ],
    [
      'a break out of such a list',
      `for (const x of [req.a, req.b]) { if (unknown()) break; verify(x); } sink();`,
      [''],
    ],
    [
      'a throw in a round of such a list',
      `for (const x of [req.a, req.b]) { if (!check(x)) throw new Error(); } sink();`,
      ['credential credential'],
    ],
    ['continue', `for (const x of req.items) { if (!check(x)) continue; sink(); }`, ['credential']],
    ['break', `for (const x of req.items) { if (!check(x)) break; sink(); } sink();`, ['credential', '']],
    ['a return in a round', `for (const x of req.items) { if (check(x)) return sink(); } sink();`, ['credential', '']],
    ['a throw in a round', `for (const x of req.items) { throw new Error(); } sink();`, ['']],
    ['what was proved before', `verify(req.token); for (const x of req.items) { sink(); } sink();`, ['token', 'token']],
    ['a round of a counted loop', `for (let i = 0; i < 3; i++) { verify(req.token); sink(); } sink();`, ['token', '']],
  ])('%s', (_, body, expected) => {
    expect(provedIn(body)).toEqual(expected);
  });
});

describe('the tests on the way', () => {
  it.each([
    ['none', `sink();`, []],
    ['a branch', `if (unknown()) sink();`, ['lib#unknown()']],
    ['the other branch', `if (unknown()) log(); else sink();`, ['not lib#unknown()']],
    ['an early return', `if (!unknown()) return; sink();`, ['lib#unknown()']],
    ['an early throw', `if (unknown()) throw new Error(); sink();`, ['not lib#unknown()']],
    ['a branch that ends', `if (unknown()) log(); sink();`, []],
    ['a comparison', `if (req.a === 'x') sink();`, ['lib#Request.a is "x"']],
    ['its negation', `if (req.a !== 'x') sink();`, ['not lib#Request.a is "x"']],
    ['both of two', `if (req.a && req.b) sink();`, ['lib#Request.b', 'lib#Request.a']],
    ['one of two', `if (req.a || req.b) sink();`, []],
    ['neither of two', `if (req.a || req.b) return; sink();`, ['not lib#Request.b', 'not lib#Request.a']],
    ['a conditional', `return req.a ? sink() : null;`, ['lib#Request.a']],
    ['a case', `switch (req.a) { case 'x': sink(); }`, ['lib#Request.a is "x"']],
    ['a test in a function', `const ok = (r) => { if (!r.a) throw new Error(); }; ok(req); sink();`, ['lib#Request.a']],
    ['a test that surely holds', `if (true) sink();`, []],
  ])('%s', (_, body, expected) => {
    const [event] = follow(body).events.filter(({ call }) => call.path === 'lib#sink()');
    expect(event && printTests(conditionsSince(event.condition, undefined))).toEqual(expected);
  });
});

describe('ways around a proof', () => {
  it.each([
    ['a branch', `if (req.a) verify(req.token); sink();`, ['token with lib#Request.a, without not lib#Request.a']],
    [
      'a return in front',
      `if (req.a) return sink(); verify(req.token); sink();`,
      ['token with not lib#Request.a, without lib#Request.a'],
    ],
    [
      'a conditional',
      `req.a ? verify(req.token) : log(); sink();`,
      ['token with lib#Request.a, without not lib#Request.a'],
    ],
    [
      'an alternative',
      `const ok = req.a || check(req.code); if (!ok) return; sink();`,
      ['credential with lib#check(), without lib#Request.a'],
    ],
    ['a catch that goes on', `try { verify(req.token); } catch { log(); } sink();`, ['token with , without ']],
    ['none, where the other way throws', `if (!req.a) throw new Error(); verify(req.token); sink();`, []],
    ['none, where the other way proves as well', `if (req.a) verify(req.token); else verify(req.other); sink();`, []],
  ])('%s', (_, body, expected) => {
    expect(
      follow(body).bypasses.map(
        ({ proof, towards, around }) =>
          `${proof.kind} with ${printTests(towards).join()}, without ${printTests(around).join()}`,
      ),
    ).toEqual(expected);
  });
});

describe('limits', () => {
  const patience = 5_000;
  const timed = <T>(run: () => T): T => {
    const started = performance.now();
    const result = run();
    expect(performance.now() - started).toBeLessThan(patience);
    return result;
  };
  const count = (length: number, line: (index: number) => string): string =>
    Array.from({ length }, (_, index) => line(index)).join('\n');

  it('ends recursion, and goes on behind it', () => {
    expect(timed(() => provedIn(`again(); sink(); function again() { again(); again(); }`))).toEqual(['']);
  });

  it('ends functions that call themselves through each other', () => {
    const lines = count(
      20,
      (i) => `function f${String(i)}(x) { ${count(4, (j) => `f${String((i + j + 1) % 20)}(x);`)} return x; }`,
    );
    expect(timed(() => provedIn(`f0(req); sink(); ${lines}`))).toEqual(['']);
  });

  it('ends chains of calls that are too deep, and says where', () => {
    const length = limits.callDepth + 10;
    const lines = count(
      length,
      (i) => `const f${String(i)} = () => ${i === length - 1 ? `'k'` : `f${String(i + 1)}()`};`,
    );
    const interpreter = interpret({ 'main.ts': `${lines}\nexport const it = f0();` });
    expect(print(timed(() => exportOf(interpreter, 'main.ts', 'it')))).toBe('unknown');
    expect([...interpreter.stopped]).toEqual(['main.ts']);
  });

  it('follows chains of calls that are not', () => {
    const length = limits.callDepth - 2;
    const lines = count(
      length,
      (i) => `const f${String(i)} = () => ${i === length - 1 ? `'k'` : `f${String(i + 1)}()`};`,
    );
    const interpreter = interpret({ 'main.ts': `${lines}\nexport const it = f0();` });
    expect(print(exportOf(interpreter, 'main.ts', 'it'))).toBe('"k"');
    expect([...interpreter.stopped]).toEqual([]);
  });

  it('ends a wide fan-out, and says where', () => {
    const lines = count(
      25,
      (i) =>
        `function f${String(i)}(x) { ${i === 24 ? '' : `f${String(i + 1)}(x); f${String(i + 1)}(x); f${String(i + 1)}(x);`} return x; }`,
    );
    const interpreter = interpret({ 'main.ts': `${lines}\nf0(1); export const it = 'k';` });
    timed(() => exportOf(interpreter, 'main.ts', 'it'));
    expect([...interpreter.stopped]).toEqual(['main.ts']);
  });

  it('keeps a share for what comes behind a long way', () => {
    const lines = count(
      25,
      (i) => `function f${String(i)}(x) { ${i === 24 ? '' : `f${String(i + 1)}(x); f${String(i + 1)}(x);`} return x; }`,
    );
    expect(timed(() => provedIn(`f0(req); verify(req.token); sink(); ${lines}`))).toEqual(['token']);
  });

  it('keeps a bounded number of alternatives', () => {
    const lines = count(2000, (i) => `if (unknown(${String(i)})) it = 'k${String(i)}';`);
    const interpreter = interpret({ 'main.ts': `let it = 'k'; ${lines} export { it };` });
    const value = timed(() => exportOf(interpreter, 'main.ts', 'it'));
    expect(value?.kind === 'union' && value.options.length).toBeLessThan(100);
  });

  it.each([
    ['a list that holds itself', `const it = []; it.push(it); it.push(...it); export { it };`],
    ['a list that grows while it is read', `const it = ['a']; for (const x of it) it.push(x, x); export { it };`],
    ['a list that doubles', `let it = ['a', 'b']; ${count(60, () => 'it = [...it, ...it];')} export { it };`],
    ['a text that doubles', `let it = unknown(); ${count(60, () => 'it = it + it;')} export { it };`],
    ['a literal text that doubles', `let it = 'ab'; ${count(60, () => 'it = it + it;')} export { it };`],
    [
      'alternatives that double',
      `let it = {}; ${count(60, (i) => `if (unknown(${String(i)})) it = { a: it, b: it };`)} export { it };`,
    ],
    [
      'an object that is spread into itself',
      `const o = {}; o[unknown()] = o; o[unknown()] = { ...o }; export const it = o.missing;`,
    ],
    ['a map that holds itself', `const m = new Map(); m.set(unknown(), m); export const it = m.get('a').get('b');`],
    ['a function that is handed itself', `const twice = (f) => f(f); export const it = twice(twice);`],
    ['a function that returns itself', `const f = () => f; export const it = f()()()();`],
    [
      'getters that read each other',
      `const it = { get a() { return it.b; }, get b() { return it.a; } }; it.a; export { it };`,
    ],
    ['a proxy', `export const it = new Proxy({}, { get: (target, name) => require('./' + name) }); it.a.b.c();`],
    [
      'requires of what is not known',
      `export const it = [require(unknown()), require(require('./main')), require(), require(1), require('.')];`,
    ],
  ])('ends with %s', (_, source) => {
    const interpreter = interpret({ 'main.ts': source });
    expect(timed(() => exportOf(interpreter, 'main.ts', 'it'))).toBeDefined();
  });
});
