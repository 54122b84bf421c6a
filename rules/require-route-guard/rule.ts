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
    securitySeverity: 8.2,
  },
  check(application, report) {
    for (const route of application.routes) {
      if (!route.isOpen() || route.onPurpose || route.authenticates) continue;
      const effect = route.effects.find((item) => !item.proved && isForKnownCallers(item, route));
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

/** Changes to what is there, and reads of personal data that leave; not what a form for everybody adds. */
function isForKnownCallers(effect: Effect, route: Route): boolean {
  if (effect.kind === 'mints') return effect.byInput;
  if (effect.kind === 'writes')
    return !effect.creates || (effect.personal && effect.byInput) || route.method !== 'POST';
  // A chain that takes a proof where there is one and goes on without it shows the public a part on purpose.
  return effect.personal && !route.optional;
}

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
