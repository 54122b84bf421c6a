import type { Effect, Route, Rule } from '@blastradius/engine';

const rule: Rule = {
  id: 'require-route-guard',
  meta: {
    description: 'A route that reads or changes data lets anonymous callers in',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [862, 306],
    owasp: ['API5'],
    asvs: ['8.2.1', '8.3.1'],
    ismsP: ['2.5.3', '2.6.3'],
    securitySeverity: 8.2,
  },
  check(application, report) {
    for (const route of application.routes) {
      const effect = route.exposed;
      if (!effect) continue;
      report({
        message: `\`${route.title}\` ${verbOf(effect)} \`${effect.name}\` for anonymous callers: ${chainOf(route)}. Put a guard in front of it, or list it under \`publicRoutes\` with a reason.`,
        place: route.place,
        entity: route.title,
        sink: effect.name,
        steps: [
          { place: route.place, message: `\`${route.title}\` is registered` },
          ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
          ...effect.steps,
          { place: effect.place, message: outcomeOf(effect) },
        ],
      });
    }
  },
};

function verbOf(effect: Effect): string {
  return effect.kind === 'writes'
    ? 'changes data with'
    : effect.kind === 'mints'
      ? 'mints a token with'
      : 'gives away what it reads with';
}

function outcomeOf(effect: Effect): string {
  if (effect.kind === 'mints') return `\`${effect.name}\` makes the token`;
  const what = effect.entity === undefined ? 'data' : `\`${effect.entity}\``;
  return `\`${effect.name}\` ${effect.kind === 'writes' ? 'changes' : 'reads'} ${what}`;
}

function chainOf(route: Route): string {
  const open = route.guards.find((guard) => guard.verdict === 'open');
  return open ? `\`${open.name}\` ${open.why}` : 'no guard on its chain rejects';
}

export default rule;
