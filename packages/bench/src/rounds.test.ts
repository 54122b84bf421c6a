import { expect, test } from 'vitest';

import { compare, median } from './compare.js';

test('takes the ratio pair by pair, and turns about', () => {
  const turns: string[] = [];
  const runs = (name: string, seconds: readonly number[]) => {
    let run = 0;
    return () => {
      turns.push(name);
      return { seconds: seconds[run++] ?? 0, mebibytes: 1, stdout: '' };
    };
  };
  const { ratio } = compare(3, runs('floor', [1, 10, 1]), runs('subject', [2, 20, 4]));
  expect(turns).toEqual(['floor', 'subject', 'floor', 'subject', 'floor', 'subject']);
  expect(ratio).toBe(2);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], Number.NaN],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});
