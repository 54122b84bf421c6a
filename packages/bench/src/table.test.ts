import { expect, test } from 'vitest';

import { barOf } from './bars.js';
import { formatCount, formatRows, isMet } from './table.js';
import type { Row } from './table.js';

const row: Row = { what: 'cold', files: 10_000, value: 1.904, unit: 'ratio', from: '2.00 s / 1.05 s', bar: 1.9 };

test('a table has a line for each row, with its bar and whether it is met', () => {
  const rows: readonly Row[] = [
    row,
    { ...row, files: 500, value: 12.34, bar: undefined },
    { what: 'memory', files: 2000, value: 449.6, unit: 'MiB', from: '', bar: 450 },
    { what: 'keystroke', files: 2000, value: 49.96, unit: 'ms', from: '', bar: 50 },
  ];
  expect(formatRows(rows).split('\n')).toEqual([
    '| What      |  Files | Measured |       Bar | Met    | From            |',
    '| --------- | -----: | -------: | --------: | ------ | --------------- |',
    '| cold      | 10,000 |     1.90 |     ≤ 1.9 | **no** | 2.00 s / 1.05 s |',
    '| cold      |    500 |    12.34 |           |        | 2.00 s / 1.05 s |',
    '| memory    |  2,000 |  450 MiB | ≤ 450 MiB | yes    |                 |',
    '| keystroke |  2,000 |  50.0 ms |   ≤ 50 ms | yes    |                 |',
  ]);
});

test('a bar is met by what does not exceed it', () => {
  expect(isMet(row)).toBe(false);
  expect(isMet({ ...row, value: 1.9 })).toBe(true);
  expect(isMet({ ...row, bar: undefined })).toBe(true);
  expect(isMet({ ...row, value: Number.NaN })).toBe(false);
});

test('some bars are for one size only', () => {
  expect(barOf('cold', 10_000)).toBe(1.9);
  expect(barOf('cold', 2000)).toBeUndefined();
  expect(barOf('warm', 137)).toBe(0.4);
  expect([500, 2000, 10_000].map((files) => barOf('keystroke', files))).toEqual([undefined, 50, 100]);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567.8, '1,234,568'],
])('%d is written %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});
