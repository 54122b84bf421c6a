import { expect, it } from 'vitest';
import { countOutcomes, printOutcomes } from './print-outcomes.js';
import type { KindOutcome } from './run-mutants.js';

const mutant = {
  kind: 'remove-guard' as const,
  place: { file: 'src/app.ts', line: 7 },
  description: 'take `requireUser` out of `app.use(…)`',
  edits: [],
  deserves: [],
  orElse: ['no-unverified-token'],
  tolerates: [],
};
const outcome: KindOutcome = {
  kind: 'remove-guard',
  outcomes: [
    { mutant, missing: [], wrong: [] },
    { mutant, missing: [{ ruleIds: ['require-route-guard'], entity: 'GET /a' }], wrong: [] },
    { mutant, missing: [], wrong: ['is new: require-route-guard GET /b'] },
  ],
  leftOut: [{ kind: 'remove-guard', place: { file: 'src/app.ts', line: 9 }, reason: 'another site protects it' }],
};

it('counts each end', () => {
  expect(countOutcomes(outcome)).toEqual({ made: 3, killed: 1, survived: 1, wrong: 1, leftOut: 1 });
});

it('names each mutant that was answered wrongly', () => {
  expect(printOutcomes([outcome])).toBe(`kind                           made   killed survived    wrong left out
remove-guard                      3        1        1        1        1

src/app.ts:7 remove-guard: take \`requireUser\` out of \`app.use(…)\`
  survived: require-route-guard or no-unverified-token for GET /a is not reported

src/app.ts:7 remove-guard: take \`requireUser\` out of \`app.use(…)\`
  wrong: is new: require-route-guard GET /b
`);
});

it('says where no mutant was made if it is asked to', () => {
  expect(printOutcomes([outcome], { leftOut: true })).toContain(
    '\nsrc/app.ts:9 no remove-guard: another site protects it\n',
  );
});
