import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFacts } from './extract-facts.js';
import type { FileFacts } from './file-facts.js';

const folder = new URL('.', import.meta.url);
const everyForm = `#!/usr/bin/env node
'use strict';
import a, { b as c, type d } from 'e';
import f = require('g');
export * as h from 'i';
/* eslint-disable j -- k */
@L('m') export default abstract class N<O> extends P<O> implements Q {
  static { r(); } #s = 1n; declare t: U; @V() w?: X[]; [y]: 'z' = "\\u0000";
  constructor(@A1() private readonly b1: C1<D1>, { e1 = 1, ...f1 }: G1, ...h1) { super(...h1); new.target; }
  get i1() { return this.#s } set i1(v) { delete this.w } async *j1() { yield* await k1; for await (const l1 of m1) ; }
}
export const { n1: [o1, , p1 = () => 1], ...q1 } = r1 as unknown, s1 = \`t1\${u1}\${\`v1\`}\`;
enum W1 { X1, Y1 = 'z1', A2 = -1 << 2 } namespace B2.C2 { export import D2 = E2.F2 }
label: for (let i = 0, j = 1; i < 2; i++) { if (a) continue label; else if (b) break; else throw c }
switch (G2) { case 1: case 2: H2(); default: do { with (I2) J2 } while (K2) }
try { [a.b, c = 2, ...d] = e ?? f || g && !h, i = j ? k : l } catch ({ message }) { debugger } finally { ; }
const jsx = <A b="c" d={e} {...f}>g{h}{/* i */}<j.k/><>l</></A>;
L2?.[M2]?.(N2!, <any>O2)?.P2\`q2\${/[/]r2/g}\`; ({ S2, 't2': 1, [u2]: 2, ...v2, get w2() { return 1 }, async *x2() {} });
interface Y2 extends Z2 { a: string | null; b?(): void } type A3 = { b: typeof C3.d & readonly E3[] };
function F3(): void; function F3(this: G3, h3?: I3) { 'use server' } export { F3 as 'j3' }; export = K3;
`;
const sources = [
  everyForm,
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8')),
];

/** What an extension decides about is decided by all of them. */
const paths = ['a.ts', 'a.tsx', 'a.js', 'a.mts', 'a.cjs'];

interface Spanned {
  readonly start: number;
  readonly end: number;
}

function isSpanned(value: object): value is Spanned {
  return 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
}

/**
 * Fails on a span that leaves the text or the span around it. A class begins behind its own decorators, and what is
 * missing is empty and stands before the white space that the node around it leaves out.
 */
function expectNestedSpans(value: unknown, outer: Spanned, length: number): void {
  if (typeof value !== 'object' || value === null) return;
  const inner = isSpanned(value) ? value : outer;
  const isOutside = inner.start !== inner.end && (inner.start < outer.start || inner.end > outer.end);
  if (inner.start < 0 || inner.start > inner.end || inner.end > length || isOutside) {
    throw new Error(`${JSON.stringify(inner).slice(0, 300)} is not within ${JSON.stringify(outer).slice(0, 300)}`);
  }
  for (const [key, child] of Object.entries(value)) {
    expectNestedSpans(child, key === 'decorators' ? { start: 0, end: length } : inner, length);
  }
}

function extractSoundly(path: string, text: string): FileFacts {
  const facts = extractFacts(path, text);
  expect(isDeepStrictEqual(JSON.parse(JSON.stringify(facts)), facts)).toBe(true);
  expectNestedSpans(facts, { start: 0, end: text.length }, text.length);
  const starts = facts.body.map(({ start }) => start);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  return facts;
}

const isUnreadable = (facts: FileFacts): boolean =>
  facts.errors.some(({ message }) => message.startsWith('Cannot be read'));

