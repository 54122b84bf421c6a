import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationWords, openSession } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { expect, it } from 'vitest';
import { collectLessons, withReports } from './collect-lessons.js';
import { writeExample } from './run-example.js';

const path = fileURLToPath(new URL('../../../docs/teach-it-your-code.md', import.meta.url));
const page = readFileSync(path, 'utf8');
const lessons = collectLessons(page);

/** What all rules say of a program, as the page shows it. */
function reportOf(files: ReadonlyMap<string, string>, line: number): string {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-lesson-'));
  try {
    writeExample({ files, line }, root);
    const session = openSession(root, { rules, preview: true });
    const findings = session.findings();
    expect(session.summary().skipped).toEqual([]);
    const shown = findings.map(
      ({ ruleId, place, message }) => `${place.file}:${String(place.line)} ${ruleId}\n  ${message}`,
    );
    return shown.length > 0 ? shown.join('\n') : 'nothing';
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const reports = lessons.map((lesson) => ({
  lesson,
  before: reportOf(lesson.files, lesson.line),
  after: reportOf(new Map([...lesson.files, ...lesson.configuration]), lesson.line),
}));

it('has a chapter for every word of the configuration, and no other', () => {
  expect(lessons.map(({ word }) => word)).toEqual(configurationWords);
});

it.each(reports)('shows that `$lesson.word` changes what is reported', ({ lesson, before, after }) => {
  const keys = [...lesson.configuration.values()].flatMap((text) => [...text.matchAll(/^ {2}(\w+): /gm)]);
  expect(keys.map(([, key]) => key)).toContain(lesson.word);
  expect(after).not.toBe(before);
});

// `npx vitest run packages/testkit/src/lessons.test.ts -u` writes the reports anew.
it('shows what is reported, to the letter', async () => {
  await expect(withReports(page, reports)).toMatchFileSnapshot(path);
});
