import { readFileSync } from 'node:fs';
import { controlsOf, listStandards } from '@blastradius/engine';
import { describe, expect, it } from 'vitest';
import { rules } from './index.js';

describe.each(rules)('$id', ({ id, meta }) => {
  it('names controls that there are', () => {
    expect(meta.cwe.length + meta.ismsP.length).toBeGreaterThan(0);
    // A number without a title is written wrong, or missing in the list of the standard.
    const untitled = controlsOf(meta).filter(({ standard, title }) => standard !== 'CWE' && title === undefined);
    expect(untitled).toEqual([]);
    for (const ids of [meta.cwe, meta.owasp, meta.asvs, meta.ismsP])
      expect(new Set<unknown>(ids).size).toBe(ids.length);
  });

  it('shows them on its page', () => {
    const page = readFileSync(new URL(`${id}/README.md`, import.meta.url), 'utf8');
    expect(page).toContain(`\n## Standards\n\n${listStandards(meta)}\n\n## References\n`);
  });
});
