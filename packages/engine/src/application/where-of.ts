import type { DataEntry, Position } from '../catalog/library.js';
import { optionsOf, textOf, type ExternalValue, type Origin, type Value } from '../program/value.js';
import { readSqlCall, sqlOf } from './sql-call.js';

/** A column that a query is bound to, and what to. */
export interface Bound {
  /** `undefined`: the primary key, whatever it is called. */
  readonly column: string | undefined;
  readonly value: Value;
  /** The table, alias or relation that is written before the column: `o` of `o.id`, `user` of `{ user: { id } }`. */
  readonly owner?: string;
  /** Where it is bound, if not in the call itself. */
  readonly origin?: Origin;
}

/** The argument, or the property of the argument, that a position names. */
export function valueAt(call: ExternalValue, position: Position): Value | undefined {
  const argument = call.call?.args[position.argument];
  if (position.property === undefined) return argument;
  return readProperty(argument, position.property);
}

/** @param seen Objects that were looked at: one may be spread into itself. */
export function readProperty(value: Value | undefined, name: string, seen = new Set<Value>()): Value | undefined {
  for (const option of value ? optionsOf(value) : []) {
    if (option.value.kind === 'object' && !seen.has(option.value)) {
      seen.add(option.value);
      const own = option.value.properties.get(name);
      if (own) return own;
      for (const spread of option.value.spread) {
        const inner = readProperty(spread, name, seen);
        if (inner) return inner;
      }
    }
  }
  return undefined;
}

/** The columns that the query's filter binds. */
export function boundColumns(call: ExternalValue, data: DataEntry): readonly Bound[] {
  if (data.entity === 'sql') return boundInSql(call, data);
  const bound: Bound[] = [];
  if (data.where) collectColumns(filterOf(call, data.where, data.options), bound, undefined, 0);
  if (data.key) collectKeys(valueAt(call, data.key), bound);
  if (data.conditions && call.receiver?.kind === 'external') collectConditions(call.receiver, data.conditions, bound);
  return bound;
}

/** The filter: the property that holds it, or the argument itself where it has none of the properties that options have. */
function filterOf(call: ExternalValue, where: Position, options: readonly string[] | undefined): Value | undefined {
  const argument = call.call?.args[where.argument];
  if (where.property === undefined || !argument) return argument;
  const filter = readProperty(argument, where.property);
  if (filter || argument.kind !== 'object' || !options) return filter;
  return options.some((name) => argument.properties.has(name)) ? undefined : argument;
}

function collectKeys(value: Value | undefined, into: Bound[]): void {
  for (const option of value ? optionsOf(value) : []) {
    if (option.value.kind === 'object' || option.value.kind === 'undefined') continue;
    into.push({ column: undefined, value: option.value });
  }
}

/** Both of several conditions, and one of them. */
const junction = /^(AND|OR|\$and|\$or)$/;
/** `{ id: { in: ids } }` compares, as `{ user: { id } }` does not. */
const comparison = /^(equals|in|eq|is|\$eq|\$in|\[\])$/;
/** The other comparisons do not name a record. */
const otherComparison =
  /^(not|notIn|ne|nin|lt|lte|gt|gte|like|ilike|contains|startsWith|endsWith|mode|search|has\w*|isEmpty|some|every|none|isNot|\$\w+)$/;

function collectColumns(value: Value | undefined, into: Bound[], owner: string | undefined, depth: number): void {
  if (!value || depth > 5) return;
  for (const option of optionsOf(value)) {
    const filter = option.value;
    if (filter.kind === 'array') for (const item of filter.items) collectColumns(item, into, owner, depth + 1);
    if (filter.kind !== 'object') continue;
    // `[Op.and]: […]` and `...filter`.
    for (const spread of filter.spread)
      if (spread.kind === 'array' || spread.kind === 'object') collectColumns(spread, into, owner, depth + 1);
    for (const [name, inner] of filter.properties) {
      if (junction.test(name)) collectColumns(inner, into, owner, depth + 1);
      else if (comparison.test(name) && owner !== undefined) into.push({ column: owner, value: inner });
      else if (!otherComparison.test(name)) collectColumn(name, inner, into, owner, depth);
    }
  }
}

