import type { Application, BlastRadius, PathLink, Place, Report, Route, Stage, Step } from '@blastradius/engine';
import { wordsOf } from './blast-radius.js';
import type { Flaws } from './flaws.js';

/** A link that another rule reports. */
export function flawed(
  stage: Stage,
  ruleId: string,
  report: Report,
  says: { readonly message: string; readonly repair: string; readonly cuts: boolean },
): PathLink {
  return { stage, ruleId, place: report.place, steps: report.steps, ...says };
}

/** A link at which things work as they are meant to. */
export function plain(stage: Stage, place: Place, message: string, steps: readonly Step[] = []): PathLink {
  return { stage, ruleId: undefined, place, steps, message, cuts: false };
}

/** Records of these entities can be counted, so that whoever knows one can name all. */
export function namedByCounting(flaws: Flaws, entities: readonly string[]): readonly PathLink[] {
  const report = flaws
    .of('no-exposed-sequential-id')
    .find((item) => entities.some((name) => item.entity.startsWith(`${name}.`)));
  if (!report) return [];
  const [key = ''] = report.entity.split(' ');
  return [
    flawed('name', 'no-exposed-sequential-id', report, {
      message: `\`${key}\` counts up: who knows one names all others`,
      repair: `use a random public id instead of \`${key}\` towards the outside`,
      cuts: false,
    }),
  ];
}

/** Nothing slows the attacker down, and nothing shows them, at the route where the path starts. */
export function unhindered(flaws: Flaws, { title, place }: Route): readonly PathLink[] {
  const rate = flaws.about('require-rate-limit', title);
  // One finding names every route that reaches the mint.
  const audit = flaws.at('require-mint-audit', [place]);
  return [
    ...(rate
      ? [
          flawed('repeat', 'require-rate-limit', rate, {
            message: `nothing limits how often \`${title}\` is asked`,
            repair: `limit \`${title}\` by the subject that it is asked for`,
            cuts: false,
          }),
        ]
      : []),
    ...(audit
      ? [
          flawed('hide', 'require-mint-audit', audit, {
            message: `nobody learns what \`${title}\` has given out`,
            repair: `write down for whom \`${title}\` was asked, and by whom`,
            cuts: false,
          }),
        ]
      : []),
  ];
}

/** What makes a key that is known to others worth more to them, and for longer. */
export function keptFor(flaws: Flaws, keyName: string): readonly PathLink[] {
  const shared = flaws.about('no-master-signing-key', keyName);
  const fixed = flaws.about('require-key-rotation', keyName);
  return [
    ...(shared
      ? [
          flawed('obtain', 'no-master-signing-key', shared, {
            message: `\`${keyName}\` is good for more than one purpose or service`,
            repair: `give each purpose and service a key of its own instead of \`${keyName}\``,
            cuts: false,
          }),
        ]
      : []),
    ...(fixed
      ? [
          flawed('obtain', 'require-key-rotation', fixed, {
            message: `\`${keyName}\` cannot be replaced without ending every session, so it stays`,
            repair: `name \`${keyName}\` by a \`kid\`, and replace it while the program runs`,
            cuts: false,
          }),
        ]
      : []),
  ];
}

/** A token is let in, be it one that was issued or one that the attacker has made. */
export function letIn(what: string, opened: readonly Route[], flaws: Flaws, isForged: boolean): readonly PathLink[] {
  const places = opened.flatMap(({ proved }) => proved.map(({ place }) => place));
  const [place] = places;
  if (!place) return [];
  const message = `${what} opens ${countOf(opened.length)}`;
  const unissued = isForged ? flaws.at('require-issued-token-check', places) : undefined;
  return [
    unissued
      ? flawed('pass', 'require-issued-token-check', unissued, {
          message: `${message}, and nobody asks whether it was ever issued`,
          repair: 'look up whether a token was issued before it is believed',
          cuts: true,
        })
      : plain('pass', place, message),
  ];
}

/** The data leaves, or is changed. */
export function readBehind(opened: readonly Route[], radius: BlastRadius): readonly PathLink[] {
  const [first] = opened;
  if (!first) return [];
  const steps = opened.map(({ title, place }) => ({ place, message: `\`${title}\` is open to it` }));
  return [plain('read', first.place, `behind ${opened.length === 1 ? 'it' : 'them'}: ${wordsOf(radius)}`, steps)];
}

/** Of the entities behind a path those that are callers' accounts; where nothing shows which they are, all. */
export function accountsAmong(application: Application, { entities }: BlastRadius): readonly string[] {
  const accounts = entities.filter(({ name }) => application.ownershipOf(name)?.isAccount === true);
  return (accounts.length > 0 ? accounts : entities).map(({ name }) => name);
}

function countOf(routes: number): string {
  return routes === 1 ? '1 route' : `${String(routes)} routes`;
}
