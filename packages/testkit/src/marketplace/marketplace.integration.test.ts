import { openSession } from '@blastradius/engine';
import type { Finding } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { attackMarketplace } from './attack-marketplace.js';
import type { AttackOutcome, StepOutcome } from './attack-marketplace.js';
import { everyStep } from './attack-steps.js';
import { directoryOf } from './build-marketplace.js';

/** Some are still to be written: a step tells of those that there are. */
const ruleIds: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));
const titles = everyStep.map(({ title }) => title);

const outcomes: { breach?: AttackOutcome; sound?: AttackOutcome } = {};
beforeAll(async () => {
  const [breach, sound] = await Promise.all([attackMarketplace('breach'), attackMarketplace('sound')]);
  Object.assign(outcomes, { breach, sound });
}, 120_000);

function stepOf(outcome: AttackOutcome | undefined, title: string): StepOutcome {
  const step = outcome?.steps.find((item) => item.title === title);
  if (!step) throw new Error(`nobody went the step "${title}"`);
  return step;
}

const openFindings = (marketplace: 'breach' | 'sound'): readonly Finding[] =>
  openSession(directoryOf(marketplace), { rules, preview: true }).findings();

/** Everything that a finding says. */
const saidBy = ({ entity, message, steps }: Finding): string =>
  [entity, message, ...steps.map((step) => step.message)].join('\n');

it('every rule has a step that shows what it is about', () => {
  const shown = new Set(everyStep.flatMap(({ shows }) => shows.map(({ ruleId }) => ruleId)));
  expect([...ruleIds].filter((id) => !shown.has(id) && id !== 'no-attack-path')).toEqual([]);
});

describe('on the breach', () => {
  const findings = openFindings('breach');

  it.each(titles)('whoever %s, harms everybody', (title) => {
    expect(outcomes.breach?.victims).toBe(11);
    expect(stepOf(outcomes.breach, title).harmed).toBe(outcomes.breach?.victims);
  });

  const shown = everyStep.flatMap(({ title, shows }) =>
    shows.filter(({ ruleId }) => ruleIds.has(ruleId)).map((finding) => ({ title, ...finding })),
  );
  it.each(shown)('$ruleId says so of who $title: $names', ({ ruleId, names }) => {
    const said = findings.filter((finding) => finding.ruleId === ruleId).map(saidBy);
    expect(said.filter((text) => names.every((name) => text.includes(name)))).not.toEqual([]);
  });

  it.runIf(ruleIds.has('no-attack-path'))('no-attack-path tells the whole of it', () => {
    const told = findings.filter(({ ruleId }) => ruleId === 'no-attack-path').map(saidBy);
    expect(told.filter((text) => text.includes('POST /internal/token'))).not.toEqual([]);
  });
});

describe('on the sound twin', () => {
  const findings = openFindings('sound');

  it.each(everyStep)('whoever $title, harms nobody, and hears why', ({ title, refused }) => {
    const { harmed, answers } = stepOf(outcomes.sound, title);
    expect(harmed).toBe(0);
    for (const { status, says } of refused)
      expect(answers).toContainEqual(
        expect.objectContaining({ status, text: expect.stringContaining(says) as unknown }),
      );
    const others = answers.filter(({ status, text }) => status >= 400 && !refused.some(isSaid(status, text)));
    expect(others).toEqual([]);
  });

  it.each(everyStep)('no rule says that somebody $title', ({ shows }) => {
    const about = new Set(shows.map(({ ruleId }) => ruleId));
    expect(findings.filter(({ ruleId }) => about.has(ruleId)).map(saidBy)).toEqual([]);
  });

  it('there is no path', () => {
    expect(findings.filter(({ ruleId }) => ruleId === 'no-attack-path').map(saidBy)).toEqual([]);
  });
});

function isSaid(status: number, text: string) {
  return (refusal: { readonly status: number; readonly says: string }): boolean =>
    refusal.status === status && text.includes(refusal.says);
}
