import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../extract-facts.js';
import type { FileFacts, FunctionFacts } from '../file-facts.js';
import { decodeFacts, type DecodedFacts } from './decode-facts.js';
import { Dictionary } from './dictionary.js';
import { FactsEncoder } from './encode-facts.js';

const engine = new URL('../../', import.meta.url);
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(new URL(file, engine), 'utf8')] as const);

/** All that a function says, its body too, as plain data. */
function plainFunction(fn: FunctionFacts): object {
  const { start, end, name, parameters, body, async, generator, arrow, returnType, prologue } = fn;
  return { start, end, name, parameters, body, async, generator, arrow, returnType, prologue };
}

function plain(facts: FileFacts): object {
  const { path, lineStarts, imports, required, exports, body, functions, classes } = facts;
  const { types, directives, prologue, errors } = facts;
  const bodies = functions.map(plainFunction);
  return { path, lineStarts, imports, required, exports, body, bodies, classes, types, directives, prologue, errors };
}

function decoded(path: string, text: string): DecodedFacts {
  return decodeFacts(new FactsEncoder(new Dictionary()).encode(extractFacts(path, text)));
}

function expectKept(path: string, text: string): void {
  expect(plain(decoded(path, text))).toEqual(plain(extractFacts(path, text)));
}

describe('encoded facts', () => {
  it('say what they were made of, for every file of the engine', () => {
    const encoder = new FactsEncoder(new Dictionary());
    for (const [path, text] of sources) {
      const facts = extractFacts(path, text);
      expect(plain(decodeFacts(encoder.encode(facts))), path).toEqual(plain(facts));
    }
  });

  it('keep every form of the language', () => {
    const hostile = readFileSync(new URL('../extract-facts.hostile.test.ts', import.meta.url), 'utf8');
    const everyForm = /const everyForm = `([\s\S]*?)\n`;\n/.exec(hostile)?.[1] ?? '';
    expect(everyForm).not.toBe('');
    for (const path of ['a.ts', 'a.tsx', 'a.js'])
      expectKept(path, everyForm.replaceAll('\\`', '`').replaceAll('\\$', '$'));
  });

  it('keep numbers and texts as they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.maxSafeInteger()),
        fc.string({ unit: 'binary' }),
        (number, text) => {
          const facts = extractFacts('a.ts', 'const a = 1; const b = "c";');
          const [first, second] = facts.body;
          const literal = { kind: 'literal', start: 10, end: 11 } as const;
          const changed = {
            ...facts,
            body: [
              { ...first, value: { ...literal, value: number } },
              { ...second, value: { ...literal, value: text } },
            ],
          } as FileFacts;
          const kept = decodeFacts(new FactsEncoder(new Dictionary()).encode(changed));
          expect(kept.body).toStrictEqual(changed.body);
        },
      ),
    );
  });

  it('keep places beyond one byte, and those that lie before the one that came last', () => {
    expectKept(
      'a.ts',
      `${' '.repeat(70_000)}const a = ${'('.repeat(200)}b${')'.repeat(200)};\n${'\n'.repeat(300)}c();`,
    );
    expectKept('a.ts', '@D() class A { @E() b = 1 }\nexport { A as B };\nfunction f() { return () => g; }');
  });

  it('read no function before it is asked for, and know its words all the same', () => {
    const facts = decoded(
      'a.ts',
      'define(); function f() { sequelize.define("User", { "a-b": 1 }); } function g(init) { return () => h("a-b"); }',
    );
    expect([...facts.mentioning(/^define$/)]).toEqual([0]);
    expect([...facts.mentioning(/^a-b$/)]).toEqual([0, 2]);
    expect([...facts.mentioning(/^init$/)]).toEqual([1]);
    expect([...facts.mentioning(/^(f|g)$/)]).toEqual([]);
    const [first] = facts.functions;
    expect(first).toMatchObject({ isRead: false });
    expect(first?.body).toHaveLength(1);
    expect(first?.body).toBe(first?.body);
    expect(first).toMatchObject({ isRead: true });
  });

  it('know words that the dictionary has learned since it was asked', () => {
    const encoder = new FactsEncoder(new Dictionary());
    const first = decodeFacts(encoder.encode(extractFacts('a.ts', 'function f() { a(); }')));
    const pattern = /^b/;
    expect(first.mentioning(pattern).size).toBe(0);
    const second = decodeFacts(encoder.encode(extractFacts('b.ts', 'function f() { b1(); }')));
    expect(second.mentioning(pattern).size).toBe(1);
  });

  it('have a digest however many words there are', () => {
    const many = Array.from({ length: 300_000 }, (_, index) => `a${String(index)}`);
    const { reading } = decoded('a.js', `[${many.join()}];`);
    expect(reading.digest(reading.parts())).toMatch(/^[\w-]{43}$/);
  });

  it('know a pattern by what it says', () => {
    const dictionary = new Dictionary();
    for (const pattern of [/a/, /a/, /a/i, /b/]) dictionary.matching(pattern);
    expect(dictionary.patterns).toEqual([/a/, /a/i, /b/]);
  });

  it('tell a function without a body from one with an empty one', () => {
    const [declared, empty] = decoded('a.ts', 'abstract class A { abstract b(): void; c() {} }').functions;
    expect(declared?.body).toBeUndefined();
    expect(empty?.body).toEqual([]);
  });
});
