import type { Rule } from '@blastradius/engine';

/** The rules as a list for a person: id, sets, default severity, what it finds. */
export function describeRules(rules: readonly Rule[]): string {
  return rules
    .map(({ id, meta }) => {
      const sets = meta.recommended ? 'recommended, strict' : 'strict';
      return `${id}\n  ${meta.description}\n  ${meta.severity}; sets: ${sets}\n`;
    })
    .join('\n');
}
