import { closestMatch } from 'leven';
import type { OptionSchema, RuleOptions } from '../finding/rule-options.js';
import type { SessionError } from '../session-error.js';
import type { Config, ConfigWord, PublicRoute, RuleSetting, WordKey } from './config.js';
import type { ConfigFile } from './config-file.js';
import type { ConfigEntry, ConfigNode } from './config-node.js';

type WordField = Exclude<keyof ConfigWord, 'name'>;

interface WordShape {
  readonly fields: readonly WordField[];
  /** Whether the name leads to something exported, `package#export`; otherwise it is any text. */
  readonly isAccessPath: boolean;
}

const words: Readonly<Record<WordKey, WordShape>> = {
  guards: { fields: ['proves', 'subject'], isAccessPath: true },
  authorizers: { fields: ['proves', 'subject'], isAccessPath: true },
  mints: { fields: ['subject', 'key'], isAccessPath: true },
  verifiers: { fields: ['proves', 'subject', 'key'], isAccessPath: true },
  credentialChecks: { fields: ['proves', 'subject'], isAccessPath: true },
  keys: { fields: [], isAccessPath: true },
  ids: { fields: ['kind'], isAccessPath: false },
  limiters: { fields: ['subject', 'by', 'routes'], isAccessPath: true },
  audit: { fields: ['routes'], isAccessPath: true },
  publicMetadata: { fields: [], isAccessPath: false },
};

const limitedBy = ['address', 'caller', 'identifier', 'everything'];
const idKinds = ['random', 'sequential', 'assigned'];

const listKeys = ['internalPaths', 'publicRoutes', 'personalColumns', 'encryptedColumns'];
const otherKeys = ['include', 'exclude', 'rules', ...listKeys, '$schema'];

/** The keys by which a project says what its own code, columns and routes mean. */
export const configurationWords: readonly string[] = [...Object.keys(words), ...listKeys];

/** What has to be known of a rule to read what is said of it. */
export interface KnownRule {
  readonly id: string;
  readonly meta: { readonly options?: Pick<RuleOptions, 'schema'> };
}

/** By key; of two entries with one key the last. */
type Values = ReadonlyMap<string, ConfigEntry>;

/**
 * @param knownRules The rules that there are; without them any id is taken, and options none.
 * @throws {SessionError} at the first unknown key or value of a wrong type.
 */
export function checkConfig(file: ConfigFile, node: ConfigNode, knownRules: readonly KnownRule[] | undefined): Config {
  const checker = new Checker(file);
  const values = checker.fields(node, 'the configuration', [...otherKeys, ...Object.keys(words)]);
  const list = <T>(key: string, read: (item: ConfigNode) => T): readonly T[] => {
    const entry = values.get(key);
    return entry === undefined ? [] : checker.list(entry.value, key, read);
  };
  const texts = (key: string): readonly string[] => list(key, (item) => checker.text(item, `an entry of \`${key}\``));
  const wordsOf = (key: WordKey): readonly ConfigWord[] => list(key, (item) => readWord(checker, item, key));
  const rules = values.get('rules');
  const ruleSettings = rules === undefined ? [] : readRules(checker, rules.value, knownRules);

  return {
    file: file.path,
    include: values.has('include') ? texts('include') : undefined,
    exclude: texts('exclude'),
    rules: Object.fromEntries(ruleSettings.map(({ id, severity }) => [id, severity])),
    ruleOptions: Object.fromEntries(
      ruleSettings.flatMap(({ id, options }) => (options === undefined ? [] : [[id, options]])),
    ),
    internalPaths: texts('internalPaths'),
    publicRoutes: list('publicRoutes', (item) => readRoute(checker, item)),
    personalColumns: texts('personalColumns'),
    encryptedColumns: texts('encryptedColumns'),
    guards: wordsOf('guards'),
    authorizers: wordsOf('authorizers'),
    mints: wordsOf('mints'),
    verifiers: wordsOf('verifiers'),
    credentialChecks: wordsOf('credentialChecks'),
    keys: wordsOf('keys'),
    ids: wordsOf('ids'),
    limiters: wordsOf('limiters'),
    audit: wordsOf('audit'),
    publicMetadata: wordsOf('publicMetadata'),
  };
}

