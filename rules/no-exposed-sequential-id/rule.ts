import type { Rule } from '@blastradius/engine';

interface Options {
  readonly ignore: readonly string[];
}

const rule: Rule<Options> = {
  id: 'no-exposed-sequential-id',
  meta: {
    description: 'Callers can name records by a key that counts up',
    severity: 'warning',
    precision: 'high',
    recommended: true,
    cwe: [340, 639],
    owasp: ['API1', 'API3'],
    asvs: ['8.2.2'],
    ismsP: ['2.5.2', '2.6.3'],
    securitySeverity: 6.5,
    options: {
      schema: {
        ignore: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description:
            'entities whose records anybody may count (`Article`), or one key of an entity (`Invoice.number`)',
        },
      },
      defaults: { ignore: [] },
    },
  },
  check(application, report, { ignore }) {
    for (const route of application.routes) {
      const seen = new Set<string>();
      for (const { name, place, entity, identifier, input, steps } of route.lookups) {
        const key = `${entity.name}.${identifier.field}`;
        if (ignore.includes(entity.name) || ignore.includes(key)) continue;
        // A record that is looked up, checked and then changed is named once.
        if (seen.has(`${key} ${input}`)) continue;
        seen.add(`${key} ${input}`);
        report({
          message: `\`${route.title}\` lets callers name \`${entity.name}\` by \`${input}\`, and \`${key}\` counts up (${identifier.evidence}): whoever knows one can name all others. Use a random public id (uuid, cuid, nanoid) towards the outside.`,
          place,
          entity: `${key} ${route.title}`,
          sink: name,
          steps: [
            { place: route.place, message: `\`${route.title}\` takes \`${input}\` from the caller` },
            ...steps,
            { place, message: `\`${name}\` looks up by it` },
            { place: identifier.place, message: `\`${key}\` counts up: ${identifier.evidence}` },
          ],
        });
      }
    }
  },
};

export default rule;
