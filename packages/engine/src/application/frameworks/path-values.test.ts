import { expect, it } from 'vitest';
import { unknownValue, type ArrayValue, type Origin, type Value } from '../../program/value.js';
import { isPath, pathsIn } from './path-values.js';

const origin = {} as Origin;
const text = (value: string): Value => ({ kind: 'literal', value, origin });
const list = (...items: Value[]): ArrayValue => ({ kind: 'array', items, open: false, origin });
const either = (...values: Value[]): Value => ({
  kind: 'union',
  options: values.map((value) => ({ value, proofs: [] })),
});

it('reads each path of a list once for each way that a value may be', () => {
  expect(pathsIn(list(text('/a'), either(text('/b'), text('/b'), text('/c'))))).toEqual(['/a', '/b', '/c']);
  expect(pathsIn({ kind: 'text', parts: [text('/v'), unknownValue], origin })).toEqual(['/v*']);
  expect(pathsIn(unknownValue)).toEqual(['*']);
});

it('takes a list of handlers for no path', () => {
  expect(isPath(list(text('/a'), text('/b')))).toBe(true);
  expect(isPath(list(unknownValue))).toBe(false);
  expect(isPath(list())).toBe(false);
});

it('ends at a list that holds itself', () => {
  const paths = list(text('/a'));
  paths.items.push(paths);
  expect(isPath(paths)).toBe(false);
  expect(pathsIn(paths)).toContain('/a');
});
