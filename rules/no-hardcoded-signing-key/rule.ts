import type { KeySource, Rule, SigningKey } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-hardcoded-signing-key',
  meta: {
    description: 'A key that signs or verifies is written in the repository',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [321, 798],
    owasp: ['API2'],
    asvs: ['13.3.1'],
    ismsP: ['2.7.2', '2.8.5'],
    securitySeverity: 9.1,
  },
  check(application, report) {
    const alike = new Map<string, number>();
    for (const [key, ...others] of byOrigin(application.keys)) {
      if (!key) continue;
      const uses = [...new Set([key, ...others].map((item) => item.use))];
      const sink = `${key.origin.file} ${key.name} ${key.source}`;
      const before = alike.get(sink) ?? 0;
      alike.set(sink, before + 1);
      report({
        message: `${textOf(key)}, and ${inWords(uses)} it as a key. Whoever can read the repository can ${gainOf([key, ...others])}: load the key from a secret store or an environment variable that must be set, and replace it.`,
        place: key.origin,
        entity: key.name,
        sink: before === 0 ? key.source : `${key.source} ${String(before + 1)}`,
        steps: [...key.steps, ...others.map((item) => ({ place: item.usePlace, message: `used by \`${item.use}\`` }))],
      });
    }
    for (const { kind, name, place } of application.committedKeys) {
      const sink = `${place.file} ${name} ${kind}`;
      const before = alike.get(sink) ?? 0;
      alike.set(sink, before + 1);
      report({
        message: `${committedText(kind, name, place.file)} lies in the repository. Whoever can read the repository can make tokens with it: load the key from a secret store or an environment variable that must be set, and replace it.`,
        place,
        entity: name,
        sink: before === 0 ? kind : `${kind} ${String(before + 1)}`,
        steps: [{ place, message: `the ${kind} stands here; nothing in the code was seen to use it` }],
      });
    }
  },
};

function gainOf(keys: readonly SigningKey[]): string {
  return keys.every(({ purpose, seals }) => seals && purpose === 'encrypt')
    ? 'read what is encrypted with it'
    : 'make tokens';
}

function committedText(kind: string, name: string, file: string): string {
  return name === file ? `A ${kind}` : `The ${kind} \`${name}\``;
}

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

function inWords(uses: readonly string[]): string {
  const named = uses.map((use) => `\`${use}\``);
  return named.length === 1
    ? `${named.join('')} uses`
    : `${named.slice(0, -1).join(', ')} and ${named.slice(-1).join('')} use`;
}

function textOf(key: SigningKey): string {
  const isNamed = key.name !== 'a literal';
  switch (key.source) {
    case 'default':
      return isNamed
        ? `A literal stands in where \`${key.name}\` is not set`
        : 'A literal stands in where the key is not set';
    case 'file':
      return `\`${key.name}\` is written in the repository`;
    default:
      return isNamed ? `The text of \`${key.name}\` is written in code` : 'The text of this key is written in code';
  }
}

export default rule;
