import {
  idOfPlace,
  type Application,
  type AttackPath,
  type PathLink,
  type ReachedMint,
  type Report,
  type Route,
} from '@blastradius/engine';
import { blastRadiusOf, isForEverybody, titleOf } from './blast-radius.js';
import type { Flaws } from './flaws.js';
import { accountsAmong, flawed, letIn, namedByCounting, plain, readBehind, unhindered } from './links.js';

/** Paths that start at a mint which makes a token for whomever the caller names. */
export function mintedPaths(application: Application, flaws: Flaws): readonly AttackPath[] {
  return ['no-open-token-mint', 'no-caller-chosen-subject'].flatMap((ruleId) =>
    flaws.of(ruleId).flatMap((report) => {
      if (ruleId === 'no-caller-chosen-subject' && isAlsoOpen(report, flaws)) return [];
      const isMeant = ({ mint }: ReachedMint): boolean => idOfPlace(mint.place) === idOfPlace(report.place);
      const route = application.routes.find((item) => item.title === report.entity && item.mints.some(isMeant));
      const reached = route?.mints.find(isMeant);
      // What only services can ask for starts no way from the outside.
      if (!route || !reached || route.isForServices()) return [];
      // A token for a link or a site says nothing of whose the data behind the key is.
      if (reached.subject.isAccount !== true) return [];
      return pathFrom({ ruleId, report, route, reached }, application, flaws) ?? [];
    }),
  );
}

/** Where a mint is open as well, the one path has both links. */
function isAlsoOpen(report: Report, flaws: Flaws): boolean {
  return atMint(flaws, 'no-open-token-mint', report) !== undefined;
}

function atMint(flaws: Flaws, ruleId: string, { entity, place }: Report): Report | undefined {
  return flaws.of(ruleId).find((item) => item.entity === entity && idOfPlace(item.place) === idOfPlace(place));
}

interface Start {
  readonly ruleId: string;
  readonly report: Report;
  readonly route: Route;
  readonly reached: ReachedMint;
}

function pathFrom(start: Start, application: Application, flaws: Flaws): AttackPath | undefined {
  const { route, reached } = start;
  const key = application.keyReach.keyOf(reached.mint);
  const opened = application.keyReach.opensBy(reached.mint).filter((item) => item !== route);
  const radius = blastRadiusOf(opened, application);
  if (!isForEverybody(opened, radius, application, reached.subject.name)) return undefined;
  const credential = key ? `a token of \`${key.name}\`` : `what \`${reached.mint.name}\` makes`;
  const mint = mintLink(start);
  const chosen = atMint(flaws, 'no-caller-chosen-subject', start.report);
  return {
    title: titleOf(route.title, radius),
    entity: route.title,
    sink: `${reached.mint.name} ${reached.subject.name ?? 'subject'}`,
    links: [
      reachLink(route, flaws),
      ...(chosen && chosen !== start.report ? [chosenLink(start, chosen)] : []),
      ...namedByCounting(flaws, accountsAmong(application, radius)),
      mint,
      ...letIn(credential, opened, flaws, false),
      ...readBehind(opened, radius),
      ...unhindered(flaws, route),
    ],
    cut: mint,
    radius,
  };
}

function reachLink(route: Route, flaws: Flaws): PathLink {
  const { title, place } = route;
  const message = route.isOpen()
    ? `anyone can call \`${title}\``
    : `every caller who is logged in can call \`${title}\``;
  const report = flaws.about('no-public-internal-route', title);
  if (!report) return plain('reach', place, message);
  const repair = `serve \`${title}\` on a listener that the outside does not reach`;
  return flawed('reach', 'no-public-internal-route', report, { message, repair, cuts: true });
}

/** That the mint is open is one link; that the request says whom it is for stays when a guard is put in front. */
function chosenLink({ route, reached }: Start, report: Report): PathLink {
  return flawed('name', 'no-caller-chosen-subject', report, {
    message: `\`${reached.subject.name ?? 'the request'}\` says whom the token is for`,
    repair: `take the subject of \`${route.title}\` from what was proved`,
    cuts: true,
  });
}

/** At the route, since that is where it is cut. */
function mintLink({ ruleId, report, route, reached }: Start): PathLink {
  return flawed(
    'obtain',
    ruleId,
    { ...report, place: route.place },
    {
      message: `\`${reached.mint.name}\` makes a token for whichever \`${reached.subject.name ?? 'subject'}\` the request names`,
      repair:
        ruleId === 'no-open-token-mint'
          ? `put a guard in front of \`${route.title}\``
          : `take the subject of \`${route.title}\` from what was proved`,
      cuts: true,
    },
  );
}
