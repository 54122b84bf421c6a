import { describe, expect, it } from 'vitest';
import { collectMarks } from './collect-marks.js';
import { compareFindings } from './compare-findings.js';
import type { ComparedFinding } from './compare-findings.js';

const place = (line: number, file = 'a.ts') => ({ file, line, column: 1, endLine: line, endColumn: 2 });
const finding = (line: number, message: string, entity = 'POST /a'): ComparedFinding => ({
  ruleId: 'no-open-token-mint',
  message,
  place: place(line),
  entity,
  steps: [{ place: place(9), message: 'signs' }],
});
const compare = (text: string, ...findings: ComparedFinding[]) =>
  compareFindings(findings, collectMarks(new Map([['a.ts', text]])));

describe('compareFindings', () => {
  it('agrees where each mark has its finding', () => {
    expect(
      compare('f(); // ! no-open-token-mint: `sign`, entity=POST /a, steps>=1', finding(1, 'calls `sign`')),
    ).toEqual([]);
  });

  it('names a finding without a mark by its message', () => {
    expect(compare('f();', finding(1, 'calls `sign`'))).toEqual([
      'a.ts:1 no-open-token-mint is reported without a mark: calls `sign` (entity `POST /a`, 1 steps)',
    ]);
  });

  it('names a mark without a finding by its line', () => {
    expect(compare('f(); // ! no-open-token-mint')).toEqual(['a.ts:1 no-open-token-mint is marked and not reported']);
  });

  it.each([
    ['Sign', '`Sign` in the message'],
    ['entity=POST /b', 'the entity `POST /b`'],
    ['steps>=2', 'at least 2 steps'],
  ])('holds the finding to %s', (words, wanted) => {
    const disagreements = compare(`f(); // ! no-open-token-mint: ${words}`, finding(1, 'calls `sign`'));
    expect(disagreements).toContain(`a.ts:1 no-open-token-mint is reported in other words; wanted ${wanted}`);
    expect(disagreements).toHaveLength(2);
  });

  it('does not take a finding of another line, file or rule for the marked one', () => {
    const text = 'f(); // ! no-open-token-mint';
    expect(compare(text, finding(2, 'm'))).toHaveLength(2);
    expect(compare(text, { ...finding(1, 'm'), place: place(1, 'b.ts') })).toHaveLength(2);
    expect(compare(text, { ...finding(1, 'm'), ruleId: 'require-route-guard' })).toHaveLength(2);
  });

  it('needs a mark for each of two findings of one line, whatever their order', () => {
    const text = 'f(); // ! no-open-token-mint // ! no-open-token-mint: entity=POST /b';
    const both = [finding(1, 'm', 'POST /b'), finding(1, 'm', 'POST /a')];
    expect(compare(text, ...both)).toEqual([]);
    expect(compare(text, ...both.reverse())).toEqual([]);
    expect(compare('f(); // ! no-open-token-mint', ...both)).toHaveLength(1);
  });

  it('asks to turn a known miss into a mark once it is found', () => {
    const text = 'f(); // ?miss no-open-token-mint: too far away';
    expect(compare(text)).toEqual([]);
    expect(compare(text, finding(1, 'm'))).toEqual([
      'a.ts:1 no-open-token-mint is found now; mended, turn the `?miss` at a.ts:1 into a mark',
    ]);
  });

  it('asks to remove known noise once it is silent', () => {
    const text = 'f(); // ?noise no-open-token-mint: looks open';
    expect(compare(text, finding(1, 'm'))).toEqual([]);
    expect(compare(text)).toEqual([
      'a.ts:1 no-open-token-mint is not reported any more; mended, remove the `?noise` at a.ts:1',
    ]);
  });
});
