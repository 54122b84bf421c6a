import { expect, it } from 'vitest';
import { sample } from './sample.js';

const items = Array.from({ length: 100 }, (_, index) => index);

it('draws the same items for the same seed, in their order', () => {
  const drawn = sample(items, 10, 7);
  expect(drawn).toHaveLength(10);
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  expect(sample(items, 10, 7)).toEqual(drawn);
  expect(sample(items, 10, 8)).not.toEqual(drawn);
});

it('gives all where there are no more', () => {
  expect(sample(items, 100, 1)).toEqual(items);
});
