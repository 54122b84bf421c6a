import { expect, test } from 'vitest';

import { Rounds } from './rounds.js';

test('takes the ratio round by round, and turns about', () => {
  const turns: string[] = [];
  const contender = (name: string, seconds: readonly number[]) => {
    let run = 0;
    return {
      name,
      prepare: () => turns.push(`before ${name}`),
      run: () => {
        turns.push(name);
        const taken = seconds[run++] ?? 0;
        return { seconds: taken, cpuSeconds: taken * taken, mebibytes: run, stdout: '' };
      },
    };
  };
  const rounds = new Rounds(3, [contender('floor', [1, 10, 1]), contender('check', [2, 20, 4])]);
  const turn = ['before floor', 'floor', 'before check', 'check'];
  expect(turns).toEqual([...turn, ...turn, ...turn]);
  expect(rounds.ratio('check', 'floor')).toBe(2);
  expect(rounds.ratio('check', 'floor', 'cpuSeconds')).toBe(4);
  expect(rounds.median('check', 'seconds')).toBe(4);
  expect(rounds.median('floor', 'mebibytes')).toBe(2);
  expect(() => rounds.of('nothing')).toThrow('not measured');
});
