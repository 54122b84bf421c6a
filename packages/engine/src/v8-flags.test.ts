import { execFileSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { collectingSooner, optimizingLess } from './v8-flags.js';

vi.mock(import('node:v8'), async (original) => ({ ...(await original()), setFlagsFromString: vi.fn() }));
beforeEach(() => {
  vi.mocked(setFlagsFromString).mockClear();
});

/** As V8 tells them: `--name=value`. */
const usual = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });

function flagsSet(): readonly string[] {
  return vi.mocked(setFlagsFromString).mock.calls.map(([flag]) => flag);
}

const works = [
  ['gives a result', () => 'result', 'result'],
  [
    'fails',
    () => {
      throw new Error('fails');
    },
    undefined,
  ],
] as const;

describe.each([
  ['optimizing', optimizingLess],
  ['collecting', collectingSooner],
])('flags for %s', (_, run) => {
  it.each(works)('are as V8 sets them when the work %s', (_, work, expected) => {
    let during: readonly string[] = [];
    const result = ((): string | undefined => {
      try {
        return run(() => {
          during = flagsSet();
          return work();
        });
      } catch {
        return undefined;
      }
    })();
    expect(result).toBe(expected);
    const after = flagsSet().slice(during.length);
    expect(after.map(nameOf)).toEqual(during.map(nameOf));
    for (const flag of during) expect(usual).not.toContain(`default: ${flag}\n`);
    for (const flag of after) expect(usual).toContain(`default: ${flag}\n`);
  });
});

function nameOf(flag: string): string {
  return flag.slice(0, flag.indexOf('='));
}
