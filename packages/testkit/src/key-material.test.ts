import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '@blastradius/engine';
import type { Place, Session } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { collectFixtures } from './collect-fixtures.js';

const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

const isWritten: ReadonlySet<string> = new Set(['literal', 'default', 'file']);

/** What stands at a place, without quotes; of several lines each one. */
function textsAt(directory: string, place: Place): readonly string[] {
  const lines = readFileSync(join(directory, place.file), 'utf8').split(/\r\n|\n/);
  return lines
    .slice(place.line - 1, place.endLine)
    .map((line, index, all) =>
      line.slice(index === 0 ? place.column - 1 : 0, index === all.length - 1 ? place.endColumn - 1 : undefined),
    )
    .map((text) => text.trim().replace(/^['"`]|['"`]$/g, ''))
    .filter((text) => text.length >= 6);
}

const open = (directory: string): Session => openSession(directory, { rules, preview: true });

function keyTexts(session: Session, directory: string): readonly string[] {
  const written = session.application().keys.filter(({ source }) => isWritten.has(source));
  return written.flatMap((key) => textsAt(directory, key.origin));
}

describe('the text of a key', () => {
  const fixtures = collectFixtures(root, ['no-hardcoded-signing-key', 'no-production-key-in-development', 'apps']);

  it.each(fixtures)('$ruleId/$scenario: stands in no finding and nowhere in the model', ({ directory }) => {
    const session = open(directory);
    const { routes, keys, productionKeyReaches } = session.application();
    const findings = session.findings(undefined, { suppressed: true });
    const said = JSON.stringify([findings, routes, keys, productionKeyReaches, session.summary()]);
    for (const text of keyTexts(session, directory)) expect(said).not.toContain(JSON.stringify(text).slice(1, -1));
  });

  it('is found in the fixtures at all', () => {
    const texts = new Set(fixtures.flatMap(({ directory }) => keyTexts(open(directory), directory)));
    expect(texts.size).toBeGreaterThan(30);
    expect(texts).toContain('mkt-platform-signing-2019');
  });
});
