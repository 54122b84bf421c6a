import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../extract-facts.js';
import { ByteCursor } from './byte-cursor.js';
import { decodeFacts } from './decode-facts.js';
import { Dictionary } from './dictionary.js';
import { FactsEncoder } from './encode-facts.js';
import type { EncodedFacts } from './encoded-facts.js';
import { GrowingBytes } from './growing-bytes.js';
import { restoreFacts, storeFacts } from './stored-facts.js';
import { readWords, writeWordPlaces } from './word-places.js';

const engine = new URL('../../', import.meta.url);
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(new URL(file, engine), 'utf8')] as const);

function encode(path: string, text: string): EncodedFacts {
  return new FactsEncoder(new Dictionary()).encode(extractFacts(path, text));
}

function restored(path: string, text: string): EncodedFacts | undefined {
  const stored = storeFacts(encode(path, text), text);
  return stored && restoreFacts(path, stored, text, new Dictionary());
}

describe('stored facts', () => {
  it('say what they were made of, for every file of the engine', () => {
    for (const [path, text] of sources) {
      const encoded = encode(path, text);
      const again = restored(path, text);
      expect([...(again?.words ?? [])], path).toEqual([...encoded.words]);
      expect(again && JSON.stringify(decodeFacts(again).body)).toBe(JSON.stringify(decodeFacts(encoded).body));
    }
  });

  it('know the words of functions that nobody has read', () => {
    const encoded = restored('a.ts', 'function f() { sequelize.define("User"); } function g() {}');
    expect(encoded && [...decodeFacts(encoded).mentioning(/^define$/)]).toEqual([0]);
  });

  it('hold nothing of what the text says', () => {
    const key = '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\nBKcwggSjAgEAAoIBAQC7\\u0056';
    const text = `const a = "${key}"; const b = 'correct horse'; const c = 81234567; const d = -0x1234_5678_9n;`;
    const stored = storeFacts(encode('a.ts', text), text);
    const held = Buffer.concat([stored?.bytes ?? new Uint8Array(), stored?.places ?? new Uint8Array()]).toString(
      'latin1',
    );
    expect(held.length).toBeGreaterThan(60);
    expect(held.match(/[\w -]{5,}/g)).toBeNull();
    expect([...(restored('a.ts', text)?.words ?? [])]).toEqual(expect.arrayContaining(['correct horse', '81234567']));
  });

  it('are none where a key stands there in escapes alone', () => {
    expect(storeFacts(encode('a.ts', '_ = "\\u0078\\x79";'), '_ = "\\u0078\\x79";')).toBeUndefined();
    expect(storeFacts(encode('a.ts', '_ = "\\r\\n";'), '_ = "\\r\\n";')).toBeDefined();
  });

  it('are none where it takes too long to find the words', () => {
    const text = ' '.repeat(1_000_000);
    const words = Array.from({ length: 20 }, (_, index) => '-'.repeat(index + 10));
    expect(writeWordPlaces(new GrowingBytes(), words, text)).toBe(false);
    expect(writeWordPlaces(new GrowingBytes(), words, text.slice(999_000))).toBe(true);
  });

  it('find words of any kind in texts of any kind', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\\', '\u{1f511}', '\ud800'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.oneof(some, fc.string({ unit: 'binary' }))), some, (words, text) => {
        const bytes = new GrowingBytes();
        if (!writeWordPlaces(bytes, words, text)) return;
        expect(readWords(new ByteCursor(bytes.copy(), 0), bytes.length, text)).toEqual(words);
      }),
    );
  });
});
