import type { Finding } from '@blastradius/engine';
import { describe, expect, it } from 'vitest';
import { judgeMutant } from './judge-mutant.js';
import type { Mutant } from './mutant.js';

const finding = (ruleId: string, entity: string, file = 'a.ts'): Finding => ({
  ruleId,
  entity,
  severity: 'error',
  precision: 'high',
  message: '',
  place: { file, line: 1, column: 1, endLine: 1, endColumn: 2 },
  fingerprint: '',
  steps: [],
});
const mutant = (parts: Partial<Mutant>): Mutant => ({
  kind: 'remove-guard',
  place: { file: 'a.ts', line: 1 },
  description: '',
  edits: [],
  deserves: [],
  orElse: [],
  tolerates: [],
  ...parts,
});
const open = { ruleIds: ['require-route-guard', 'no-open-token-mint'], entity: 'GET /a' };

describe('a mutant that breaks something', () => {
  const breaking = mutant({ deserves: [open] });

  it('is killed by a new finding of one of the rules about the route', () => {
    const verdict = judgeMutant(breaking, [], [finding('no-open-token-mint', 'GET /a')]);
    expect(verdict).toEqual({ missing: [], wrong: [] });
  });

  it('survives a finding that was there before', () => {
    const before = [finding('require-route-guard', 'GET /a')];
    expect(judgeMutant(breaking, before, before).missing).toEqual([open]);
  });

  it('survives a finding about another route, which is wrong', () => {
    const verdict = judgeMutant(breaking, [], [finding('require-route-guard', 'GET /b')]);
    expect(verdict).toEqual({ missing: [open], wrong: ['is new: require-route-guard GET /b'] });
  });

  it('needs a finding of its own for each of two routes of one name', () => {
    const twice = mutant({ deserves: [open, open] });
    expect(judgeMutant(twice, [], [finding('require-route-guard', 'GET /a')]).missing).toHaveLength(1);
    const both = [finding('require-route-guard', 'GET /a'), finding('require-route-guard', 'GET /a', 'b.ts')];
    expect(judgeMutant(twice, [], both).missing).toEqual([]);
  });

  it('is killed as a whole by a rule that stands for all', () => {
    const decoded = mutant({ deserves: [open], orElse: ['no-unverified-token'] });
    const verdict = judgeMutant(decoded, [], [finding('no-unverified-token', 'jwt.decode')]);
    expect(verdict).toEqual({ missing: [], wrong: [] });
  });

  it('survives without such a finding where no route deserves one', () => {
    const decoded = mutant({ orElse: ['no-unverified-token'] });
    expect(judgeMutant(decoded, [], []).missing).toEqual([{ ruleIds: ['no-unverified-token'] }]);
  });

  it('tolerates what follows from it', () => {
    const followed = mutant({ deserves: [open], tolerates: [{ ruleIds: ['no-forgeable-identity'] }] });
    const after = [finding('require-route-guard', 'GET /a'), finding('no-forgeable-identity', 'GET /b')];
    expect(judgeMutant(followed, [], after)).toEqual({ missing: [], wrong: [] });
  });
});

describe('a mutant that keeps the meaning', () => {
  it('may move a finding into another file', () => {
    const verdict = judgeMutant(mutant({}), [finding('r', 'GET /a')], [finding('r', 'GET /a', 'b.ts')]);
    expect(verdict).toEqual({ missing: [], wrong: [] });
  });

  it('may neither gain nor lose one', () => {
    const verdict = judgeMutant(mutant({}), [finding('r', 'GET /a')], [finding('r', 'GET /b')]);
    expect(verdict).toEqual({ missing: [], wrong: ['is gone: r GET /a', 'is new: r GET /b'] });
  });
});
