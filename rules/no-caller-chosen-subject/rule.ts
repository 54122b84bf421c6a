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
        const whom =
          subject.name === undefined ? 'whomever the request says' : `whichever \`${subject.name}\` the caller names`;
        report({
          message: `\`${route.title}\` mints a token for ${whom} with \`${mint.name}\`; ${wordsOf(proofs)}. Take the subject from what was proved, or ask for a role that may act for others.`,
          place: mint.place,
          entity: route.title,
          sink: `${mint.name} ${subject.name ?? 'request'}`,
          steps: [
            {
              place: route.place,
              message: `\`${route.title}\` takes ${subject.name === undefined ? 'the subject' : `\`${subject.name}\``} from the caller`,
            },
            ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
            ...reached.steps,
            { place: mint.place, message: `\`${mint.name}\` makes the token for it` },
          ],
        });
      }
    }
  },
};

/** The request says for whom the token is, and that is not about whom something was proved. */
function isForAnybody({ proofs, permissions, subject, leaves }: ReachedMint, route: Route): boolean {
  if (!leaves || subject.kind !== 'request' || subject.proved === true) return false;
  // A guard that cannot be judged may prove whatever it wants, and a link or a site has no account that somebody could be.
  if (proofs.length === 0 && (!route.isOpen() || route.onPurpose || subject.isAccount !== true)) return false;
  // Staff who may act for others, and accounts that are made in the same request.
  if (permissions.some((kind) => kind === 'role' || kind === 'policy')) return false;
  return !route.signsUp;
}

function wordsOf(proofs: readonly string[]): string {
  if (proofs.length === 0) return 'nothing on the way proves who the caller is';
  return `what is proved on the way (${[...new Set(proofs)].join(', ')}) is not about that subject`;
}

export default rule;
