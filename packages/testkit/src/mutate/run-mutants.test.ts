import { fileURLToPath } from 'node:url';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { breakingKinds } from './mutant.js';
import { runMutants } from './run-mutants.js';

const project = fileURLToPath(new URL('../../../../fixtures/require-route-guard/express-order', import.meta.url));

describe('runMutants', () => {
  it('runs the kinds that are asked for, in that order', () => {
    const outcomes = runMutants(project, rules, { kinds: ['reorder', 'remove-guard'] });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['reorder', 'remove-guard']);
  });

  it('draws as many of each kind as are asked for', () => {
    const options = { kinds: ['alias-import', 'rename'], limit: 2, seed: 3 } as const;
    const outcomes = runMutants(project, rules, options);
    expect(outcomes.map((outcome) => outcome.outcomes.length)).toEqual([2, 2]);
    expect(runMutants(project, rules, options)).toEqual(outcomes);
  });

  it('makes no mutant that no rule could report', () => {
    const outcomes = runMutants(project, [], { kinds: breakingKinds });
    expect(outcomes.map((outcome) => outcome.outcomes)).toEqual(breakingKinds.map(() => []));
  });
});
