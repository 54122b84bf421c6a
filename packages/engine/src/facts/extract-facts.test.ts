import { describe, expect, it } from 'vitest';
import { extractFacts } from './extract-facts.js';
import type { FileFacts, FunctionFacts } from './file-facts.js';

/** The same record without offsets, so that a table row shows the form alone. */
function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'start' && key !== 'end')
      .map(([key, inner]) => [key, withoutSpans(inner)]),
  );
}

function extract(text: string, path = 'file.ts'): FileFacts {
  const facts = extractFacts(path, text);
  expect(facts.errors).toEqual([]);
  return facts;
}

function body(text: string, path?: string): unknown {
  return withoutSpans(extract(text, path).body);
}

/** The value of the one expression statement that the text is. */
function expression(text: string, path?: string): unknown {
  const [statement, ...others] = extract(text, path).body;
  expect(others).toEqual([]);
  if (statement?.kind !== 'expression') throw new Error(`not an expression: ${text}`);
  return withoutSpans(statement.value);
}

function functions(text: string): readonly FunctionFacts[] {
  return extract(text).functions;
}

const name = (text: string): object => ({ kind: 'name', name: text });
const literal = (value: string | number | boolean | null): object => ({ kind: 'literal', value });
const member = (object: object, property: string, optional = false): object => {
  return { kind: 'member', object, property, optional };
};
const call = (callee: object, ...args: object[]): object => {
  return { kind: 'call', callee, args, new: false, optional: false };
};
const binary = (operator: string, left: object, right: object): object => ({ kind: 'binary', operator, left, right });
const opaque = (what: string, ...parts: object[]): object => ({ kind: 'opaque', what, parts });
const statement = (value: object): object => ({ kind: 'expression', value });
const target = (inner: object): object => ({ kind: 'target', target: inner });

