import { describe, expect, it } from 'vitest';
import { foundBy } from './regex-shape.js';
import { asksText, sameText } from './text-shape.js';
import { externalValue, unknownValue, type Origin, type Value } from './value.js';

const origin = { file: { path: 'a.ts' }, span: { start: 0, end: 0 } } as Origin;
const literal = (value: string): Value => ({ kind: 'literal', value, origin });
const regex = (source: string, flags = ''): Value =>
  externalValue('global#RegExp()', origin, undefined, { args: [literal(source), literal(flags)], construct: true });
const path = (...parts: Value[]): Value => ({ kind: 'text', parts, origin, anyCase: true });

describe('foundBy', () => {
  it.each([
    ['^/auth/.+', '/auth/login', true],
    ['^/auth/.+', '/auth/', false],
    ['^/auth/.+', '/authors/1', false],
    ['/public', '/a/public/x', true],
    ['^(?:/a|/b)(/|$)', '/b', true],
    ['^(?:/a|/b)(/|$)', '/bc', false],
    ['^/v\\d+/x$', '/v1/y', false],
    // Read, never run: what is not simple is not decided.
    ['^/v\\d+/x$', '/v1/x', undefined],
    ['^/(?!public)', '/public', undefined],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', undefined],
  ])('%s in %s', (source, text, found) => {
    expect(foundBy(regex(source), literal(text))).toBe(found);
  });

  it('looks at the case unless it is told not to', () => {
    expect(foundBy(regex('^/admin'), path(literal('/admin')))).toBeUndefined();
    expect(foundBy(regex('^/admin', 'i'), path(literal('/admin')))).toBe(true);
    expect(foundBy(regex('^/admin'), path(literal('/orders')))).toBe(false);
  });
});

describe('texts of which not all is known', () => {
  const segment: Value = { kind: 'text', parts: [unknownValue], origin, without: '/' };

  it('differ where what is known of them does', () => {
    expect(sameText(path(literal('/a/'), segment), literal('/a/b'))).toBeUndefined();
    expect(sameText(path(literal('/a/'), segment), literal('/a/b/c'))).toBe(false);
    expect(sameText(path(literal('/a/'), segment), literal('/b'))).toBe(false);
  });

  it('begin with what is known of them', () => {
    const text: Value = { kind: 'text', parts: [literal('/a/'), unknownValue], origin };
    expect(asksText(text, 'startsWith', literal('/a'))).toBe(true);
    expect(asksText(text, 'startsWith', literal('/b'))).toBe(false);
    expect(asksText(text, 'includes', literal('/b'))).toBeUndefined();
  });
});
