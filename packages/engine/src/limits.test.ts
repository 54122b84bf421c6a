import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limits } from './limits.js';

const source = import.meta.dirname;
const page = readFileSync(join(source, '../../../docs/known-blind-spots.md'), 'utf8');
const chapter = page.slice(page.indexOf('\n## Limits\n'));

it('stands on the page of the blind spots with each of its bounds', () => {
  const rows = [...chapter.matchAll(/^\| `(\w+)` +\| +([\d,]+) \| \S.* \| \S.* \|$/gm)];
  expect(rows.map(([, name, bound = '']) => [name, Number(bound.replaceAll(',', ''))])).toEqual(Object.entries(limits));
});

it('names every bound that a loop, a recursion or a search ends at', () => {
  const elsewhere =
    /\b(?:depth|steps|rounds?|nesting|aliases) *[<>]=? *[1-9]\d*|\.(?:size|length) *[<>]=? *\d{2,}|\bconst (?:max|most|deepest|limit)\w* = \d/g;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'limits.ts',
  );
  const found = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(elsewhere)].map(([text]) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
