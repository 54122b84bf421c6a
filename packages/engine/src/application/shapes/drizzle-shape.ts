import type { AccessPath } from '../../program/access-path.js';
import type { Interpreter } from '../../program/interpreter.js';
import {
  externalValue,
  optionsOf,
  textOf,
  unionOf,
  type ExternalValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const operators = 'drizzle-orm#';
/** https://orm.drizzle.team/docs/operators: those that name records, and those that keep some out. */
const equalities: ReadonlySet<string> = new Set(['eq', 'inArray', 'arrayContains', 'arrayOverlaps']);
const others: ReadonlySet<string> = new Set([
  ...['ne', 'gt', 'gte', 'lt', 'lte', 'between', 'notBetween', 'notInArray', 'isNull', 'isNotNull'],
  ...['like', 'notLike', 'ilike', 'notIlike', 'not', 'notExists', 'arrayContained'],
]);
const tableColumns = /^(getTableColumns|getColumns|getViewSelectedFields)$/;
/** What makes a table, a view or another name for one. */
const maker =
  /^drizzle-orm\/[\w-]+-core#(?:\w*(?:Table|View)(?:Creator\(\))?|\w+Schema\(\)\.(?:table|view|materializedView)|alias)(?:\.withRLS)?\(\)(?:\.\w+\(\))?$/;
const relational = /^drizzle-orm(?:\/[\w/-]+)?#.*\._?query\.\w+(\.find(?:First|Many)\(\))?$/;

/** Conditions that functions make of columns, statements in tagged templates, filters that are functions. */
export const drizzleShape: OddShape = {
  evaluates: (path) => isOperator(path) || relational.test(path.text),

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    if (isOperator(call.at)) return evaluateOperator(call);
    askFilter(call, interpreter);
    return undefined;
  },
};

function isOperator({ root, isCall }: AccessPath): boolean {
  return isCall && root.step === operators;
}

function evaluateOperator(call: ExternalValue): Value | undefined {
  const name = call.path.slice(operators.length, -2);
  const args = call.call?.args ?? [];
  const { origin } = call;
  if (equalities.has(name)) return equality(args, origin);
  if (others.has(name)) return filter([], origin);
  // Run with 0.45.4: what is `undefined` among them is left out.
  if (name === 'and') return filter([['AND', listOf(args, origin)]], origin);
  if (name === 'or') {
    const given = args.map(present).filter((arg) => arg !== undefined);
    return given.length > 0 ? filter([['OR', listOf(given, origin)]], origin) : filter([], origin);
  }
  if (name === 'sql') return statement(args[0]);
  if (name === 'sql.raw' || name === 'sql.identifier' || tableColumns.test(name)) return args[0];
  return undefined;
}

function listOf(items: readonly Value[], origin: Origin): Value {
  return { kind: 'array', items: [...items], open: false, origin };
}

function filter(properties: readonly (readonly [string, Value])[], origin: Origin): ObjectValue {
  return { kind: 'object', properties: new Map(properties), spread: [], origin };
}

/** What is left of a value without `undefined`. */
function present(value: Value): Value | undefined {
  if (value.kind === 'undefined') return undefined;
  if (value.kind !== 'union') return value;
  const options = value.options.filter((option) => option.value.kind !== 'undefined');
  return options.length > 0 ? unionOf(options) : undefined;
}

/** `eq(users.id, id)`: the filter `{ users: { id } }`. Two columns that are equal join tables. */
function equality([left, right]: readonly Value[], origin: Origin): Value | undefined {
  if (!left || !right) return undefined;
  const [first, second] = [columnOf(left), columnOf(right)];
  if (first && second) return filter([], origin);
  const column = first ?? second;
  if (!column) return undefined;
  const bound = filter([[column.name, first ? right : left]], origin);
  return column.table === undefined ? bound : filter([[column.table, bound]], origin);
}

/** `users.id`, with the table that it is read from. */
function columnOf(value: Value): { readonly name: string; readonly table: string | undefined } | undefined {
  if (value.kind !== 'external' || value.call || value.receiver?.kind !== 'external') return undefined;
  const { receiver } = value;
  if (receiver.call) return maker.test(receiver.path) ? { name: value.at.step, table: tableName(receiver) } : undefined;
  return relational.test(receiver.path) ? { name: value.at.step, table: receiver.at.step } : undefined;
}

/** `pgTable('users', …)`, `alias(users, 'other')` */
function tableName(table: ExternalValue): string | undefined {
  const [first] = table.call?.args ?? [];
  if (first?.kind === 'external') return tableName(first);
  return textOf(first) ?? (table.receiver?.kind === 'external' ? tableName(table.receiver) : undefined);
}

/** A statement with the names of its tables and columns written out. */
function statement(template: Value | undefined): Value | undefined {
  if (template?.kind !== 'text') return template;
  return { ...template, parts: template.parts.map(written) };
}

function written(part: Value): Value {
  if (part.kind !== 'external') return part;
  const name = part.call && maker.test(part.path) ? tableName(part) : columnOf(part)?.name;
  return name === undefined ? part : { kind: 'literal', value: name, origin: part.origin };
}

/** `findFirst({ where: (orders, { eq }) => eq(orders.id, id) })`: the filter is what the function gives. */
function askFilter(call: ExternalValue, interpreter: Interpreter): void {
  const [options] = call.call?.args ?? [];
  for (const { value } of options ? optionsOf(options) : []) {
    const where = value.kind === 'object' ? value.properties.get('where') : undefined;
    if (value.kind !== 'object' || where?.kind !== 'function' || !call.receiver) continue;
    value.properties.set(
      'where',
      interpreter.call(where, [call.receiver, externalValue(operators, call.origin)], call.origin),
    );
    call.meaning = undefined;
  }
}
