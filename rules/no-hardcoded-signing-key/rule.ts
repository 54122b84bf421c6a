import type { KeySource, Rule, SigningKey } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-hardcoded-signing-key',
  meta: {
    description: 'A key that signs or verifies is written in the repository.',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [321, 798],
    owasp: ['API2'],
    securitySeverity: 9.1,
  },
  check(application, report) {
    for (const [key, ...others] of byOrigin(application.keys)) {
      if (!key) continue;
      const uses = [...new Set([key, ...others].map((item) => item.use))].map((use) => `\`${use}\``).join(', ');
      report({
        message: `${textOf(key)}, and ${uses} uses it as a key. Whoever can read the repository can make tokens: load the key from a secret store or an environment variable that must be set, and replace it.`,
        place: key.origin,
        entity: key.name,
        sink: `${key.source} ${key.use}`,
        steps: [
          ...key.steps,
          ...others.map((item) => ({ place: item.usePlace, message: `used by \`${item.use}\`` })),
        ],
      });
    }
  },
};

const written: ReadonlySet<KeySource> = new Set<KeySource>(['literal', 'default', 'file']);

/** Keys whose text is in the repository, those with one origin together. */
function byOrigin(keys: readonly SigningKey[]): Iterable<readonly SigningKey[]> {
  const groups = new Map<string, SigningKey[]>();
  for (const key of keys) {
    if (!written.has(key.source)) continue;
    const { file, line, column } = key.origin;
    const id = `${file}:${String(line)}:${String(column)}`;
    groups.set(id, [...(groups.get(id) ?? []), key]);
  }
  return groups.values();
}

function textOf(key: SigningKey): string {
  switch (key.source) {
    case 'default':
      return key.name === 'a literal' ? 'A literal stands in where the key is not set' : `A literal stands in where \`${key.name}\` is not set`;
    case 'file':
      return `\`${key.name}\` is written in the repository`;
    default:
      return 'The text of this key is written in code';
  }
}

export default rule;
