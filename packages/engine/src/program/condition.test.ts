import { describe, expect, it } from 'vitest';
import { extractFacts } from '../facts/extract-facts.js';
import { conditionsSince, isWithin, sharedCondition, under, type Condition } from './condition.js';
import { unknownValue } from './value.js';

const origin = { file: extractFacts('main.ts', ''), span: { start: 0, end: 0 } };
const below = (outer: Condition | undefined, truthy = true): Condition => under(outer, [unknownValue], truthy, origin);

// if (a) { if (b) { if (c) {} } else { if (d) {} } }
const a = below(undefined);
const b = below(a);
const c = below(b);
const notB = below(a, false);
const d = below(notB);
const names = new Map<Condition | undefined, string>([
  [undefined, 'none'],
  [a, 'a'],
  [b, 'b'],
  [c, 'c'],
  [notB, '!b'],
  [d, 'd'],
]);
const nameOf = (condition: Condition | undefined): string => names.get(condition) ?? '?';

it('counts the tests around each test', () => {
  expect([a, b, c, notB, d].map(({ depth }) => depth)).toEqual([1, 2, 3, 2, 3]);
});

describe('the tests that two ways have in common', () => {
  it.each([
    ['a way and itself', c, c, 'c'],
    ['a way and the test around it', c, b, 'b'],
    ['a way and the outermost test', a, c, 'a'],
    ['ways on both sides of a test', b, notB, 'a'],
    ['ways further in on both sides', c, d, 'a'],
    ['a way and none', c, undefined, 'none'],
    ['none and none', undefined, undefined, 'none'],
    ['ways below different tests', c, below(undefined), 'none'],
  ])('%s', (_, left, right, expected) => {
    expect(nameOf(sharedCondition(left, right))).toBe(expected);
    expect(nameOf(sharedCondition(right, left))).toBe(expected);
  });
});

describe('the tests since another one', () => {
  it.each([
    ['the innermost first', c, a, ['c', 'b']],
    ['itself', c, c, []],
    ['the start', d, undefined, ['d', '!b', 'a']],
    ['the start, at the start', undefined, undefined, []],
    ['one that does not lead here', d, b, ['d', '!b', 'a']],
  ])('%s', (_, inner, outer, expected) => {
    expect(conditionsSince(inner, outer).map(nameOf)).toEqual(expected);
  });
});

describe('what every way to a point passes', () => {
  it.each([
    ['the test around it', c, a, true],
    ['its own test', c, c, true],
    ['what stands under no test', c, undefined, true],
    ['a test further in', a, c, false],
    ['the other side of a test', d, b, false],
    ['any test, from the start', undefined, a, false],
  ])('%s', (_, inner, outer, within) => {
    expect(isWithin(inner, outer)).toBe(within);
  });
});
