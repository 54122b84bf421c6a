import { expect, test } from 'vitest';

import { median, quantile } from './median.js';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], Number.NaN],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  [0.5, 10],
  [0.95, 19],
  [1, 20],
])('of 1 to 20, %d do not exceed %d', (share, expected) => {
  expect(
    quantile(
      Array.from({ length: 20 }, (_, index) => 20 - index),
      share,
    ),
  ).toBe(expected);
});