describe('extractFacts on broken sources', () => {
  it.each(paths)('survives every form of the language in %s', (path) => {
    expect(isUnreadable(extractSoundly(path, everyForm))).toBe(false);
  });

  const piece = fc.constantFrom(
    ...'( ) { } [ ] < > </ /> / \\ ` ${ " \' // /* */ , ; : ? ?. ... => = @ # \0 \uFEFF \u2028 \uD800 0x 1n await yield'.split(
      ' ',
    ),
    ...'class enum export default import type namespace declare for if function new async get static abstract'.split(
      ' ',
    ),
    '\n',
    '<<<<<<< HEAD\n',
  );
  const mutated = fc
    .tuple(
      fc.constantFrom(...sources),
      fc.array(
        fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), insert: fc.option(piece) }),
        {
          maxLength: 6,
        },
      ),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
    )
    .map(([source, edits, length, isTruncated]) => {
      let text = source;
      for (const { at, cut, insert } of edits) {
        const offset = Math.floor(at * text.length);
        text = text.slice(0, offset) + (insert === null ? '' : ` ${insert} `) + text.slice(offset + cut);
      }
      return isTruncated ? text.slice(0, Math.floor(length * text.length)) : text;
    });

  it('never throws, and gives JSON with spans inside each other', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(...paths), (text, path) => {
        const facts = extractSoundly(path, text);
        expect(isUnreadable(facts)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(...paths), (text, path) => {
        extractSoundly(path, text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('extractFacts on hostile sources', () => {
  const nested = 10_000;
  it.each([
    ['parentheses', `${'('.repeat(nested)}a${')'.repeat(nested)}`],
    ['arrays', `a = ${'['.repeat(nested)}${']'.repeat(nested)}`],
    ['objects', `a = ${'{a:'.repeat(nested)}1${'}'.repeat(nested)}`],
    ['calls', `${'f('.repeat(nested)}${')'.repeat(nested)}`],
    ['arrows', `${'() => '.repeat(nested)}1`],
    ['blocks', `${'{'.repeat(nested)}${'}'.repeat(nested)}`],
    ['else branches', `${'if (a) b; else '.repeat(nested)}c`],
    ['templates', `${'`${'.repeat(nested)}a${'}`'.repeat(nested)}`],
    ['types', `let a: ${'A<'.repeat(nested)}B${'>'.repeat(nested)}`],
    ['unclosed type arguments', 'a<'.repeat(nested)],
    ['elements', `a = ${'<b>'.repeat(nested)}`],
    ['exponents', `a${' ** b'.repeat(nested)}`],
    ['conditionals', `${'a ? b : '.repeat(nested)}c`],
    ['assignments', `${'a = '.repeat(nested)}b`],
  ])('ends on 10,000 nested %s', (_, text) => {
    const facts = extractFacts('a.tsx', text);
    expect(JSON.parse(JSON.stringify(facts))).toBeTypeOf('object');
    expect(facts.lineStarts).toEqual([0]);
  });

  it('says of a file that cannot be read why', () => {
    const facts = extractFacts('a.ts', '('.repeat(nested));
    expect(facts.errors).toEqual([{ start: 0, end: 0, message: 'Cannot be read: its code is nested too deeply.' }]);
    expect(facts.body).toEqual([]);
  });

  it('reads the next file as if nothing had happened', () => {
    // The parser remembers the offsets of parentheses that begin no arrow function: 0 in the broken file.
    const text = '(a)=>1';
    const before = extractFacts('b.ts', text);
    extractFacts('a.ts', `(a)+${'('.repeat(nested)}`);
    expect(extractFacts('b.ts', text)).toEqual(before);
  });

  it.each([
    ['calls', `a${'.b()'.repeat(nested)}`],
    ['subtractions', `a${' - b'.repeat(nested)}`],
  ])('cuts a chain of 10,000 %s off', (_, text) => {
    const facts = extractFacts('a.ts', text);
    expect(facts.errors).toEqual([]);
    expect(JSON.stringify(facts)).toContain('"what":"deep"');
  });

  it('joins 5,000 string literals', () => {
    const text = `a = ${Array.from({ length: 5_000 }, (_, index) => `'${index % 10}'`).join(' +\n')}`;
    const [only] = extractFacts('a.ts', text).body;
    if (only?.kind !== 'expression' || only.value.kind !== 'assign') throw new Error('not an assignment');
    expect(only.value.value).toEqual({ kind: 'literal', start: 4, end: text.length, value: '0123456789'.repeat(500) });
  });

  it('keeps the operands of 5,000 additions, flat', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const [only] = extractFacts('a.ts', names.join(' + ')).body;
    if (only?.kind !== 'expression' || only.value.kind !== 'opaque') throw new Error('not opaque');
    expect(only.value.what).toBe('deep');
    expect(only.value.parts.map((part) => (part.kind === 'name' ? part.name : part.kind))).toEqual(names);
  });

  it('keeps a chain of common length as it is', () => {
    const facts = extractFacts('a.ts', `a${' || b'.repeat(100)}; c${'.d()'.repeat(100)}; e${', f'.repeat(1_000)}`);
    expect(JSON.stringify(facts)).not.toContain('"what":"deep"');
  });

  it('reads 5 MB of generated code in reasonable time', { timeout: 60_000 }, () => {
    const line =
      'export const value0 = { id: 1, name: "text", tags: ["a", "b"], at: new Date(0) }; // eslint-disable-line a\n';
    const lines = Math.ceil((5 * 1024 * 1024) / line.length);
    const text = Array.from({ length: lines }, (_, index) => line.replace('value0', `value${index}`)).join('');
    const started = performance.now();
    const facts = extractFacts('a.ts', text);
    expect(facts.body).toHaveLength(lines);
    expect(facts.directives).toHaveLength(lines);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  const directive = '// eslint-disable-line a\n';
  it.each([
    ['at the end of the file', directive.repeat(100_000)],
    ['between parentheses', `f(${directive.repeat(100_000)})`],
    ['between the items of an array', `a = [${`b, ${directive}`.repeat(100_000)}]`],
  ])('finds 100,000 directives %s', { timeout: 60_000 }, (_, text) => {
    expect(extractFacts('a.ts', text).directives).toHaveLength(100_000);
  });

  it('reads an interface of 200,000 members in two halves', { timeout: 60_000 }, () => {
    const half = Array.from({ length: 100_000 }, (_, index) => `a${index}: B`).join(';');
    const facts = extractFacts('a.ts', `interface A {${half}} interface A {${half}}`);
    expect(facts.types['A']).toHaveLength(200_000);
  });

  it.each([
    ['NUL bytes', '\0\0a\0'],
    ['a lone surrogate', '"\uD800"'],
    ['an unterminated comment', 'a /* b'],
    ['an unterminated template', '`a${b'],
    ['conflict markers', '<<<<<<< a\nb()\n=======\nc()\n>>>>>>> d\n'],
    ['byte order marks', '\uFEFF\uFEFFa'],
    ['form feeds and no-break spaces', '\f\v\u00A0a\u200B\u0085()'],
  ])('survives %s', (_, text) => {
    expect(isUnreadable(extractSoundly('a.ts', text))).toBe(false);
  });
});
