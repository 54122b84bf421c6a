import { idOfPlace, type PlainText, type Route, type Rule } from '@blastradius/engine';

interface Options {
  readonly kinds: readonly PlainText['kind'][];
  readonly logs: boolean;
}

const kinds = ['password', 'secret', 'identity', 'payment', 'access-code', 'named'] as const;

const rule: Rule<Options> = {
  id: 'no-plaintext-personal-data',
  meta: {
    description: 'Passwords, keys or numbers that name a person are stored or logged as they are',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [256, 311, 312, 532, 916],
    owasp: ['API3'],
    asvs: ['6.5.2', '11.4.2', '14.2.4'],
    ismsP: ['2.5.4', '2.7.1'],
    securitySeverity: 8.1,
    options: {
      schema: {
        kinds: {
          type: 'array',
          items: { enum: kinds },
          description:
            'which of the columns above count: passwords; keys and codes; numbers of the state; cards and accounts; codes of doors; those of `personalColumns`',
        },
        logs: {
          type: 'boolean',
          description: 'whether lines of logs count, which something outside the program may redact',
        },
      },
      defaults: { kinds, logs: true },
    },
  },
  check(application, report, options) {
    const reported = new Set<string>();
    for (const route of application.routes) {
      for (const item of route.plainText) {
        if (!options.kinds.includes(item.kind) || (item.use === 'logged' && !options.logs)) continue;
        const key = keyOf(item, route);
        if (reported.has(key)) continue;
        reported.add(key);
        report({
          message: `${wordsOf(item, route)}. ${remedyOf(item)}`,
          place: item.place,
          entity: item.column,
          sink: item.use === 'logged' ? `logged ${item.name} ${route.title}` : `${item.use} ${item.name}`,
          steps: [
            { place: route.place, message: startOf(item, route) },
            ...item.steps,
            { place: item.place, message: `${useOf(item)} ${formOf(item)}` },
            ...(item.declaredAt ? [{ place: item.declaredAt, message: `\`${item.column}\` is declared` }] : []),
          ],
        });
      }
    }
  },
};

/**
 * What is told apart. A service that several routes call is named once, a logger for each place that calls it, and a
 * column that is asked for once, wherever that is: it is stored somewhere else.
 */
function keyOf({ use, column, place, steps }: PlainText, { application }: Route): string {
  if (use === 'looked-up' || use === 'compared') return `${use} ${application} ${column}`;
  const places = use === 'logged' ? [...steps.slice(-1).map((step) => step.place), place] : [place];
  return `${places.map(idOfPlace).join(' ')} ${column}`;
}

function wordsOf(item: PlainText, { title }: Route): string {
  const from = item.input === undefined ? 'a value that it makes' : `\`${item.input}\``;
  switch (item.use) {
    case 'stored':
      return `\`${title}\` stores ${from} in \`${item.column}\` ${formOf(item)} with \`${item.name}\``;
    case 'looked-up':
      return `\`${title}\` looks \`${item.column}\` up by ${from} with \`${item.name}\`, so it is stored ${formOf(item)}`;
    case 'compared':
      return `\`${title}\` compares \`${item.column}\` with ${from}, so it is stored ${formOf(item)}`;
    case 'logged':
      return `\`${title}\` writes \`${item.column}\` to a log as it is with \`${item.name}\``;
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
    case 'logged':
      return `\`${name}\` logs \`${column}\``;
  }
}

function startOf({ input }: PlainText, { title }: Route): string {
  return input === undefined ? `\`${title}\` is registered` : `\`${title}\` takes \`${input}\``;
}

function formOf({ form }: PlainText): string {
  return form === 'plain' ? 'as it is' : 'as a fast hash without a salt';
}

function remedyOf({ kind, use }: PlainText): string {
  if (use === 'logged') return 'Logs are read by many and kept for long: leave it out, or log a reference.';
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
