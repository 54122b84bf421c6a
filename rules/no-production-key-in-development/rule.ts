import type { ProductionKeyReach, Rule } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-production-key-in-development',
  meta: {
    description: 'Development reaches a key of production',
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [250],
    owasp: ['API8'],
    asvs: ['13.3.1', '13.3.2'],
    ismsP: ['2.7.2', '2.8.3'],
    securitySeverity: 7.7,
  },
  check(application, report) {
    for (const reach of application.productionKeyReaches) {
      report({
        message: `${wordsOf(reach)}. Whoever develops, and whoever takes a laptop along, can then sign as production does: give development a key of its own, and let production's be used by production alone.`,
        place: reach.place,
        entity: reach.name,
        sink: `${reach.kind} ${reach.what}`,
        steps: reach.steps,
      });
    }
  },
};

function wordsOf({ kind, name, what }: ProductionKeyReach): string {
  switch (kind) {
    case 'shared':
      return `Development and production have one \`${name}\`: \`${what}\` holds the same`;
    case 'named':
      return `Development names \`${name}\`, a key of production in ${what}`;
    case 'loaded':
      return `Development starts with the settings of production: \`${what}\` holds \`${name}\``;
  }
}

export default rule;
