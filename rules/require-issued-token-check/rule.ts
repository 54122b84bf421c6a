import type { Application, Rule, TokenMint, TokenVerifier } from '@blastradius/engine';

interface Options {
  readonly allowedLifetime: number;
}

const rule: Rule<Options> = {
  id: 'require-issued-token-check',
  meta: {
    description: 'A token is believed on its signature alone, and nothing asks whether it was issued',
    severity: 'warning',
    precision: 'medium',
    recommended: false,
    cwe: [613],
    owasp: ['API2'],
    asvs: ['7.4.1', '7.4.2', '7.4.5'],
    ismsP: ['2.5.1', '2.5.3'],
    securitySeverity: 7.1,
    options: {
      schema: {
        allowedLifetime: {
          type: 'integer',
          minimum: 0,
          description: 'in seconds; tokens that live no longer need not be asked for, as nobody takes one back faster',
        },
      },
      defaults: { allowedLifetime: 15 * 60 },
    },
  },
  check(application, report, { allowedLifetime }) {
    const reported = new Set<string>();
    for (const verifier of application.tokenVerifiers) {
      if (verifier.asksStore !== 'missing' || isAskedElsewhere(verifier, application)) continue;
      const mint = mintOf(verifier, application, allowedLifetime);
      if (!mint) continue;
      const id = mint.keys[0]?.id ?? '';
      if (reported.has(id)) continue;
      reported.add(id);
      const verifiers = application.tokenVerifiers.filter(
        (item) => item.asksStore === 'missing' && sharesKey(mint, item),
      );
      const routes = [...new Set(verifiers.flatMap((item) => item.routes))];
      const [route] = verifier.routes;
      const { name = '' } = mint.keys[0] ?? {};
      const key = name === '' || name === 'a literal' ? '' : ` with \`${name}\``;
      const more = routes.length > 1 ? ` and ${String(routes.length - 1)} more` : '';
      report({
        message: `What \`${mint.name}\` makes${key} is believed by \`${verifier.name}\` on its signature alone, on \`${route ?? ''}\`${more}: one that was forged with a leaked key looks like one that was issued, and none can be taken back. Give each token an id, keep a record of it or of its session, and ask for that where it is verified.`,
        place: mint.place,
        entity: mint.name,
        sink: `${mint.place.file} ${mint.names[0] ?? ''}`,
        steps: [
          { place: mint.place, message: `\`${mint.name}\` makes the token` },
          ...verifiers.map(({ place, name, routes: behind }) => ({
            place,
            message: `\`${name}\` verifies it for ${behind.length === 1 ? `\`${behind[0] ?? ''}\`` : `${String(behind.length)} routes`}, and nothing is looked up`,
          })),
        ],
      });
    }
  },
};

function mintOf(verifier: TokenVerifier, { tokenMints }: Application, allowedLifetime: number): TokenMint | undefined {
  const mints = tokenMints.filter((mint) => sharesKey(mint, verifier));
  return mints.find(({ lifetime }) => lifetime === undefined || lifetime > allowedLifetime);
}

/** The same routes stand behind a second verifier that asks. */
function isAskedElsewhere(verifier: TokenVerifier, { tokenVerifiers }: Application): boolean {
  return tokenVerifiers.some(
    (other) => other.asksStore === 'set' && other.routes.some((route) => verifier.routes.includes(route)),
  );
}

function sharesKey(a: Pick<TokenMint, 'keys'>, b: Pick<TokenMint, 'keys'>): boolean {
  return a.keys.some(({ id }) => b.keys.some((key) => key.id === id));
}

export default rule;
