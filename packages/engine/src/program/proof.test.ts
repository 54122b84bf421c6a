import { describe, expect, it } from 'vitest';
import { extractFacts } from '../facts/extract-facts.js';
import { under } from './condition.js';
import {
  bypassesOf,
  eitherSetting,
  emptyFlow,
  joinFlows,
  passedBy,
  withProof,
  withProofs,
  withSetting,
  type Flow,
  type Proof,
} from './proof.js';
import { unknownValue } from './value.js';

const origin = { file: extractFacts('main.ts', ''), span: { start: 0, end: 0 } };
const proof = (kind: string, more: Partial<Proof> = {}): Proof => ({ kind, origin, by: kind, ...more });
const permission = (kind: string, more: Partial<Proof> = {}): Proof => proof(kind, { permits: true, ...more });

const [token, session, code, claim] = ['token', 'session', 'second-factor', 'claimed'].map((kind) => proof(kind)) as [
  Proof,
  Proof,
  Proof,
  Proof,
];
const [role, owner, policy] = ['role', 'owner', 'policy'].map((kind) => permission(kind)) as [Proof, Proof, Proof];
const flow = (...proofs: readonly Proof[]): Flow => ({ proofs });
const kindsOf = ({ proofs }: Flow): string => proofs.map(({ kind, hole }) => (hole ? 'hole' : kind)).join(' ');

describe('what holds whichever way was taken', () => {
  it.each<[string, readonly Proof[], readonly Proof[], string]>([
    ['the same on both', [token, role], [token, role], 'token role'],
    ['one has more', [token, role], [token], 'token'],
    ['nothing on one of them', [token], [], ''],
    ['one identity or another', [token], [session], 'token'],
    ['an identity is no permission', [token], [role], ''],
    ['a permission for another one', [token, role], [token, policy], 'token role'],
    ['identity and permission answer different questions', [token, role], [session, policy], 'token role'],
    ['a permission on one way does not carry the identity', [session, token], [session, role], 'session'],
    // The caller owns this record, or may have any: of any other record only the second says something.
    ['the owner or a role, on either side', [token, owner], [token, role], 'token owner'],
    ['a role or the owner', [token, role], [token, owner], 'token owner'],
    ['nothing makes up for a second factor', [token, code], [token, session], 'token'],
    ['a second factor stands for no identity', [code], [session], ''],
    ['a second factor on both ways', [token, code], [token, code], 'token second-factor'],
    ['a token that is only read beside one that is verified', [claim], [token], 'token hole'],
    ['the other way round', [token], [claim], 'token hole'],
    ['a token that is read on both ways', [claim], [proof('claimed')], 'claimed'],
    ['a token that is read beside none', [claim], [], ''],
    ['a token that is read beside a permission', [claim], [role], ''],
  ])('%s', (_, left, right, expected) => {
    expect(kindsOf(joinFlows([flow(...left), flow(...right)]) ?? emptyFlow)).toBe(expected);
  });

  it('leaves out ways that end', () => {
    expect(joinFlows([undefined, flow(token), undefined])).toEqual(flow(token));
    expect(joinFlows([undefined, undefined])).toBeUndefined();
    expect(joinFlows([])).toBeUndefined();
  });

  it('keeps the tests and settings that both have in common', () => {
    const outer = under(undefined, [unknownValue], true, origin);
    const switched = withSetting(emptyFlow);
    const left = { ...withSetting(switched), condition: under(outer, [unknownValue], true, origin) };
    const right = { ...switched, condition: under(outer, [unknownValue], false, origin) };
    expect(joinFlows([left, right])).toEqual({ proofs: [], condition: outer, settings: switched.settings });
  });
});

