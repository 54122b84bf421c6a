import { expect, it } from 'vitest';
import type { Place } from '@blastradius/engine';
import { moveProblems } from './move-problems.js';

const analysed = 'one\ntwo\nthree\nfour\n';

function at(line: number, endLine = line): Place {
  return { file: 'a.ts', line, column: 2, endLine, endColumn: 3 };
}

/** Where each problem stands after the change; `undefined` where it is left out. */
function lines(text: string, places: readonly Place[]): readonly (string | undefined)[] {
  return places.map((place) => {
    const moved = moveProblems(new Map([['rule', [{ message: 'm', place }]]]), analysed, text);
    const [problem] = moved.get('rule') ?? [];
    return problem?.place && `${String(problem.place.line)}-${String(problem.place.endLine)}`;
  });
}

it.each([
  ['the same text', analysed, ['1-1', '2-2', '3-3', '4-4', '2-3']],
  ['lines that were put in', 'one\n\n\ntwo\nthree\nfour\n', ['1-1', '4-4', '5-5', '6-6', '4-5']],
  ['lines that were taken out', 'one\nthree\nfour\n', ['1-1', undefined, '2-2', '3-3', undefined]],
  ['a line that was changed', 'one\ntwo!\nthree\nfour\n', ['1-1', undefined, '3-3', '4-4', undefined]],
  ['two changes', 'one!\ntwo\nthree\nfour!\n', [undefined, undefined, undefined, undefined, undefined]],
  ['a text without anything', '', [undefined, undefined, undefined, undefined, undefined]],
])('follows %s', (_what, text, expected) => {
  expect(lines(text, [at(1), at(2), at(3), at(4), at(2, 3)])).toEqual(expected);
});

it('keeps what stands at the head of the file', () => {
  const problems = new Map([['rule', [{ message: 'm', place: undefined }]]]);
  expect(moveProblems(problems, analysed, 'other')).toEqual(problems);
});
