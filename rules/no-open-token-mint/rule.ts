import type { ReachedMint, Route, Rule, SignedLink } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-open-token-mint',
  meta: {
    description: 'A route mints a token for callers who have proved nothing',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [306],
    owasp: ['API2'],
    asvs: ['6.3.4', '13.2.1'],
    ismsP: ['2.5.3', '2.6.3'],
    securitySeverity: 9.8,
  },
  check(application, report) {
    for (const route of application.routes) {
      // A sign-up mints for the account that it has just made.
      if (!route.isOpen() || route.onPurpose || route.signsUp) continue;
      for (const reached of route.mints) {
        if (!isOpen(reached)) continue;
        const { mint, subject } = reached;
        report({
          message: `\`${route.title}\` mints a token for ${subjectOf(reached)} with \`${mint.name}\`; nothing on the way to it proves who the caller is. Put a guard in front of the route, or check a credential of that subject before the token is made.`,
          place: mint.place,
          entity: route.title,
          sink: `${mint.name} ${subject.name ?? subject.kind}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` is registered${guardsOf(route)}` },
            ...reached.steps,
            { place: mint.place, message: `\`${mint.name}\` makes the token` },
          ],
        });
      }
      for (const link of route.links) {
        if (!isForAnyObject(link)) continue;
        const { name, place, input = '', may } = link;
        report({
          message: `\`${route.title}\` signs a link to ${may} any object that \`${input}\` names, with \`${name}\`; nothing on the way to it proves who the caller is. Put a guard in front of the route, or let the server choose the object.`,
          place,
          entity: route.title,
          sink: `${name} ${input}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` is registered${guardsOf(route)}` },
            ...link.steps,
            { place, message: `\`${name}\` signs the link` },
          ],
        });
      }
    }
  },
};

/** Nothing is proved, the token is for somebody the caller names, and it leaves. */
function isOpen({ proofs, leaves, subject }: ReachedMint): boolean {
  return proofs.length === 0 && leaves && subject.kind === 'request';
}

/** Nothing is proved, the caller alone names the object, and whoever wants the link gets it. */
function isForAnyObject({ proofs, leaves, input, may, isPublic }: SignedLink): boolean {
  return proofs.length === 0 && leaves && input !== undefined && !(may === 'read' && isPublic);
}

function subjectOf({ subject }: ReachedMint): string {
  return subject.name === undefined ? 'any caller' : `any \`${subject.name}\``;
}

function guardsOf(route: Route): string {
  const names = route.guards.map((guard) => `\`${guard.name}\` ${guard.why}`);
  return names.length > 0 ? `; ${names.join('; ')}` : '; no guard on its chain rejects';
}

export default rule;
