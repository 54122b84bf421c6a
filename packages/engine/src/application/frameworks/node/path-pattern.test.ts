import { expect, it } from 'vitest';
import { unknownValue, type Origin, type Value } from '../../../program/value.js';
import { fitsPattern, pathOfPattern, readPathPattern, segmentsOf } from './path-pattern.js';

const origin = {} as Origin;
const literal = (value: string): Value => ({ kind: 'literal', value, origin });
const parameter: Value = { kind: 'text', parts: [unknownValue], origin, without: '/' };
const text = (...parts: Value[]): Value => ({ kind: 'text', parts, origin });

it.each([
  [String.raw`^\/orders\/(\d+)$`, '/orders/:1'],
  [String.raw`^\/orders\/(?<id>[\w-]+)\/lines\/(?<line>\d+)\/?$`, '/orders/:id/lines/:line'],
  [String.raw`^/files/`, '/files/*'],
  [String.raw`^\/$`, '/'],
  [String.raw`^\/v1\.0\/status$`, '/v1.0/status'],
])('reads %s', (source, expected) => {
  const pattern = readPathPattern(source);
  expect(pattern && pathOfPattern(pattern)).toBe(expected);
});

it.each(['orders', String.raw`\/orders$`, String.raw`^\/(a|b\/c)$`, '^/a.*b$', String.raw`^\/a(?=b)$`, '^https?:'])(
  'leaves %s alone',
  (source) => {
    expect(readPathPattern(source)).toBeUndefined();
  },
);

it('tells which paths fit', () => {
  const pattern = readPathPattern(String.raw`^\/orders\/(\d+)$`);
  const fits = (path: Value): boolean | undefined => pattern && fitsPattern(pattern, path);
  expect(fits(literal('/orders/12'))).toBe(true);
  expect(fits(literal('/orders/mine'))).toBe(false);
  expect(fits(literal('/orders'))).toBe(false);
  expect(fits(text(literal('/orders/'), parameter))).toBe(true);
  expect(fits(text(literal('/people/'), parameter))).toBe(false);
  expect(fits(text(literal('/orders/'), parameter, literal('/lines')))).toBe(false);
  expect(fits(text(literal('/orders/'), unknownValue))).toBeUndefined();
  expect(fits(unknownValue)).toBeUndefined();
});

it('takes a path apart', () => {
  expect(segmentsOf(text(literal('/a/'), parameter, literal('/b')))).toEqual([
    literal('a'),
    unknownValue,
    literal('b'),
  ]);
  expect(segmentsOf(literal('/'))).toEqual([literal('')]);
  expect(segmentsOf(text(literal('/a'), parameter))).toBeUndefined();
});
