import ts from 'typescript';
import { expect, test } from 'vitest';

import { createEdits } from './edits.js';

const text = `export class Clock {
  constructor(private readonly now: () => number) {}

  read() {
    return this.now();
  }
}

export function wait() {
  return 1;
}
`;

test.each([text, 'export const limit = 1;\n'])('changes a text in ways that parse', (given) => {
  const edits = createEdits(given, 24);
  expect(edits).toHaveLength(24);
  edits.forEach((edit, index) => {
    expect(edit).not.toBe(given);
    expect(edit).not.toBe(edits[index - 1]);
    const { diagnostics } = ts.transpileModule(edit, { fileName: 'a.ts', reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });
});

test('is the same every time', () => {
  expect(createEdits(text, 24)).toEqual(createEdits(text, 24));
});

test('works inside of functions', () => {
  const edits = createEdits(text, 24);
  for (const start of ['read() {', 'wait() {']) {
    expect(edits.filter((edit) => !edit.includes(`${start}${text.split(start)[1]?.slice(0, 8) ?? ''}`))).not.toEqual(
      [],
    );
  }
  // A function at the end, in every sixth.
  expect(edits.filter((edit) => edit.startsWith(text))).toHaveLength(4);
});
