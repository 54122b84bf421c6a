import type { InternalPath, Route, Rule, Step } from '@blastradius/engine';

interface Options {
  readonly onlyConfigured: boolean;
}

const rule: Rule<Options> = {
  id: 'no-public-internal-route',
  meta: {
    description: 'A route that is meant for inside is served to the outside',
    severity: 'error',
    precision: 'medium',
    recommended: true,
    cwe: [668],
    owasp: ['API5', 'API9'],
    asvs: ['8.4.2', '13.4.5'],
    ismsP: ['2.6.1', '2.10.3'],
    securitySeverity: 7.5,
    options: {
      schema: {
        onlyConfigured: {
          type: 'boolean',
          description:
            'whether `internalPaths` of the configuration alone say what is meant for inside, and no word of a path',
        },
      },
      defaults: { onlyConfigured: false },
    },
  },
  check(application, report, { onlyConfigured }) {
    for (const route of application.routes) {
      const inside = route.internalPath;
      const [way] = waysIn(route);
      if (!inside || !way || isKeptInside(route, inside) || (onlyConfigured && !inside.configured)) continue;
      report({
        message: `\`${route.title}\` is meant for inside (${reasonOf(inside)}), and the outside gets to it: ${way.message}, and ${chainOf(route)}. Serve it on a listener that is not published, or ask whoever calls for the key of a service.`,
        place: route.place,
        entity: route.title,
        sink: 'public listener',
        steps: [
          { place: route.place, message: `\`${route.title}\` is registered` },
          ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
          way,
        ],
      });
    }
  },
};

/** What opens it: a deployment file; where none says anything, that people outside use the same application. */
function waysIn(route: Route): readonly Step[] {
  if (route.listener === 'public') return route.listenerSteps;
  return route.listener === 'unknown' && route.servedBeside ? [route.servedBeside] : [];
}

/** What the team says is inside stays inside, whoever is logged in; of other routes, a guard is enough. */
function isKeptInside(route: Route, { configured, mayBeForPeople }: InternalPath): boolean {
  if (route.onPurpose || route.isKeptInside || !route.followed) return true;
  if (route.isForServices() || route.authorization.includes('nobody')) return true;
  if (configured || mintsForAnybody(route)) return false;
  const isAnswered = route.effects.some(({ proved }) => !proved);
  return !route.isOpen() || route.authenticates || (mayBeForPeople && !isAnswered);
}

/** Which token is asked for does not matter: whoever has one of any account gets one of every other. */
function mintsForAnybody({ mints, authorization, signsUp }: Route): boolean {
  if (authorization.length > 0 || signsUp) return false;
  return mints.some(
    ({ proofs, leaves, subject }) =>
      proofs.length > 0 && leaves && subject.kind === 'request' && subject.proved !== true,
  );
}

function reasonOf({ name, configured }: InternalPath): string {
  return configured ? `\`${name}\` is one of the \`internalPaths\`` : `\`${name}\` in its path`;
}

function chainOf(route: Route): string {
  if (mintsForAnybody(route)) return 'whoever has a token of any account gets one of every other';
  if (route.isGuarded()) return 'its guards let in whoever is logged in';
  const open = route.guards.find((guard) => guard.verdict === 'open');
  return open ? `\`${open.name}\` ${open.why}` : 'no guard on its chain rejects';
}

export default rule;
