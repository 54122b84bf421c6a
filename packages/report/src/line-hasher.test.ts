import { describe, expect, it } from 'vitest';
import { lineHasher } from './line-hasher.js';

/** All lines of a text. The expected values of this file are those of codeql-action's own tests. */
function hashes(text: string): readonly (string | undefined)[] {
  const hash = lineHasher(text);
  return text.split(/\r\n|\r|\n/).map((_, index) => hash(index + 1));
}

describe('lineHasher', () => {
  it('hashes an empty file', () => {
    expect(hashes('')).toEqual(['c129715d7a2bc9a3:1']);
  });

  it('leaves out blanks', () => {
    expect(hashes(' a\nb\n  \t\tc\n d')).toEqual([
      '271789c17abda88f:1',
      '54703d4cd895b18:1',
      '180aee12dab6264:1',
      'a23a3dc5e078b07b:1',
    ]);
  });

  it.each(['\n', '\r', '\r\n'])('takes %j for a line end', (end) => {
    expect(hashes([' hello; \t', 'world!!!', '', '', '  \t\tGreetings', ' End', ''].join(end))).toEqual([
      'e9496ae3ebfced30:1',
      'fb7c023a8b9ccb3f:1',
      'ce8ba1a563dcdaca:1',
      'e20e36e16fcb0cc8:1',
      'b3edc88f2938467e:1',
      'c8e28b0b4002a3a0:1',
      'c129715d7a2bc9a3:1',
    ]);
  });

  it('counts lines that are alike', () => {
    expect(hashes('Lorem ipsum dolor sit amet.\n'.repeat(10))).toEqual([
      'a7f2ff13bc495cf2:1',
      'a7f2ff13bc495cf2:2',
      'a7f2ff13bc495cf2:3',
      'a7f2ff13bc495cf2:4',
      'a7f2ff13bc495cf2:5',
      'a7f2ff13bc495cf2:6',
      'a7f2ff1481e87703:1',
      'a9cf91f7bbf1862b:1',
      '55ec222b86bcae53:1',
      'cc97dc7b1d7d8f7b:1',
      'c129715d7a2bc9a3:1',
    ]);
  });

  it('knows no line beyond the end', () => {
    expect(lineHasher('one line')(2)).toBeUndefined();
  });
});