describe('expressions', () => {
  it.each<[string, object]>([
    ['`text`', literal('text')],
    ['("text")', literal('text')],
    ['0x1_F', literal(31)],
    ['1e999', name('Infinity')],
    ['12_3n', { kind: 'literal', value: '123', type: 'bigint' }],
    ['0xFFn', { kind: 'literal', value: '255', type: 'bigint' }],
    ['/a+/gi', { kind: 'literal', value: '/a+/gi', type: 'regex' }],
    ['true', literal(true)],
    ['false', literal(false)],
    ['null', literal(null)],
    ['undefined', name('undefined')],
    ['this', { kind: 'this' }],
    ['`a${b}c`', { kind: 'template', texts: ['a', 'c'], parts: [name('b')] }],
    ['sql`a${b}`', { kind: 'template', texts: ['a', ''], parts: [name('b')], tag: name('sql') }],
    ['db.sql`a`', { kind: 'template', texts: ['a'], parts: [], tag: member(name('db'), 'sql') }],
    ['a.b', member(name('a'), 'b')],
    ['a?.b.c', member(member(name('a'), 'b', true), 'c')],
    ['a["b"]', member(name('a'), 'b')],
    ['a[`b`]', member(name('a'), 'b')],
    ['a?.["b"]', member(name('a'), 'b', true)],
    ['a[0]', { kind: 'index', object: name('a'), key: literal(0), optional: false }],
    ['a?.[b]', { kind: 'index', object: name('a'), key: name('b'), optional: true }],
    ['f(1, ...rest)', call(name('f'), literal(1), { kind: 'spread', value: name('rest') })],
    ['a?.(b)', { kind: 'call', callee: name('a'), args: [name('b')], new: false, optional: true }],
    ['get<User>()', { ...call(name('get')), typeArgs: [{ name: 'User', args: [] }] }],
    ['new Date', { kind: 'call', callee: name('Date'), args: [], new: true, optional: false }],
    [
      'new Map<string, A>(b)',
      {
        kind: 'call',
        callee: name('Map'),
        args: [name('b')],
        new: true,
        optional: false,
        typeArgs: [
          { name: 'string', args: [] },
          { name: 'A', args: [] },
        ],
      },
    ],
    ['require("x")', call(name('require'), literal('x'))],
    ['import("x")', { kind: 'import', source: literal('x') }],
    ['import.meta.url', member(opaque('import.meta'), 'url')],
    ['[1, , ...a]', { kind: 'array', items: [literal(1), { kind: 'spread', value: name('a') }] }],
    ['a === b', binary('===', name('a'), name('b'))],
    ['a instanceof b', binary('instanceof', name('a'), name('b'))],
    ['"a" in b', binary('in', literal('a'), name('b'))],
    ['a - b - c', binary('-', binary('-', name('a'), name('b')), name('c'))],
    ['a ** b ** c', binary('**', name('a'), binary('**', name('b'), name('c')))],
    ['a && b', { kind: 'logical', operator: '&&', left: name('a'), right: name('b') }],
    ['a || b', { kind: 'logical', operator: '||', left: name('a'), right: name('b') }],
    ['a ?? b', { kind: 'logical', operator: '??', left: name('a'), right: name('b') }],
    ['!a', { kind: 'unary', operator: '!', operand: name('a') }],
    ['typeof a', { kind: 'unary', operator: 'typeof', operand: name('a') }],
    ['void 0', { kind: 'unary', operator: 'void', operand: literal(0) }],
    ['delete a.b', { kind: 'unary', operator: 'delete', operand: member(name('a'), 'b') }],
    ['++a', { kind: 'unary', operator: '++', operand: name('a') }],
    ['a--', { kind: 'unary', operator: '--', operand: name('a') }],
    ['a ? b : c', { kind: 'conditional', test: name('a'), whenTrue: name('b'), whenFalse: name('c') }],
    ['(a, b, c)', { kind: 'sequence', items: [name('a'), name('b'), name('c')] }],
    ['await a', { kind: 'await', value: name('a') }],
    ['a = b', { kind: 'assign', operator: '=', target: name('a'), value: name('b') }],
    ['a ||= b', { kind: 'assign', operator: '||=', target: name('a'), value: name('b') }],
    ['a.b += c', { kind: 'assign', operator: '+=', target: target(member(name('a'), 'b')), value: name('c') }],
    ['(a as B).c', member(name('a'), 'c')],
    ['a!.b', member(name('a'), 'b')],
    ['<A>a', name('a')],
    ['(a satisfies B)', name('a')],
    ['f<string>', name('f')],
  ])('%s', (text, expected) => {
    expect(expression(text)).toEqual(expected);
  });

  it.each<[string, object]>([
    ["'a' + 'b' + 'c'", literal('abc')],
    ["a + 'b' + 'c'", binary('+', name('a'), literal('bc'))],
    ["'a' + b + 'c' + `d`", binary('+', binary('+', literal('a'), name('b')), literal('cd'))],
    ["a - 'b' + 'c'", binary('+', binary('-', name('a'), literal('b')), literal('c'))],
    ["1 + 2 + 'c'", binary('+', binary('+', literal(1), literal(2)), literal('c'))],
    ["/a/ + 'b'", binary('+', { kind: 'literal', value: '/a/', type: 'regex' }, literal('b'))],
  ])('joins neighbouring string literals of a sum: %s', (text, expected) => {
    expect(expression(text)).toEqual(expected);
  });

  it('keeps every form of object property', () => {
    const text = "({ a: 1, 'b-c': 2, 3: x, [d]: 4, ['e']: 5, f, ...g, h() {}, get i() { return 1 }, set i(v) {} })";
    expect(expression(text)).toEqual({
      kind: 'object',
      properties: [
        { kind: 'value', key: 'a', value: literal(1) },
        { kind: 'value', key: 'b-c', value: literal(2) },
        { kind: 'value', key: '3', value: name('x') },
        { kind: 'value', key: name('d'), value: literal(4) },
        { kind: 'value', key: 'e', value: literal(5) },
        { kind: 'value', key: 'f', value: name('f') },
        { kind: 'spread', value: name('g') },
        { kind: 'value', key: 'h', value: { kind: 'function', id: 0 } },
        { kind: 'getter', key: 'i', value: { kind: 'function', id: 1 } },
        { kind: 'setter', key: 'i', value: { kind: 'function', id: 2 } },
      ],
    });
  });

  it('keeps `super`, `new.target`, `yield` and private names', () => {
    const [, method, generator] = functions(
      'class A extends B { #x; constructor() { super(new.target) } m(o) { return #x in o || super.m(this.#x) } *g() { yield; yield* a } }',
    );
    expect(withoutSpans(functions('class A extends B { constructor() { super(new.target) } }')[0]?.body)).toEqual([
      statement(call({ kind: 'this', super: true }, opaque('new.target'))),
    ]);
    expect(withoutSpans(method?.body)).toEqual([
      {
        kind: 'return',
        value: {
          kind: 'logical',
          operator: '||',
          left: binary('in', name('#x'), name('o')),
          right: call(member({ kind: 'this', super: true }, 'm'), member({ kind: 'this' }, '#x')),
        },
      },
    ]);
    expect(generator?.generator).toBe(true);
    expect(withoutSpans(generator?.body)).toEqual([
      statement({ kind: 'await', value: name('undefined'), yield: true }),
      statement({ kind: 'await', value: name('a'), yield: true }),
    ]);
  });

  it.each(['page.tsx', 'page.jsx', 'page.js', 'page.mjs'])('keeps the expressions within JSX of %s', (path) => {
    const text = '<A b={c} d="e" {...f}>{g()} text {/* note */}<B h={i}/><>{j}</></A>';
    expect(expression(text, path)).toEqual(opaque('jsx', name('c'), name('f'), call(name('g')), name('i'), name('j')));
  });

  it.each<[string, object]>([
    [
      '[a, , { b: c.d, e = 1, ...f }, ...g] = h',
      {
        kind: 'array',
        items: [
          name('a'),
          null,
          {
            kind: 'object',
            properties: [
              { key: 'b', value: target(member(name('c'), 'd')) },
              { key: 'e', value: { kind: 'default', target: name('e'), value: literal(1) } },
            ],
            rest: name('f'),
          },
        ],
        rest: name('g'),
      },
    ],
    ['[(a as B)] = c', { kind: 'array', items: [name('a')] }],
    [
      '[a.b = 1] = c',
      { kind: 'array', items: [{ kind: 'default', target: target(member(name('a'), 'b')), value: literal(1) }] },
    ],
    ['[[a]] = c', { kind: 'array', items: [{ kind: 'array', items: [name('a')] }] }],
  ])('reads the target of %s', (text, expected) => {
    expect(expression(text)).toMatchObject({ kind: 'assign', operator: '=', target: expected });
  });
});

