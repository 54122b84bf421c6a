import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeyForms } from '@blastradius/testkit';
import type { KeyFormFiles } from '@blastradius/testkit';
import { lintSource } from '@secretlint/core';
import { createRawSource } from '@secretlint/source-creator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creator } from './index.js';

let folder: string;
let forms: readonly KeyFormFiles[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blastradius-key-forms-'));
  forms = await makeKeyForms(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What secretlint says of a file that it reads itself. */
async function lint(file: string) {
  const source = await createRawSource(file);
  const config = { rules: [{ id: creator.meta.id, rule: creator }] };
  const { messages } = await lintSource({ source, options: { config, maskSecrets: true } });
  return messages;
}

test('there are 23 forms', () => {
  expect(new Set(forms.map(({ name }) => name)).size).toBe(23);
});

test('a private key is found in every form, once, and named as encrypted where it is', async () => {
  const found = await Promise.all(
    forms.map(
      async ({ name, privateFile }) => [name, (await lint(privateFile)).map(({ message }) => message)] as const,
    ),
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(
      forms.map(({ name, isEncrypted }) => [
        name,
        [expect.stringMatching(isEncrypted ? /^found an encrypted / : /^found a (?!.*encrypted)/)],
      ]),
    ),
  );
});

test('no public half is found', async () => {
  const halves = forms.flatMap(({ publicFile }) => publicFile ?? []);
  expect(halves).toHaveLength(22);
  for (const half of halves) expect(await lint(half), half).toEqual([]);
});
