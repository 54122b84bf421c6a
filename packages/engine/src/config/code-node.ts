import { extractFacts } from '../facts/extract-facts.js';
import type { Expression, FileFacts, ObjectProperty, Statement } from '../facts/file-facts.js';
import type { SessionError } from '../session-error.js';
import type { ConfigFile } from './config-file.js';
import type { ConfigEntry, ConfigNode } from './config-node.js';

const allowed =
  'The configuration is read and never run: allowed are literals, arrays, objects, spreads and names of constants of this file, ' +
  'template strings without holes, and defineConfig(…) around the whole';

/**
 * Reads the default export, or `module.exports`, of a configuration in TypeScript or JavaScript as data.
 * @throws {SessionError} at the first thing that only running it could tell.
 */
export function readCodeNode(file: ConfigFile): ConfigNode {
  const facts = extractFacts(file.path, file.text);
  const [error] = facts.errors;
  if (error !== undefined) throw file.error(error.start, `this cannot be parsed: ${error.message}`);
  const constants = collectConstants(facts.body);
  const exported = findExported(facts, constants);
  if (exported === undefined) {
    throw file.error(0, 'nothing is exported; write `export default { … }`, or `module.exports = { … }`.');
  }
  return new CodeReader(file, constants).read(unwrap(exported));
}

function collectConstants(body: readonly Statement[]): ReadonlyMap<string, Expression> {
  const constants = new Map<string, Expression>();
  for (const statement of body) {
    if (statement.kind !== 'let' || !statement.const || statement.value === undefined) continue;
    if (statement.pattern.kind === 'name') constants.set(statement.pattern.name, statement.value);
  }
  return constants;
}

function findExported(facts: FileFacts, constants: ReadonlyMap<string, Expression>): Expression | undefined {
  for (const fact of facts.exports) {
    if (fact.kind === 'expression') return fact.value;
    if (fact.kind === 'local' && fact.exported === 'default') return constants.get(fact.local);
  }
  for (const statement of facts.body) {
    if (statement.kind !== 'expression' || statement.value.kind !== 'assign') continue;
    const { target, value } = statement.value;
    if (target.kind === 'target' && isModuleExports(target.target)) return value;
  }
  return undefined;
}

function isModuleExports(expression: Expression): boolean {
  return (
    expression.kind === 'member' &&
    expression.property === 'exports' &&
    expression.object.kind === 'name' &&
    expression.object.name === 'module'
  );
}

function unwrap(expression: Expression): Expression {
  if (expression.kind !== 'call' || expression.new || expression.args.length !== 1) return expression;
  const { callee, args } = expression;
  return callee.kind === 'name' && callee.name === 'defineConfig' ? (args[0] ?? expression) : expression;
}

class CodeReader {
  readonly #file: ConfigFile;
  readonly #constants: ReadonlyMap<string, Expression>;
  /** The constants that are being read: one that leads back to itself has no value. */
  readonly #open = new Set<string>();

  constructor(file: ConfigFile, constants: ReadonlyMap<string, Expression>) {
    this.#file = file;
    this.#constants = constants;
  }

  read(expression: Expression): ConfigNode {
    const offset = expression.start;
    switch (expression.kind) {
      case 'literal':
        if (expression.type !== undefined) throw this.#refuse(expression);
        return { kind: 'scalar', offset, value: expression.value };
      case 'array':
        return { kind: 'array', offset, items: expression.items.flatMap((item) => this.#readItem(item)) };
      case 'object':
        return {
          kind: 'object',
          offset,
          entries: expression.properties.flatMap((property) => this.#readProperty(property)),
        };
      case 'name':
        return this.#readConstant(expression.name, expression);
      case 'member':
        return this.#readMember(expression.property, expression);
      default:
        throw this.#refuse(expression);
    }
  }

  #readItem(item: Expression): readonly ConfigNode[] {
    if (item.kind !== 'spread') return [this.read(item)];
    const spread = this.read(item.value);
    if (spread.kind !== 'array') throw this.#file.error(item.start, 'only an array can be spread into an array.');
    return spread.items;
  }

  #readProperty(property: ObjectProperty): readonly ConfigEntry[] {
    if (property.kind === 'spread') {
      const spread = this.read(property.value);
      if (spread.kind !== 'object')
        throw this.#file.error(property.start, 'only an object can be spread into an object.');
      return spread.entries;
    }
    if (property.kind !== 'value') throw this.#refuse(property.value);
    const key = typeof property.key === 'string' ? property.key : this.#readKey(property.key);
    if (property.value.kind === 'name' && property.value.name === 'undefined') return [];
    return [{ key, offset: property.start, value: this.read(property.value) }];
  }

  #readKey(expression: Expression): string {
    const key = this.read(expression);
    if (key.kind !== 'scalar') throw this.#file.error(expression.start, 'only a text can be a key.');
    return String(key.value);
  }

  #readConstant(name: string, expression: Expression): ConfigNode {
    const value = this.#constants.get(name);
    if (value === undefined) throw this.#refuse(expression);
    if (this.#open.has(name)) throw this.#file.error(expression.start, `\`${name}\` leads back to itself.`);
    this.#open.add(name);
    const node = this.read(value);
    this.#open.delete(name);
    return node;
  }

  #readMember(property: string, expression: Expression & { readonly kind: 'member' }): ConfigNode {
    const object = this.read(expression.object);
    const entry = object.kind === 'object' ? object.entries.findLast(({ key }) => key === property) : undefined;
    if (entry === undefined) throw this.#file.error(expression.start, `there is no \`${property}\` in the constant.`);
    return entry.value;
  }

  #refuse(expression: Expression): SessionError {
    return this.#file.error(expression.start, `${describe(expression)} cannot stand here. ${allowed}.`);
  }
}

function describe(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return `\`${expression.name}\`, which is no constant of this file,`;
    case 'call':
      return expression.new ? 'A construction' : 'A call';
    case 'function':
      return 'A function';
    case 'class':
      return 'A class';
    case 'template':
      return expression.tag === undefined ? 'A template string with holes' : 'A tagged template string';
    case 'literal':
      return expression.type === 'regex' ? 'A regular expression' : 'A big integer';
    case 'import':
      return 'An import';
    case 'await':
      return 'An awaited value';
    default:
      return 'This expression';
  }
}