describe('a test that permits on either side', () => {
  const test = {};
  const other = {};
  const yes = permission('policy', { side: { of: test, truthy: true } });
  const no = permission('policy', { side: { of: test, truthy: false } });
  const otherNo = permission('policy', { side: { of: other, truthy: false } });

  it.each<[string, readonly Proof[], readonly Proof[], string]>([
    ['says nothing where both sides go on', [token, yes], [token, no], 'token'],
    ['permits where the other side is permitted by something else', [token, yes], [token, no, owner], 'token owner'],
    ['permits beside the other side of another test', [token, yes], [token, otherNo], 'token policy'],
    ['says nothing where the other side has nothing', [token, yes], [token], 'token'],
  ])('%s', (_, left, right, expected) => {
    expect(kindsOf(joinFlows([flow(...left), flow(...right)]) ?? emptyFlow)).toBe(expected);
    expect(kindsOf(joinFlows([flow(...right), flow(...left)]) ?? emptyFlow)).toBe(expected);
  });
});

describe('ways around a proof', () => {
  const outer = under(undefined, [unknownValue], true, origin);
  const towards = under(outer, [unknownValue], true, origin);
  const around = under(outer, [unknownValue], false, origin);

  it('say what leads onto each way', () => {
    const flows = [
      { ...flow(token, code), condition: towards },
      { ...flow(token), condition: around },
    ];
    const [bypass, ...rest] = bypassesOf(flows, joinFlows(flows));
    expect(rest).toEqual([]);
    expect(bypass?.proof).toBe(code);
    expect(bypass?.towards.map((condition) => condition === towards)).toEqual([true]);
    expect(bypass?.around.map((condition) => condition === around)).toEqual([true]);
  });

  it.each<[string, readonly (readonly Proof[] | undefined)[], string]>([
    ['none where one of the ways ends', [[token], undefined], ''],
    ['none where both prove the same', [[token], [token]], ''],
    ['none where something else makes up for it', [[token], [session]], ''],
    ['none of a permission', [[token, role], [token]], ''],
    ['none of a token that is only read', [[claim], []], ''],
    ['of an identity', [[token], []], 'token'],
    [
      'of a second factor, whatever else is proved',
      [
        [token, code],
        [token, session],
      ],
      'second-factor session',
    ],
    ['one for each way around it', [[token], [], []], 'token token'],
  ])('%s', (_, ways, expected) => {
    const flows = ways.map((proofs) => proofs && flow(...proofs));
    expect(
      bypassesOf(flows, joinFlows(flows))
        .map((bypass) => bypass.proof.kind)
        .join(' '),
    ).toBe(expected);
  });
});

describe('settings', () => {
  const bare = withSetting(emptyFlow);
  const proved = withProof(withSetting(emptyFlow), token);

  it('switch a guard off where no caller can', () => {
    expect(passedBy([proved, bare], [])).toMatchObject({ switchedOff: true, flow: { proofs: [token] } });
  });

  it('switch a permission off as well', () => {
    const known = passedBy([flow(token, role), withSetting(flow(token))], [token]);
    expect(known).toMatchObject({ switchedOff: true, flow: { proofs: [token, role] } });
  });

  it('do not make the permission of one mode that of the other', () => {
    const modes = passedBy([flow(token, role), withSetting(flow(session))], []);
    expect(modes).toMatchObject({ switchedOff: false, flow: { proofs: [token] } });
  });

  it.each<[string, readonly Flow[], readonly Proof[]]>([
    ['a way that no setting opens', [proved, emptyFlow], []],
    ['a setting that the way with the proof is behind as well', [withProof(bare, token), bare], []],
    ['ways that prove nothing', [bare, bare], []],
    ['what was proved before', [proved, bare], [token]],
  ])('switch nothing off with %s', (_, flows, before) => {
    expect(passedBy(flows, before).switchedOff).toBe(false);
  });

  it('are asked for by alternatives each of which asks for one', () => {
    const ways = [[emptyFlow, bare] as const, [emptyFlow, withSetting(emptyFlow)] as const];
    expect(eitherSetting(emptyFlow, ways)?.settings).toHaveLength(1);
    expect(eitherSetting(emptyFlow, [...ways, [emptyFlow, emptyFlow]])).toBe(emptyFlow);
    expect(eitherSetting(undefined, ways)).toBeUndefined();
  });
});

it('holds each proof once', () => {
  expect(withProofs(flow(token), [token, role, role]).proofs).toEqual([token, role]);
  const known = flow(token);
  expect(withProof(known, token)).toBe(known);
  expect(withProof(known, undefined)).toBe(known);
});
