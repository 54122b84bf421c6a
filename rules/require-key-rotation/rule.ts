import { idOfPlace, type KeyUses, type Rule, type TokenMint } from '@blastradius/engine';

interface Options {
  readonly allowedLifetime: number;
}

const rule: Rule<Options> = {
  id: 'require-key-rotation',
  meta: {
    description: 'A signing key cannot be replaced while the program runs',
    severity: 'warning',
    precision: 'medium',
    recommended: false,
    cwe: [324],
    owasp: ['API2'],
    asvs: ['11.2.2', '13.3.4'],
    ismsP: ['2.7.2'],
    securitySeverity: 5.9,
    options: {
      schema: {
        allowedLifetime: {
          type: 'integer',
          minimum: 0,
          description:
            'in seconds; a key whose tokens are all known to live no longer may stand fast, as nobody misses them',
        },
      },
      defaults: { allowedLifetime: 0 },
    },
  },
  check(application, report, { allowedLifetime }) {
    const reported = new Set<string>();
    for (const uses of application.keyUses) {
      const [mint] = uses.mints;
      const [verifier] = uses.verifiers;
      if (!mint || !verifier || !standsFast(uses) || isShortLived(uses, allowedLifetime)) continue;
      const places = [...uses.mints, ...uses.verifiers].map(({ place }) => idOfPlace(place)).join(' ');
      if (reported.has(places)) continue;
      reported.add(places);
      const named = uses.key.name === 'a literal' ? 'one key' : `\`${uses.key.name}\``;
      report({
        message: `\`${mint.name}\` signs with ${named} and names no \`kid\`, and \`${verifier.name}\` knows that one key: to replace it ends every token that is out, and until somebody does, a leaked one stays good. Put a \`kid\` into each token, and let the verifier choose among the keys that are valid.`,
        place: mint.place,
        entity: uses.key.name,
        sink: mint.name,
        steps: [
          {
            place: uses.key.place,
            message: `reads ${uses.key.name === 'a literal' ? 'the key' : `\`${uses.key.name}\``}`,
          },
          ...firstByPlace(uses.mints).map(({ place, name }) => ({
            place,
            message: `\`${name}\` signs without a \`kid\``,
          })),
          ...firstByPlace(uses.verifiers).map(({ place, name }) => ({
            place,
            message: `\`${name}\` verifies with that key`,
          })),
        ],
      });
    }
  },
};

function standsFast({ mints, verifiers }: KeyUses): boolean {
  return (
    mints.every(({ keyId, keys }) => keyId === 'missing' && keys.length === 1) &&
    verifiers.every(({ keyChoice }) => keyChoice === 'one')
  );
}

function isShortLived({ mints }: KeyUses, allowedLifetime: number): boolean {
  return mints.every(({ lifetime }) => lifetime !== undefined && lifetime <= allowedLifetime);
}

function firstByPlace<Item extends Pick<TokenMint, 'place' | 'name'>>(items: readonly Item[]): readonly Item[] {
  return items.filter(
    (item, index) => items.findIndex((other) => idOfPlace(other.place) === idOfPlace(item.place)) === index,
  );
}

export default rule;