describe('statements', () => {
  it.each<[string, readonly object[]]>([
    [
      'let a, b: T = 1',
      [
        { kind: 'let', const: false, pattern: name('a') },
        { kind: 'let', const: false, pattern: name('b'), type: { name: 'T', args: [] }, value: literal(1) },
      ],
    ],
    ['using a = b', [{ kind: 'let', const: true, pattern: name('a'), value: name('b') }]],
    ['await using a = b', [{ kind: 'let', const: true, pattern: name('a'), value: name('b') }]],
    [
      'const { a, b: { c = 1 }, [d]: e, ...f } = g',
      [
        {
          kind: 'let',
          const: true,
          pattern: {
            kind: 'object',
            properties: [
              { key: 'a', value: name('a') },
              {
                key: 'b',
                value: {
                  kind: 'object',
                  properties: [{ key: 'c', value: { kind: 'default', target: name('c'), value: literal(1) } }],
                },
              },
              { key: name('d'), value: name('e') },
            ],
            rest: name('f'),
          },
          value: name('g'),
        },
      ],
    ],
    [
      'var [a, , b = 1, ...c] = d',
      [
        {
          kind: 'let',
          const: false,
          var: true,
          pattern: {
            kind: 'array',
            items: [name('a'), null, { kind: 'default', target: name('b'), value: literal(1) }],
            rest: name('c'),
          },
          value: name('d'),
        },
      ],
    ],
    ['throw a', [{ kind: 'throw', value: name('a') }]],
    [
      'if (a) b; else if (c) { d } else { e; f }',
      [
        {
          kind: 'if',
          test: name('a'),
          whenTrue: [statement(name('b'))],
          whenFalse: [
            {
              kind: 'if',
              test: name('c'),
              whenTrue: [statement(name('d'))],
              whenFalse: [statement(name('e')), statement(name('f'))],
            },
          ],
        },
      ],
    ],
    ['if (a) {}', [{ kind: 'if', test: name('a'), whenTrue: [], whenFalse: [] }]],
    [
      'for (let i = 0; a; i++) b',
      [
        {
          kind: 'loop',
          loop: 'for',
          init: [{ kind: 'let', const: false, pattern: name('i'), value: literal(0) }],
          test: name('a'),
          update: { kind: 'unary', operator: '++', operand: name('i') },
          await: false,
          body: [statement(name('b'))],
        },
      ],
    ],
    ['for (;;);', [{ kind: 'loop', loop: 'for', init: [], await: false, body: [] }]],
    ['for (a;;) {}', [{ kind: 'loop', loop: 'for', init: [statement(name('a'))], await: false, body: [] }]],
    [
      'for (const { a } of b) {}',
      [
        {
          kind: 'loop',
          loop: 'of',
          init: [],
          await: false,
          each: { kind: 'object', properties: [{ key: 'a', value: name('a') }] },
          over: name('b'),
          body: [],
        },
      ],
    ],
    [
      'for await (a.b of c);',
      [
        {
          kind: 'loop',
          loop: 'of',
          init: [],
          await: true,
          each: target(member(name('a'), 'b')),
          over: name('c'),
          body: [],
        },
      ],
    ],
    [
      'for (var a in b);',
      [{ kind: 'loop', loop: 'in', init: [], await: false, each: name('a'), over: name('b'), body: [] }],
    ],
    [
      'while (a) b',
      [{ kind: 'loop', loop: 'while', init: [], test: name('a'), await: false, body: [statement(name('b'))] }],
    ],
    [
      'do { b } while (a)',
      [{ kind: 'loop', loop: 'do', init: [], test: name('a'), await: false, body: [statement(name('b'))] }],
    ],
    [
      'try { a } catch ({ b }) { c } finally { d }',
      [
        {
          kind: 'try',
          block: [statement(name('a'))],
          parameter: { kind: 'object', properties: [{ key: 'b', value: name('b') }] },
          handler: [statement(name('c'))],
          finalizer: [statement(name('d'))],
        },
      ],
    ],
    ['try {} catch {}', [{ kind: 'try', block: [], handler: [] }]],
    [
      'switch (a) { case 1: b; break; default: c }',
      [
        {
          kind: 'switch',
          subject: name('a'),
          cases: [
            { test: literal(1), body: [statement(name('b')), { kind: 'break' }] },
            { body: [statement(name('c'))] },
          ],
        },
      ],
    ],
    ['{ a }', [{ kind: 'block', body: [statement(name('a'))] }]],
    [
      'a: while (b) { continue a; }',
      [
        {
          kind: 'block',
          label: 'a',
          body: [
            {
              kind: 'loop',
              loop: 'while',
              init: [],
              test: name('b'),
              await: false,
              body: [{ kind: 'continue', label: 'a' }],
            },
          ],
        },
      ],
    ],
    ['with (a) b', [{ kind: 'block', body: [statement(name('a')), statement(name('b'))] }]],
    ['debugger;;', []],
    ['namespace A.B { a }', [{ kind: 'block', body: [statement(name('a'))] }]],
    [
      'import A = B.C.D',
      [{ kind: 'let', const: true, pattern: name('A'), value: member(member(name('B'), 'C'), 'D') }],
    ],
    ['declare const a: A; declare function f(): void; declare class C {} declare enum E { A }', []],
    ["declare module 'm' { const a: 1 } declare global { var b: 2 }", []],
    ['type A = B; interface C {}', []],
    ['function f() {}', [{ kind: 'function', name: 'f', id: 0 }]],
    ['class A {}', [{ kind: 'class', name: 'A', id: 0 }]],
  ])('%s', (text, expected) => {
    expect(body(text, text.startsWith('with') ? 'file.js' : undefined)).toEqual(expected);
  });

  it('turns an enum into the constant object that it is', () => {
    expect(body("enum A { B, 'c' = 5, D, E = 'e', F = -2, G, H = f(), I }")).toEqual([
      {
        kind: 'let',
        const: true,
        pattern: name('A'),
        value: {
          kind: 'object',
          properties: [
            { kind: 'value', key: 'B', value: literal(0) },
            { kind: 'value', key: 'c', value: literal(5) },
            { kind: 'value', key: 'D', value: literal(6) },
            { kind: 'value', key: 'E', value: literal('e') },
            { kind: 'value', key: 'F', value: { kind: 'unary', operator: '-', operand: literal(2) } },
            { kind: 'value', key: 'G', value: literal(-1) },
            { kind: 'value', key: 'H', value: call(name('f')) },
            { kind: 'value', key: 'I', value: opaque('enum') },
          ],
        },
      },
    ]);
  });
});

