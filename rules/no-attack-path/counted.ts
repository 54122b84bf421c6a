import type { Application, AttackPath, Report, Route } from '@blastradius/engine';
import { blastRadiusOf, titleOf } from './blast-radius.js';
import type { Flaws } from './flaws.js';
import { flawed, namedByCounting, plain, readBehind, unhindered } from './links.js';

/** Paths of an attacker who counts: records of an entity are named by numbers, and nobody asks whose they are. */
export function countedPaths(application: Application, flaws: Flaws): readonly AttackPath[] {
  return ['require-ownership-check', 'require-route-guard'].flatMap((ruleId) => {
    const byEntity = new Map<string, Map<Route, Report>>();
    for (const report of flaws.of(ruleId)) {
      for (const route of application.routes) {
        const counted = route.title === report.entity ? countedBy(route) : undefined;
        if (counted === undefined) continue;
        byEntity.set(counted, (byEntity.get(counted) ?? new Map<Route, Report>()).set(route, report));
      }
    }
    return [...byEntity].flatMap(([entity, found]) => pathThrough(entity, found, ruleId, application, flaws));
  });
}

/** The entity whose records a route gives away by a number. */
function countedBy({ lookups, effects, exposed, mints }: Route): string | undefined {
  // What is looked up for a token leaves as a token: another path.
  if (mints.length > 0) return undefined;
  const given = exposed ? [exposed] : effects;
  return lookups
    .filter(({ identifier }) => identifier.kind === 'sequential')
    .map(({ entity }) => entity.name)
    .find((name) => given.some((effect) => effect.entity === name && effect.personal && effect.byInput));
}

function pathThrough(
  entity: string,
  found: ReadonlyMap<Route, Report>,
  ruleId: string,
  application: Application,
  flaws: Flaws,
): readonly AttackPath[] {
  const routes = [...found.keys()];
  const [route] = routes;
  const report = route && found.get(route);
  const named = namedByCounting(flaws, [entity]);
  const radius = blastRadiusOf(routes, application, (effect) => effect.entity === entity);
  if (!route || !report || named.length === 0 || radius.entities.length === 0) return [];
  const isOpen = ruleId === 'require-route-guard';
  const titles = routes.map(({ title }) => `\`${title}\``).join(', ');
  const flaw = flawed(isOpen ? 'reach' : 'pass', ruleId, report, {
    message: isOpen
      ? `anyone can call ${titles}`
      : `${titles} never ${routes.length === 1 ? 'asks' : 'ask'} whose \`${entity}\` it is`,
    repair: isOpen ? `put a guard in front of ${titles}` : `tie \`${entity}\` to the caller in ${titles}`,
    cuts: true,
  });
  const start = isOpen ? [flaw] : [plain('reach', route.place, `anyone with an account can call ${titles}`)];
  return [
    {
      title: titleOf(titles.replaceAll('`', ''), radius),
      entity,
      sink: ruleId,
      links: [
        ...start,
        ...named,
        ...(isOpen ? [] : [flaw]),
        ...readBehind(routes, radius),
        ...unhindered(flaws, route),
      ],
      cut: flaw,
      radius,
    },
  ];
}