function readWord(checker: Checker, node: ConfigNode, key: WordKey): ConfigWord {
  const { fields, isAccessPath } = words[key];
  const name = (text: ConfigNode, isText = !isAccessPath): string => {
    const value = checker.text(text, `a name under \`${key}\``);
    if (key === 'ids' && !/[^#.][#.][^#.]/.test(value))
      throw checker.error(
        text,
        `"${value}" is neither a column nor a function; write \`Order.number\` or \`src/ids.ts#decodeId\`.`,
      );
    if (isText || /^[^#]+#[^#]+$/.test(value)) return value;
    throw checker.error(
      text,
      `"${value}" is no access path; write \`package#export\` or \`src/file.ts#export\`, as in "@acme/auth#requireUser".`,
    );
  };
  if (node.kind === 'scalar') return { name: name(node) };

  const what = `an entry of \`${key}\``;
  const values = checker.fields(node, what, ['name', ...fields]);
  const proves = values.get('proves');
  const subject = values.get('subject');
  const position = values.get('key');
  const by = values.get('by');
  const kind = values.get('kind');
  const routes = values.get('routes');
  return {
    // What stands in front of the program is called as people call it.
    name: name(checker.required(values, node, what, 'name'), !isAccessPath || routes !== undefined),
    ...(proves && { proves: checker.text(proves.value, '`proves`') }),
    ...(subject && { subject: checker.position(subject.value, '`subject`') }),
    ...(position && { key: checker.position(position.value, '`key`') }),
    ...(by && { by: checker.oneOf(by.value, '`by`', limitedBy) }),
    ...(kind && { kind: checker.oneOf(kind.value, '`kind`', idKinds) }),
    ...(routes && {
      routes: checker.list(routes.value, 'routes', (item) => checker.text(item, 'an entry of `routes`')),
    }),
  };
}

function readRoute(checker: Checker, node: ConfigNode): PublicRoute {
  const what = 'an entry of `publicRoutes`';
  const values = checker.fields(node, what, ['route', 'reason']);
  return {
    route: checker.text(checker.required(values, node, what, 'route'), '`route`'),
    reason: checker.text(checker.required(values, node, what, 'reason'), '`reason`'),
  };
}

const severities: readonly string[] = ['off', 'warn', 'error'] satisfies RuleSetting[];

function isSeverity(value: unknown): value is RuleSetting {
  return typeof value === 'string' && severities.includes(value);
}

interface ReadRule {
  readonly id: string;
  readonly severity: RuleSetting;
  readonly options?: object;
}

function readRules(
  checker: Checker,
  node: ConfigNode,
  knownRules: readonly KnownRule[] | undefined,
): readonly ReadRule[] {
  const ids = knownRules?.map(({ id }) => id);
  return [...checker.fields(node, '`rules`', ids)].map(([id, { value }]) => {
    if (value.kind !== 'array') return { id, severity: readSeverity(checker, value, id) };
    const [severity, options, more] = value.items;
    if (severity === undefined || more !== undefined) {
      throw checker.error(more ?? value, `the setting of \`${id}\` must be a severity, or [severity, options].`);
    }
    const schema = knownRules?.find((rule) => rule.id === id)?.meta.options?.schema;
    return {
      id,
      severity: readSeverity(checker, severity, id),
      ...(options && { options: readOptions(checker, options, id, schema) }),
    };
  });
}

function readSeverity(checker: Checker, node: ConfigNode, id: string): RuleSetting {
  if (node.kind === 'scalar' && isSeverity(node.value)) return node.value;
  throw checker.error(node, `the severity of \`${id}\` must be "off", "warn" or "error".`);
}

function readOptions(
  checker: Checker,
  node: ConfigNode,
  id: string,
  schema: RuleOptions['schema'] | undefined,
): object {
  if (schema === undefined) throw checker.error(node, `\`${id}\` takes no options.`);
  const options = new Map(Object.entries(schema));
  const given = checker.fields(node, `the options of \`${id}\``, [...options.keys()]);
  const read = [...given].flatMap(([name, { value }]): readonly (readonly [string, unknown])[] => {
    const option = options.get(name);
    return option === undefined ? [] : [[name, readOption(checker, value, name, option)]];
  });
  return Object.fromEntries(read);
}

function readOption(checker: Checker, node: ConfigNode, name: string, option: OptionSchema): unknown {
  switch (option.type) {
    case 'boolean':
      return checker.boolean(node, `\`${name}\``);
    case 'integer':
      return checker.wholeNumber(node, `\`${name}\``, option.minimum);
    case 'array': {
      const { items } = option;
      const what = `an entry of \`${name}\``;
      return checker.list(node, name, (item) =>
        'enum' in items ? checker.oneOf(item, what, items.enum) : checker.text(item, what),
      );
    }
  }
}

class Checker {
  readonly #file: ConfigFile;

  constructor(file: ConfigFile) {
    this.#file = file;
  }

  error(node: { readonly offset: number }, message: string): SessionError {
    return this.#file.error(node.offset, message);
  }

  /** The entries of an object by key; of two with one key the last counts, as in JavaScript. */
  fields(node: ConfigNode, what: string, known: readonly string[] | undefined): Values {
    if (node.kind !== 'object') throw this.#mistyped(node, what, 'an object');
    for (const entry of node.entries) {
      if (known === undefined || known.includes(entry.key)) continue;
      const nearest = closestMatch(entry.key, known, { maxDistance: Math.max(2, Math.floor(entry.key.length / 3)) });
      const advice = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean \`${nearest}\`?`;
      throw this.error(entry, `\`${entry.key}\` is unknown in ${what}: ${advice}`);
    }
    return new Map(node.entries.map((entry) => [entry.key, entry]));
  }

  required(values: Values, node: ConfigNode, what: string, key: string): ConfigNode {
    const entry = values.get(key);
    if (entry === undefined) throw this.error(node, `${what} needs \`${key}\`.`);
    return entry.value;
  }

  list<T>(node: ConfigNode, key: string, read: (item: ConfigNode) => T): readonly T[] {
    if (node.kind !== 'array') throw this.#mistyped(node, `\`${key}\``, 'an array');
    return node.items.map(read);
  }

  text(node: ConfigNode, what: string): string {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') throw this.#mistyped(node, what, 'a string');
    if (node.value.trim() === '') throw this.error(node, `${what} must not be empty.`);
    return node.value;
  }

  oneOf(node: ConfigNode, what: string, known: readonly string[]): string {
    const value = this.text(node, what);
    if (known.includes(value)) return value;
    throw this.error(node, `${what} must be one of ${known.map((item) => `"${item}"`).join(', ')}, not "${value}".`);
  }

  boolean(node: ConfigNode, what: string): boolean {
    if (node.kind !== 'scalar' || typeof node.value !== 'boolean') throw this.#mistyped(node, what, 'true or false');
    return node.value;
  }

  wholeNumber(node: ConfigNode, what: string, minimum: number): number {
    if (node.kind !== 'scalar' || typeof node.value !== 'number') throw this.#mistyped(node, what, 'a number');
    if (Number.isInteger(node.value) && node.value >= minimum) return node.value;
    throw this.error(node, `${what} must be a whole number from ${minimum} up, not ${node.value}.`);
  }

  position(node: ConfigNode, what: string): number | string {
    if (node.kind === 'scalar' && typeof node.value === 'number') {
      if (Number.isInteger(node.value) && node.value >= 0) return node.value;
      throw this.error(node, `${what} counts arguments from 0.`);
    }
    if (node.kind === 'scalar' && typeof node.value === 'string') return this.text(node, what);
    throw this.#mistyped(node, what, 'the index of an argument or the name of an option');
  }

  #mistyped(node: ConfigNode, what: string, expected: string): SessionError {
    return this.error(node, `${what} must be ${expected}, not ${describe(node)}.`);
  }
}

function describe(node: ConfigNode): string {
  if (node.kind === 'array') return 'an array';
  if (node.kind === 'object') return 'an object';
  return node.value === null ? 'null' : `a ${typeof node.value}`;
}