describe('functions', () => {
  it.each<[string, string | undefined]>([
    ['function a() {}', 'a'],
    ['const a = () => 1', 'a'],
    ['const a = (async () => 1) as Handler', 'a'],
    ['const a = function b() {}', 'b'],
    ['const { a = () => 1 } = b', 'a'],
    ['a = function () {}', 'a'],
    ['exports.a = () => 1', 'a'],
    ['b["a"] = () => 1', 'a'],
    ['({ a: () => 1 })', 'a'],
    ['({ a() {} })', 'a'],
    ['({ get a() { return 1 } })', 'a'],
    ['({ [a]: () => 1 })', undefined],
    ['class B { a() {} }', 'a'],
    ['class B { a = () => 1 }', 'a'],
    ['class B { #a() {} }', '#a'],
    ['class B { constructor() {} }', 'constructor'],
    ['const a = wrap(() => 1)', undefined],
    ['export default function () {}', undefined],
    ['(() => 1)()', undefined],
  ])('names the function of %s', (text, expected) => {
    expect(functions(text)).toHaveLength(1);
    expect(functions(text)[0]?.name).toBe(expected);
  });

  it('keeps parameters, modifiers and types', () => {
    const [facts] = functions(
      "async function f(this: X, a: A, b?: B, { c } = d, ...e: E[]): Promise<void> { 'use server'; return; }",
    );
    expect(withoutSpans(facts)).toEqual({
      name: 'f',
      async: true,
      generator: false,
      arrow: false,
      parameters: [
        {
          pattern: name('a'),
          type: { name: 'A', args: [] },
          rest: false,
          optional: false,
          field: false,
          decorators: [],
        },
        {
          pattern: name('b'),
          type: { name: 'B', args: [] },
          rest: false,
          optional: true,
          field: false,
          decorators: [],
        },
        {
          pattern: { kind: 'object', properties: [{ key: 'c', value: name('c') }] },
          defaultValue: name('d'),
          rest: false,
          optional: false,
          field: false,
          decorators: [],
        },
        {
          pattern: name('e'),
          type: { name: 'Array', args: [{ name: 'E', args: [] }] },
          rest: true,
          optional: false,
          field: false,
          decorators: [],
        },
      ],
      returnType: { name: 'Promise', args: [{ name: 'void', args: [] }] },
      prologue: ['use server'],
      body: [{ kind: 'return' }],
    });
  });

  it("reads an arrow's expression as one return", () => {
    const [facts] = functions('const f = async (a) => a.b');
    expect(facts).toMatchObject({ arrow: true, async: true });
    expect(withoutSpans(facts?.body)).toEqual([{ kind: 'return', value: member(name('a'), 'b') }]);
  });

  it('numbers functions in the order of their starts', () => {
    expect(functions('const a = () => { const b = () => 1; }; function c() {}').map((facts) => facts.name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('leaves out overloads that have an implementation', () => {
    const facts = extract(
      'export function f(a: 1): 1; export function f(a: 2): 2; export function f(a: any) { return a }',
    );
    expect(facts.functions).toHaveLength(1);
    expect(facts.body).toHaveLength(1);
    expect(withoutSpans(facts.exports)).toEqual([{ kind: 'local', exported: 'f', local: 'f' }]);
  });
});

describe('classes', () => {
  it('keeps heritage, decorators, members and parameter properties', () => {
    const facts = extract(`
      @Controller('users') @UseGuards(AuthGuard)
      export abstract class Users<T> extends Base.Of<T, string> implements A.B<C>, D {
        static readonly table: string = 'users';
        @Column() declare name: string;
        #secret;
        'quoted' = 1;
        [computed] = 2;
        ['literal'] = 3;
        [index: string]: unknown;
        static { boot(this); }
        constructor(@Inject(KEY) private readonly repository: Repository<User>, other: Other) { super(); }
        find(id: string): User;
        find(id: number): User;
        @Get(':id') async find(@Param('id') id: any) { return id; }
        abstract check(): boolean;
        get size() { return 1; }
        static set size(value) {}
      }`);
    expect(withoutSpans(facts.classes)).toEqual([
      {
        name: 'Users',
        superClass: member(name('Base'), 'Of'),
        superTypeArguments: [
          { name: 'T', args: [] },
          { name: 'string', args: [] },
        ],
        implements: [
          { name: 'A.B', args: [{ name: 'C', args: [] }] },
          { name: 'D', args: [] },
        ],
        decorators: [call(name('Controller'), literal('users')), call(name('UseGuards'), name('AuthGuard'))],
        abstract: true,
        members: [
          {
            name: 'table',
            kind: 'field',
            static: true,
            decorators: [],
            type: { name: 'string', args: [] },
            value: literal('users'),
          },
          {
            name: 'name',
            kind: 'field',
            static: false,
            decorators: [call(name('Column'))],
            type: { name: 'string', args: [] },
          },
          { name: '#secret', kind: 'field', static: false, decorators: [] },
          { name: 'quoted', kind: 'field', static: false, decorators: [], value: literal(1) },
          { name: '', kind: 'field', static: false, decorators: [], value: literal(2) },
          { name: 'literal', kind: 'field', static: false, decorators: [], value: literal(3) },
          {
            name: '',
            kind: 'field',
            static: true,
            decorators: [],
            value: opaque('static', call({ kind: 'function', id: 0 })),
          },
          { name: 'constructor', kind: 'constructor', static: false, decorators: [], function: 1 },
          { name: 'find', kind: 'method', static: false, decorators: [call(name('Get'), literal(':id'))], function: 2 },
          { name: 'check', kind: 'method', static: false, decorators: [], function: 3 },
          { name: 'size', kind: 'getter', static: false, decorators: [], function: 4 },
          { name: 'size', kind: 'setter', static: true, decorators: [], function: 5 },
        ],
      },
    ]);
    const [, constructor, find, check] = facts.functions;
    expect(withoutSpans(constructor?.parameters)).toMatchObject([
      {
        pattern: name('repository'),
        field: true,
        decorators: [call(name('Inject'), name('KEY'))],
        type: { name: 'Repository', args: [{ name: 'User', args: [] }] },
      },
      { pattern: name('other'), field: false, decorators: [] },
    ]);
    expect(withoutSpans(find?.parameters)).toMatchObject([
      { decorators: [call(name('Param'), literal('id'))], field: false },
    ]);
    expect(check).not.toHaveProperty('body');
  });

  it('names a class after what it is the value of', () => {
    expect(extract('const A = class {}; const B = class C {}; f(class {})').classes.map((facts) => facts.name)).toEqual(
      ['A', 'C', undefined],
    );
  });

  it('places classes and methods behind their decorators, members before them', () => {
    const text = '@A() // why\nclass B {\n  @C() /* why */ async d() {}\n}';
    const facts = extract(text);
    expect(facts.classes[0]?.start).toBe(text.indexOf('class'));
    expect(facts.functions[0]?.start).toBe(text.indexOf('async'));
    expect(facts.classes[0]?.members[0]?.start).toBe(text.indexOf('@C'));
    expect(facts.body[0]?.start).toBe(0);
  });
});

describe('imports', () => {
  const plain = { typeOnly: false };
  it.each<[string, readonly object[]]>([
    ["import 'a'", [{ source: 'a', imported: '', local: '', ...plain }]],
    ["import {} from 'a'", [{ source: 'a', imported: '', local: '', ...plain }]],
    ["import b from 'a'", [{ source: 'a', imported: 'default', local: 'b', ...plain }]],
    ["import * as b from 'a'", [{ source: 'a', imported: '*', local: 'b', ...plain }]],
    ["import b = require('a')", [{ source: 'a', imported: '=', local: 'b', ...plain }]],
    ["import type { b } from 'a'", [{ source: 'a', imported: 'b', local: 'b', typeOnly: true }]],
    [
      "import b, { c, d as e, type f, 'g h' as i } from 'a'",
      [
        { source: 'a', imported: 'default', local: 'b', ...plain },
        { source: 'a', imported: 'c', local: 'c', ...plain },
        { source: 'a', imported: 'd', local: 'e', ...plain },
        { source: 'a', imported: 'f', local: 'f', typeOnly: true },
        { source: 'a', imported: 'g h', local: 'i', ...plain },
      ],
    ],
  ])('%s', (text, expected) => {
    const facts = extract(text);
    expect(withoutSpans(facts.imports)).toEqual(expected);
    expect(facts.body).toEqual([]);
  });
});

describe('exports', () => {
  const local = (exported: string, from = exported): object => ({ kind: 'local', exported, local: from });
  it.each<[string, readonly object[]]>([
    ['export const a = 1, b = 2', [local('a'), local('b')]],
    [
      'export const { GET, POST: [post, { put = 1 }], ...rest } = handlers',
      [local('GET'), local('post'), local('put'), local('rest')],
    ],
    ['export function f() {}', [local('f')]],
    ['export class A {}', [local('A')]],
    ['export enum A {}', [local('A')]],
    ['export interface A {}', [local('A')]],
    ['export type A = B', [local('A')]],
    ['export import a = B.C', [local('a')]],
    ['export default function f() {}', [local('default', 'f')]],
    ['export default class A {}', [local('default', 'A')]],
    [
      'export default function () {}',
      [{ kind: 'expression', exported: 'default', value: { kind: 'function', id: 0 } }],
    ],
    [
      'export default class extends A {}',
      [{ kind: 'expression', exported: 'default', value: { kind: 'class', id: 0 } }],
    ],
    ['export default a', [{ kind: 'expression', exported: 'default', value: name('a') }]],
    ['export = a', [{ kind: 'expression', exported: '=', value: name('a') }]],
    ["export { a, b as c, d as 'e f' }", [local('a'), local('c', 'b'), local('e f', 'd')]],
    [
      "export { default, b as c } from 'a'",
      [
        { kind: 'from', exported: 'default', imported: 'default', source: 'a' },
        { kind: 'from', exported: 'c', imported: 'b', source: 'a' },
      ],
    ],
    ["export * from 'a'", [{ kind: 'star', source: 'a' }]],
    ["export * as b from 'a'", [{ kind: 'from', exported: 'b', imported: '*', source: 'a' }]],
    ['export declare const a: 1', []],
    ['namespace A { export const b = 1 }', []],
    ['export as namespace A', []],
  ])('%s', (text, expected) => {
    expect(withoutSpans(extract(text).exports)).toEqual(expected);
  });

  it('keeps what is exported in the body, nameless defaults aside', () => {
    expect(extract('export const a = 1; export default function () {}').body.map(({ kind }) => kind)).toEqual(['let']);
  });
});

describe('types', () => {
  const type = (text: string, ...args: object[]): object => ({ name: text, args });
  it.each<[string, object]>([
    ['A.B.C<D>', type('A.B.C', type('D'))],
    ['string[]', type('Array', type('string'))],
    ['readonly string[]', type('Array', type('string'))],
    ['string | null | "a" | 1 | true', type('|', type('string'), type('null'), type('"a"'), type('1'), type('true'))],
    ['A & (B)', type('&', type('A'), type('B'))],
    ['typeof a.b', type('typeof a.b')],
    ['{ a: 1 }', type('?')],
    ['() => void', type('?')],
    ['keyof A', type('?')],
    ['A extends B ? C : D', type('?')],
  ])('%s', (text, expected) => {
    expect(body(`let a: ${text}`)).toEqual([{ kind: 'let', const: false, pattern: name('a'), type: expected }]);
  });

  it('collects the members of interfaces and object types', () => {
    const facts = extract(`
      interface A { a: string; b?: B[]; c(): void; 'd-e': 1; [key: string]: unknown }
      interface A { f }
      type G = { readonly g: H };
      type I = string;
      interface __proto__ { a: 1 }`);
    expect(Object.entries(facts.types)).toEqual([
      [
        'A',
        [
          { name: 'a', optional: false, type: type('string') },
          { name: 'b', optional: true, type: type('Array', type('B')) },
          { name: 'c', optional: false },
          { name: 'd-e', optional: false, type: type('1') },
          { name: 'f', optional: false },
        ],
      ],
      ['G', [{ name: 'g', optional: false, type: type('H') }]],
      ['__proto__', [{ name: 'a', optional: false, type: type('1') }]],
    ]);
  });
});

describe('directives', () => {
  it.each<[string, readonly object[]]>([
    ['/* eslint-disable */', [{ kind: 'disable', rules: [] }]],
    ['/* eslint-enable a, b/c */', [{ kind: 'enable', rules: ['a', 'b/c'] }]],
    [
      "a() // eslint-disable-line a, 'b' -- known -- and fine",
      [{ kind: 'disable-line', rules: ['a', 'b'], reason: 'known -- and fine' }],
    ],
    ['//eslint-disable-next-line a\na()', [{ kind: 'disable-next-line', rules: ['a'] }]],
    [
      '/*\n eslint-disable-next-line\n a,\n b\n --- why\n*/',
      [{ kind: 'disable-next-line', rules: ['a', 'b'], reason: 'why' }],
    ],
    ['#!/usr/bin/env node\n/* eslint-disable a */', [{ kind: 'disable', rules: ['a'] }]],
    ['f(a, /* eslint-disable-line b */ c)', [{ kind: 'disable-line', rules: ['b'] }]],
    ['function f() { /* eslint-disable a */ }', [{ kind: 'disable', rules: ['a'] }]],
    ['const a = b / /* eslint-disable-line c */ d', [{ kind: 'disable-line', rules: ['c'] }]],
    ['// eslint-disable a', []],
    ['/* eslint-disable-line\n a */', []],
    ['/* eslint-disabled */', []],
    ['/** eslint-disable a */', []],
    ['// see // eslint-disable-line a', []],
    ['const a = "/* eslint-disable b */"', []],
    ['const a = `/* eslint-disable b */${c}// eslint-disable-line d`', []],
    ['const a = /[/*] eslint-disable */', []],
  ])('%s', (text, expected) => {
    expect(withoutSpans(extract(text).directives)).toEqual(expected);
  });

  it('tells a comment in JSX from text', () => {
    const text = '<a>/* eslint-disable b */{/* eslint-disable c */}</a>';
    expect(withoutSpans(extract(text, 'a.tsx').directives)).toEqual([{ kind: 'disable', rules: ['c'] }]);
  });

  it('gives the place of the whole comment', () => {
    const text = 'a()\r\nb() /* eslint-disable-line c */;';
    const [directive] = extract(text).directives;
    expect(text.slice(directive?.start, directive?.end)).toBe('/* eslint-disable-line c */');
  });
});

describe('the file', () => {
  it('reads its prologue and leaves it out of the body', () => {
    const facts = extract("'use strict'; \"use server\"; ('no'); a");
    expect(facts.prologue).toEqual(['use strict', 'use server']);
    expect(withoutSpans(facts.body)).toEqual([statement(literal('no')), statement(name('a'))]);
  });

  it('counts offsets from behind a byte order mark', () => {
    const text = 'import "a";\r\n  b.c();\r\n';
    expect(extractFacts('a.ts', `\uFEFF${text}`)).toEqual(extractFacts('a.ts', text));
    expect(extract(text).lineStarts).toEqual([0, 13, 23]);
    expect(extract(text).body[0]).toMatchObject({ start: 15, end: 21 });
  });

  it.each(['', '// only a comment', '/* and\n another */\n'])('is empty for %j', (text) => {
    const facts = extract(text);
    expect({ ...facts, lineStarts: [] }).toEqual({
      path: 'file.ts',
      lineStarts: [],
      imports: [],
      required: [],
      exports: [],
      body: [],
      functions: [],
      classes: [],
      types: {},
      directives: [],
      prologue: [],
      errors: [],
    });
  });

  it.each(['a.ts', 'a.mts', 'a.cts', 'A.TS'])('reads %s as TypeScript without JSX', (path) => {
    expect(expression('<A>b', path)).toEqual(name('b'));
  });

  it.each(['a.js', 'a.cjs', 'a.mjs', 'a.jsx', 'a.tsx'])('reads %s with JSX', (path) => {
    expect(expression('<A/>', path)).toEqual(opaque('jsx'));
  });

  it('lists what is required anywhere, once', () => {
    const facts = extract(
      'import "a"; const b = require("b"); function f() { return import(`c`) ?? require("b"); } require(d);',
    );
    expect(facts.required).toEqual(['b', 'c']);
  });

  it('reports syntax errors and lowers the rest', () => {
    const facts = extractFacts('a.ts', 'const a = ;\nfunction f( {\n}\nb.c(');
    expect(facts.errors.length).toBeGreaterThan(0);
    expect(facts.errors[0]).toEqual({ start: 10, end: 11, message: 'Expression expected.' });
    expect(facts.body[0]).toMatchObject({ kind: 'let', value: { kind: 'opaque', what: 'missing' } });
    expect(facts.functions[0]?.name).toBe('f');
  });

  it('gives every node the place of its text', () => {
    const text = '/* one */ a /* two */ . b ( /* three */ c ) // four';
    const [only] = extract(text).body;
    if (only?.kind !== 'expression' || only.value.kind !== 'call') throw new Error('not a call');
    const { value } = only;
    expect(text.slice(value.start, value.end)).toBe('a /* two */ . b ( /* three */ c )');
    expect(text.slice(value.callee.start, value.callee.end)).toBe('a /* two */ . b');
    expect(text.slice(value.args[0]?.start, value.args[0]?.end)).toBe('c');
  });
});
