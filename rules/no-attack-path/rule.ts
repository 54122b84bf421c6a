import type { AttackPath, Rule } from '@blastradius/engine';
import { shortWordsOf } from './blast-radius.js';
import { collectAttackPaths } from './collect-attack-paths.js';

interface Options {
  readonly minimumRoutes: number;
}

const rule: Rule<Options> = {
  id: 'no-attack-path',
  meta: {
    description: "Flaws that are links of one chain lead from the outside to everybody's data",
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [284],
    owasp: ['API1', 'API2'],
    asvs: [],
    ismsP: ['2.11.2'],
    securitySeverity: 9.8,
    options: {
      schema: {
        minimumRoutes: {
          type: 'integer',
          minimum: 1,
          description: 'how many routes have to stay behind a path for it to be reported',
        },
      },
      defaults: { minimumRoutes: 1 },
    },
  },
  check(application, report, { minimumRoutes }) {
    for (const path of collectAttackPaths(application)) {
      if (path.radius.routes.length < minimumRoutes) continue;
      report({
        message: `${sentenceOf(path)}. To cut it here, ${path.cut.repair ?? ''}.`,
        place: path.cut.place,
        entity: path.entity,
        sink: path.sink,
        steps: path.links.flatMap(({ place, message, ruleId }) => [
          { place, message: ruleId === undefined ? message : `${message} (${ruleId})` },
        ]),
      });
    }
  },
};

function sentenceOf({ links, radius }: AttackPath): string {
  const ways = links.filter(({ stage }) => stage !== 'read').map(({ message }) => message);
  return `A path leads to the data of everybody, ${shortWordsOf(radius)}: ${ways.join('; ')}`;
}

export default rule;