function collectColumn(name: string, value: Value, into: Bound[], owner: string | undefined, depth: number): void {
  for (const { value: inner } of optionsOf(value)) {
    if (inner.kind !== 'object') {
      into.push({ column: name, value: inner, ...(owner === undefined ? {} : { owner }) });
      continue;
    }
    const names = [...inner.properties.keys()];
    const compared = names.filter((key) => comparison.test(key));
    for (const key of compared)
      into.push({ column: name, value: inner.properties.get(key) ?? inner, ...(owner === undefined ? {} : { owner }) });
    // `[Op.in]: ids`: which comparison it is does not show.
    if (names.length === 0)
      for (const spread of inner.spread)
        into.push({ column: name, value: spread, ...(owner === undefined ? {} : { owner }) });
    if (compared.length > 0 || names.some((key) => otherComparison.test(key))) continue;
    // `id_tenantId: { id, tenantId }` is a key of several columns, any other name that of a relation.
    const isCompound = names.length > 1 && name === names.join('_');
    collectColumns(inner, into, isCompound ? owner : name, depth + 1);
  }
}

/** What narrowed a query before it ran: `.where('user.id = :id', { id })`, `.where({ id })`, `.whereInIds(ids)`. */
function collectConditions(query: ExternalValue, conditions: readonly string[], into: Bound[]): void {
  const parameters = query.calls.flatMap((call) => {
    const args = call.call?.args ?? [];
    const name = call.path.endsWith('.setParameter()') ? textOf(args[0]) : undefined;
    if (name !== undefined && args[1]) return [objectOf(name, args[1], call.origin)];
    return call.path.endsWith('.setParameters()') ? args : [];
  });
  for (const call of query.calls) {
    const method = call.path.slice(call.path.lastIndexOf('.') + 1, -2);
    if (!conditions.includes(method)) continue;
    const found: Bound[] = [];
    const [first, ...rest] = call.call?.args ?? [];
    if (!first) continue;
    if (/ids?$/i.test(method)) collectKeys(first, found);
    else {
      for (const { value } of optionsOf(first)) {
        if (value.kind === 'object' || value.kind === 'array') collectColumns(value, found, undefined, 0);
      }
      found.push(...(boundInTriple(first, rest) ?? boundInText(sqlOf(first, [...rest, ...parameters], call))));
    }
    into.push(...found.map((bound) => ({ ...bound, origin: call.origin })));
  }
}

/** `.where('user.id', '=', id)` */
function boundInTriple(column: Value, [operator, value]: readonly Value[]): readonly Bound[] | undefined {
  const [, owner, name] = /^(?:(\w+)\.)?(\w+)$/.exec(textOf(column) ?? '') ?? [];
  const sign = textOf(operator);
  if (name === undefined || sign === undefined || !value) return undefined;
  return /^(=|==|in|is)$/i.test(sign) ? [{ column: name, value, ...(owner === undefined ? {} : { owner }) }] : [];
}

function objectOf(name: string, value: Value, origin: Origin): Value {
  return { kind: 'object', properties: new Map([[name, value]]), spread: [], origin };
}

function boundInSql(call: ExternalValue, data: DataEntry): readonly Bound[] {
  return boundInText(readSqlCall(call, data));
}

function boundInText(call: ReturnType<typeof readSqlCall>): readonly Bound[] {
  return call.statement.conditions.flatMap(({ qualifier, column, parameter }) => {
    const value = call.valueOf(parameter);
    return value ? [{ column, value, ...(qualifier === undefined ? {} : { owner: qualifier }) }] : [];
  });
}
