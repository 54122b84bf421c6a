import { describe, expect, it } from 'vitest';
import { collectMarks } from './collect-marks.js';
import { MarkError } from './mark.js';

const marksOf = (file: string, text: string) => collectMarks(new Map([[file, text]]));

describe('collectMarks', () => {
  it('reads a trailing mark with key words, entity and steps', () => {
    const text = "\nroutes.post('/a', mint); // ! no-open-token-mint: POST /a, sign, entity=POST /a, steps>=2\n";
    expect(marksOf('src/a.ts', text)).toEqual([
      {
        kind: 'found',
        ruleId: 'no-open-token-mint',
        file: 'src/a.ts',
        line: 2,
        words: ['POST /a', 'sign'],
        entity: 'POST /a',
        steps: 2,
        writtenAt: { file: 'src/a.ts', line: 2 },
      },
    ]);
  });

  it('reads a mark without key words', () => {
    expect(marksOf('a.js', 'f(); // ! no-open-token-mint')).toMatchObject([{ line: 1, words: [] }]);
  });

  it('aims stacked `next` marks at the first line that is no mark', () => {
    const text = '// !next no-open-token-mint: a\n  // !next require-route-guard: b\n@Post()\n';
    expect(marksOf('a.ts', text)).toMatchObject([
      { ruleId: 'no-open-token-mint', line: 3, writtenAt: { line: 1 } },
      { ruleId: 'require-route-guard', line: 3, writtenAt: { line: 2 } },
    ]);
  });

  it('reads several marks of one line', () => {
    const text = 'f(); // ! no-open-token-mint: entity=POST /a // ! no-open-token-mint: entity=POST /b';
    expect(marksOf('a.ts', text).map((mark) => mark.entity)).toEqual(['POST /a', 'POST /b']);
  });

  it('aims at files that cannot carry a comment', () => {
    const files = new Map([
      ['a.ts', '// !at keys/token.pem:1 no-hardcoded-signing-key: token.pem'],
      ['keys/token.pem', ''],
    ]);
    expect(collectMarks(files)).toMatchObject([{ file: 'keys/token.pem', line: 1, words: ['token.pem'] }]);
  });

  it.each([
    ['.env', '# !next no-hardcoded-signing-key: JWT_SECRET\nJWT_SECRET=x'],
    ['deploy/.env.production', '# !next no-hardcoded-signing-key: JWT_SECRET\nJWT_SECRET=x'],
    ['a.yaml', '# !next no-hardcoded-signing-key: JWT_SECRET\nkey: x'],
    ['a.prisma', '// !next no-hardcoded-signing-key: JWT_SECRET\nkey x'],
    ['a.sql', '-- !next no-hardcoded-signing-key: JWT_SECRET\nselect 1'],
  ])('knows the comments of %s', (file, text) => {
    expect(marksOf(file, text)).toMatchObject([{ line: 2, words: ['JWT_SECRET'] }]);
  });

  it('reads known misses and known noise with their reason', () => {
    const text =
      'f(); // ?miss require-route-guard: the table is read from disk, at start\n// ?noise next no-open-token-mint: b\ng();';
    expect(marksOf('a.ts', text)).toMatchObject([
      { kind: 'miss', line: 1, words: [], reason: 'the table is read from disk, at start' },
      { kind: 'noise', line: 3, words: [], reason: 'b' },
    ]);
  });

  it('leaves other comments and other kinds of files alone', () => {
    expect(marksOf('a.ts', '// a comment!\nconst url = "https://x/"; // really?\n')).toEqual([]);
    expect(marksOf('a.pem', '// ! no-open-token-mint')).toEqual([]);
    expect(marksOf('a.ts', 'if (a) b(); // note: ! no-open-token-mint')).toEqual([]);
  });

  it.each([
    ['f(); // ! NoSuchForm', 'cannot be read'],
    ['f(); // !', 'cannot be read'],
    ['f(); // ! no-open-token-mint: a,, b', 'empty key word'],
    ['f(); // ! no-open-token-mint: steps>=two', 'asserts something other'],
    ['f(); // ! no-open-token-mint: entity>=a', 'asserts something other'],
    ['f(); // ?miss no-open-token-mint', 'gives no reason'],
    ['// ! no-open-token-mint', 'stands alone'],
    ['// !next no-open-token-mint', 'next line that does not exist'],
    ['f(); // !at gone.pem:1 no-open-token-mint', 'not a file of the fixture'],
  ])('rejects %s', (text, problem) => {
    expect(() => marksOf('src/a.ts', text)).toThrow(MarkError);
    expect(() => marksOf('src/a.ts', text)).toThrow(new RegExp(`^src/a\\.ts:1 .*${problem}`));
  });
});
