import { describe, expect, it } from 'vitest';
import { extractFacts } from '../facts/extract-facts.js';
import type { Finding } from './finding.js';
import { isSuppressed } from './suppressions.js';

/** Whether a finding is suppressed that stands on the text `FOUND`. */
function suppresses(text: string): boolean {
  const offset = text.indexOf('FOUND');
  const before = text.slice(0, offset).split(/\r\n|\n/);
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const finding: Finding = {
    ruleId: 'a-rule',
    severity: 'error',
    precision: 'high',
    message: 'm',
    place: { file: 'a.ts', line, column, endLine: line, endColumn: column + 5 },
    entity: 'e',
    fingerprint: '0'.repeat(32),
    steps: [],
  };
  return isSuppressed(finding, extractFacts('a.ts', text));
}

describe('isSuppressed', () => {
  it.each([
    ['a comment above', '// eslint-disable-next-line blastradius/a-rule\nFOUND();', true],
    ['a block comment of several lines above', '/* eslint-disable-next-line\n blastradius/a-rule */\nFOUND();', true],
    ['a comment above, with CRLF', '// eslint-disable-next-line blastradius/a-rule\r\nFOUND();', true],
    ['a comment two lines above', '// eslint-disable-next-line blastradius/a-rule\n\nFOUND();', false],
    ['a comment on the line', 'FOUND(); // eslint-disable-line blastradius/a-rule', true],
    ['a comment on another line', '// eslint-disable-line blastradius/a-rule\nFOUND();', false],
    ['a range that is open', '/* eslint-disable */\n\nFOUND();', true],
    ['a range that begins behind it', 'FOUND(); /* eslint-disable */', false],
    ['a range that begins on its line', '/* eslint-disable */ FOUND();', true],
    ['a range that has ended', '/* eslint-disable */ /* eslint-enable */ FOUND();', false],
    ['a range that ends behind it', '/* eslint-disable */ FOUND(); /* eslint-enable */', true],
    ['a range that has begun anew', '/* eslint-disable */ /* eslint-enable */ /* eslint-disable */\nFOUND();', true],
    ['the end of a range for another rule', '/* eslint-disable */ /* eslint-enable no-console */\nFOUND();', true],
    ['a list of rules', '// eslint-disable-next-line no-console, blastradius/a-rule -- why\nFOUND();', true],
    ['a list without the rule', '// eslint-disable-next-line no-console, blastradius/b-rule\nFOUND();', false],
    ['a rule without its plugin', '// eslint-disable-next-line a-rule\nFOUND();', false],
    [
      'a rule that is named in the reason alone',
      '// eslint-disable-next-line x -- blastradius/a-rule\nFOUND();',
      false,
    ],
    ['no comment', 'FOUND();', false],
  ])('%s', (_, text, expected) => {
    expect(suppresses(text)).toBe(expected);
  });

  it('leaves findings of files that are not code', () => {
    const place = { file: '.env', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const finding = {
      ruleId: 'a-rule',
      severity: 'error',
      precision: 'high',
      message: 'm',
      place,
      entity: 'e',
      fingerprint: '',
      steps: [],
    } as const;
    expect(isSuppressed(finding, undefined)).toBe(false);
  });
});
