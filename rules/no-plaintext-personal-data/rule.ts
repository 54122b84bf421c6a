import type { PlainText, Route, Rule } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-plaintext-personal-data',
  meta: {
    description: 'Passwords, keys or numbers that name a person are stored as they are',
    severity: 'error',
    precision: 'high',
    recommended: false,
    cwe: [256, 311, 312, 916],
    owasp: ['API3'],
    asvs: ['6.5.2', '11.4.2', '14.2.4'],
    ismsP: ['2.5.4', '2.7.1'],
    securitySeverity: 8.1,
  },
  check(application, report) {
    const reported = new Set<string>();
    for (const route of application.routes) {
      for (const item of route.plainText) {
        const { file, line, column } = item.place;
        const key = `${file}:${String(line)}:${String(column)} ${item.column}`;
        // A service that several routes call is named once.
        if (reported.has(key)) continue;
        reported.add(key);
        report({
          message: `${wordsOf(item, route)}. ${remedyOf(item)}`,
          place: item.place,
          entity: item.column,
          sink: `${item.use} ${item.name}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` takes \`${item.input ?? 'the request'}\`` },
            ...item.steps,
            { place: item.place, message: `${useOf(item)} ${formOf(item)}` },
            ...(item.declaredAt ? [{ place: item.declaredAt, message: `\`${item.column}\` is declared` }] : []),
          ],
        });
      }
    }
  },
};

function wordsOf(item: PlainText, { title }: Route): string {
  const from = item.input === undefined ? 'a value that it makes' : `\`${item.input}\``;
  switch (item.use) {
    case 'stored':
      return `\`${title}\` stores ${from} in \`${item.column}\` ${formOf(item)} with \`${item.name}\``;
    case 'looked-up':
      return `\`${title}\` looks \`${item.column}\` up by ${from} with \`${item.name}\`, so it is stored ${formOf(item)}`;
    case 'compared':
      return `\`${title}\` compares \`${item.column}\` with ${from}, so it is stored ${formOf(item)}`;
  }
}

function useOf({ use, name, column }: PlainText): string {
  switch (use) {
    case 'stored':
      return `\`${name}\` writes \`${column}\``;
    case 'looked-up':
      return `\`${name}\` asks for \`${column}\``;
    case 'compared':
      return `\`${column}\` is compared`;
  }
}

function formOf({ form }: PlainText): string {
  return form === 'plain' ? 'as it is' : 'as a fast hash without a salt';
}

function remedyOf({ kind }: PlainText): string {
  switch (kind) {
    case 'password':
      return 'Whoever reads the database can log in as everybody: store a slow salted hash (argon2id, scrypt, bcrypt) and verify against it.';
    case 'secret':
      return 'Whoever reads the database can act with it: store a hash where it is only compared, and encrypt it where it is used.';
    default:
      return 'Whoever reads the database, a backup or a replica has it: encrypt it before it is stored, or list it under `encryptedColumns` where the database does.';
  }
}

export default rule;
