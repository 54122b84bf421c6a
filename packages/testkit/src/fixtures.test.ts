import { fileURLToPath } from 'node:url';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { collectFixtures } from './collect-fixtures.js';
import { collectMarks } from './collect-marks.js';
import { readTree } from './read-tree.js';
import { runFixture } from './run-fixture.js';

const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

for (const { id } of rules) {
  describe(id, () => {
    const fixtures = collectFixtures(root, [id]);

    it('has fixtures, and a line of them is found', () => {
      const marks = fixtures.flatMap((fixture) => collectMarks(readTree(fixture.directory)));
      expect(marks.filter((mark) => mark.ruleId === id && mark.kind === 'found')).not.toEqual([]);
    });

    it.each(fixtures)('$scenario is reported as marked', ({ directory }) => {
      expect(runFixture(directory, id, rules)).toEqual([]);
    });
  });
}

it('type-checks all that it shows', () => {
  const unchecked = [...readTree(root)].filter(([, text]) => /^\s*\/\/ ?@ts-(nocheck|ignore)\b/m.test(text));
  expect(unchecked.map(([file]) => file)).toEqual([]);
});

it('runs the rules that have a folder of fixtures', () => {
  expect(rules.length).toBeGreaterThan(0);
});
