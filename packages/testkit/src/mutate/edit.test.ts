import { describe, expect, it } from 'vitest';
import { applyEdits } from './edit.js';

const texts = new Map([['a.ts', 'one two three']]);
const edit = (start: number, end: number, text: string, file = 'a.ts') => ({ file, start, end, text });

describe('applyEdits', () => {
  it('changes places in whatever order they come', () => {
    expect(applyEdits([edit(8, 13, '3'), edit(0, 3, '1')], texts).get('a.ts')).toBe('1 two 3');
  });

  it('makes a file that is not there', () => {
    expect(applyEdits([edit(0, 0, 'new', 'b.ts')], texts)).toEqual(new Map([['b.ts', 'new']]));
  });

  it('takes away what neighbours share once', () => {
    expect(applyEdits([edit(0, 8, ''), edit(4, 13, '')], texts).get('a.ts')).toBe('');
  });

  it('inserts in front of what is taken away at the same place', () => {
    expect(applyEdits([edit(4, 8, ''), edit(4, 4, 'and ')], texts).get('a.ts')).toBe('one and three');
  });

  it('refuses to write into what is gone', () => {
    expect(() => applyEdits([edit(0, 8, ''), edit(4, 5, 'x')], texts)).toThrow('overlap');
  });
});
