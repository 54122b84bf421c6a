import {
  idOfPlace,
  type Application,
  type AttackPath,
  type PathLink,
  type Report,
  type Route,
  type SigningKey,
} from '@blastradius/engine';
import { blastRadiusOf, isForEverybody, titleOf } from './blast-radius.js';
import type { Flaws } from './flaws.js';
import { accountsAmong, flawed, keptFor, letIn, namedByCounting, readBehind } from './links.js';

/** Paths of an attacker who makes a token, or says who they are, without asking anybody. */
export function forgedPaths(application: Application, flaws: Flaws): readonly AttackPath[] {
  return [
    ...withLeakedKeys(application, flaws),
    ...withBelievedTokens(application, flaws),
    ...withHeaders(application, flaws),
  ];
}

function withLeakedKeys(application: Application, flaws: Flaws): readonly AttackPath[] {
  const { keys, keyReach } = application;
  const told: SigningKey[] = [];
  return flaws.of('no-hardcoded-signing-key').flatMap((report) => {
    const key = keys.find(
      ({ origin, purpose }) => idOfPlace(origin) === idOfPlace(report.place) && purpose !== 'encrypt',
    );
    // One key that stands in several places is one path.
    if (!key || told.some((other) => keyReach.isSame(other, key))) return [];
    told.push(key);
    const obtain = flawed('obtain', 'no-hardcoded-signing-key', report, {
      message: `whoever reads the repository has \`${key.name}\`, and signs tokens for anybody with it`,
      repair: `replace \`${key.name}\`, and load it from a secret store`,
      cuts: true,
    });
    const start = [obtain, ...keptFor(flaws, key.name)] as const;
    return pathOf(`a token of \`${key.name}\``, report, start, keyReach.opensWith(key), application, flaws);
  });
}

function withBelievedTokens(application: Application, flaws: Flaws): readonly AttackPath[] {
  return flaws.of('no-unverified-token').flatMap((report) => {
    const at = idOfPlace(report.place);
    const opened = application.routes.filter(
      ({ proved, unverified }) =>
        proved.some(({ place }) => idOfPlace(place) === at) || unverified.some(({ place }) => idOfPlace(place) === at),
    );
    const obtain = flawed('obtain', 'no-unverified-token', report, {
      message: `\`${report.entity}\` believes a token that anybody can write`,
      repair: `verify the token where \`${report.entity}\` reads it`,
      cuts: true,
    });
    return pathOf('a token of one’s own making', report, [obtain], opened, application, flaws);
  });
}

function withHeaders(application: Application, flaws: Flaws): readonly AttackPath[] {
  return flaws.of('no-forgeable-identity').flatMap((report) => {
    const at = idOfPlace(report.place);
    const opened = application.routes.filter(({ trusted }) => trusted.some(({ place }) => idOfPlace(place) === at));
    const input = opened.flatMap(({ trusted }) => trusted).find(({ place }) => idOfPlace(place) === at);
    if (!input) return [];
    const { name, use } = input;
    const obtain = flawed('obtain', 'no-forgeable-identity', report, {
      message: `\`${name}\` says who the caller is, and the caller writes it`,
      repair: `verify a token or a signature instead of \`${name}\``,
      cuts: true,
    });
    // Where nothing but the header is asked for, there is no subject to be named.
    return pathOf(`\`${name}\``, report, [obtain], opened, application, flaws, use !== 'decision');
  });
}

function pathOf(
  credential: string,
  report: Report,
  start: readonly [PathLink, ...PathLink[]],
  opened: readonly Route[],
  application: Application,
  flaws: Flaws,
  namesSubject = true,
): readonly AttackPath[] {
  const [obtain] = start;
  const radius = blastRadiusOf(opened, application);
  if (!isForEverybody(opened, radius, application, undefined)) return [];
  return [
    {
      title: titleOf(report.entity, radius),
      entity: report.entity,
      sink: `${obtain.ruleId ?? ''} ${report.sink}`,
      links: [
        ...start,
        ...(namesSubject ? namedByCounting(flaws, accountsAmong(application, radius)) : []),
        ...letIn(credential, opened, flaws, true),
        ...readBehind(opened, radius),
      ],
      cut: obtain,
      radius,
    },
  ];
}
