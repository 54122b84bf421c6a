import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { collectExamples } from './collect-examples.js';
import { runExample } from './run-example.js';

const root = fileURLToPath(new URL('../../../rules/', import.meta.url));

it('finds a page for every rule', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((folder) => folder.name)).toEqual(expect.arrayContaining(rules.map((rule) => rule.id)));
  expect(rules.length).toBeGreaterThan(0);
});

for (const { id } of rules) {
  describe(`the page of ${id}`, () => {
    const examples = collectExamples(readFileSync(join(root, id, 'README.md'), 'utf8'));

    it('shows both sides', () => {
      expect(new Set(examples.map((example) => example.verdict))).toEqual(new Set(['incorrect', 'correct']));
    });

    it.each(examples)('shows $verdict code at line $line that is one', (example) => {
      expect(runExample(example, id, rules)).toEqual([]);
    });
  });
}
