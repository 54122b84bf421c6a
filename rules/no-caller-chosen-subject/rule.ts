import type { ReachedMint, Route, Rule } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-caller-chosen-subject',
  meta: {
    description: 'A token is minted for a subject that the caller names and nobody has proved',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [290, 639],
    owasp: ['API1', 'API2'],
    asvs: ['8.2.2', '8.3.3'],
    ismsP: ['2.5.3', '2.6.3'],
    securitySeverity: 9.1,
  },
  check(application, report) {
    for (const route of application.routes) {
      for (const reached of route.mints) {
        if (!isForAnybody(reached, route)) continue;
        const { mint, subject, proofs } = reached;
        const name = subject.name ?? 'request';
        report({
          message: `\`${route.title}\` mints a token for whichever \`${name}\` the caller names with \`${mint.name}\`; what is proved on the way (${wordsOf(proofs)}) is not about that subject. Take the subject from what was proved, or ask for a role that may act for others.`,
          place: mint.place,
          entity: route.title,
          sink: `${mint.name} ${name}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` takes \`${name}\` from the caller` },
            ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
            ...reached.steps,
            { place: mint.place, message: `\`${mint.name}\` makes the token for it` },
          ],
        });
      }
    }
  },
};

/** Something is proved, of somebody, and the request still says for whom the token is. */
function isForAnybody({ proofs, permissions, subject, leaves }: ReachedMint, route: Route): boolean {
  if (!leaves || subject.kind !== 'request' || subject.proved === true || proofs.length === 0) return false;
  // Staff who may act for others, and accounts that are made in the same request.
  if (permissions.some((kind) => kind === 'role' || kind === 'policy')) return false;
  return !route.signsUp;
}

function wordsOf(proofs: readonly string[]): string {
  return [...new Set(proofs)].join(', ');
}

export default rule;
