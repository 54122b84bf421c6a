/** One option, in the part of JSON Schema that ESLint and the configuration both understand. */
export type OptionSchema = BooleanSchema | IntegerSchema | ListSchema;

interface BooleanSchema {
  readonly type: 'boolean';
  /** What it means where it is set: a clause for a person. */
  readonly description: string;
}

interface IntegerSchema {
  readonly type: 'integer';
  readonly minimum: number;
  readonly description: string;
}

interface ListSchema {
  readonly type: 'array';
  /** `minLength` says that any text will do, `enum` which. */
  readonly items: { readonly type: 'string'; readonly minLength: 1 } | { readonly enum: readonly string[] };
  readonly description: string;
}

/** What a team can say of a rule. Whoever says some of it gets the defaults for the rest. */
export interface RuleOptions<Options extends object = object> {
  /** By name. */
  readonly schema: Readonly<Record<string, OptionSchema>>;
  readonly defaults: Options;
}

/** A list in Markdown for the page of a rule, a line for each option. */
export function listOptions({ schema, defaults }: RuleOptions): string {
  const given = new Map<string, unknown>(Object.entries(defaults));
  return Object.entries(schema)
    .map(
      ([name, option]) =>
        `- \`${name}\` (${kindOf(option)}; default \`${JSON.stringify(given.get(name))}\`): ${option.description}`,
    )
    .join('\n');
}

function kindOf(option: OptionSchema): string {
  switch (option.type) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `a whole number from ${String(option.minimum)} up`;
    case 'array':
      return 'enum' in option.items
        ? `a list of ${option.items.enum.map((item) => `\`"${item}"\``).join(', ')}`
        : 'a list of names';
  }
}
