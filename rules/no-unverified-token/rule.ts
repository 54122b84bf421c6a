import {
  idOfPlace,
  type Application,
  type Report,
  type Route,
  type Rule,
  type UnverifiedToken,
  type VerifierFlaw,
} from '@blastradius/engine';

const rule: Rule = {
  id: 'no-unverified-token',
  meta: {
    description: 'A token is believed that nobody has verified',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [345, 347],
    owasp: ['API2'],
    asvs: ['9.1.1', '9.1.2', '9.2.1'],
    ismsP: ['2.5.3'],
    securitySeverity: 9.1,
  },
  check(application, report) {
    const reported = new Set<string>();
    const once = (item: Report): void => {
      const key = idOfPlace(item.place);
      if (reported.has(key)) return;
      reported.add(key);
      report(item);
    };
    for (const { name, place, flaws } of application.verifiers) {
      const [flaw] = flaws;
      if (!flaw) continue;
      once({
        message: `\`${name}\` ${wordsOf(flaw)}. Pin the algorithms and the key in the program, and let a bad token fail.`,
        place,
        entity: name,
        sink: `${name} ${flaws.map(({ kind }) => kind).join(' ')}`,
        steps: flaws.map((item) => ({ place: item.place, message: wordsOf(item) })),
      });
    }
    for (const token of application.unverified) once(reportOf(token, undefined));
    for (const route of application.routes) {
      for (const token of route.unverified) {
        if (token.kind === 'ignored' && !isReliedOn(token, route, application)) continue;
        once(reportOf(token, route));
      }
    }
  },
};

function reportOf(token: UnverifiedToken, route: Route | undefined): Report {
  const { name, place, use, usePlace } = token;
  const where = route ? ` on \`${route.title}\`` : '';
  const message =
    token.kind === 'read'
      ? `\`${name}\` reads a token that nobody has verified, and \`${use ?? 'the program'}\` believes it: whoever writes a token is whoever they say${where}. Verify the token instead.`
      : `\`${name}\` verifies, and where it fails the request goes on${route ? ` to \`${route.title}\`` : ''}. Reject where the verification fails, and wait for it.`;
  return {
    message,
    place,
    entity: name,
    sink: `${name} ${use ?? token.kind}`,
    steps: [
      ...(route ? [{ place: route.place, message: `\`${route.title}\` is registered` }] : []),
      { place, message: token.kind === 'read' ? `\`${name}\` does not look at the signature` : `\`${name}\` verifies` },
      ...(usePlace ? [{ place: usePlace, message: `\`${use ?? ''}\` uses what it says` }] : []),
    ],
  };
}

/** Nothing else asks who the caller is; where another guard does, behind the same verification, it only looks. */
function isReliedOn(token: UnverifiedToken, route: Route, application: Application): boolean {
  if (!route.isOpen() || route.onPurpose || route.authenticates) return false;
  if (!route.exposed && route.accesses.every(({ proved }) => proved)) return false;
  const id = idOfPlace(token.place);
  return !application.routes.some(
    (other) => other.isGuarded() && other.unverified.some(({ place }) => idOfPlace(place) === id),
  );
}

function wordsOf({ kind, name }: VerifierFlaw): string {
  switch (kind) {
    case 'none':
      return 'accepts tokens without a signature (`none`)';
    case 'expired':
      return 'accepts tokens whose time is over (`ignoreExpiration`)';
    case 'own-key':
      return `verifies with the key that the token itself brings (\`${name ?? 'header'}\`)`;
    case 'own-algorithm':
      return `lets the token itself choose the algorithm (\`${name ?? 'header.alg'}\`)`;
    case 'unverified':
      return 'is told not to look at the signature';
  }
}

export default rule;
