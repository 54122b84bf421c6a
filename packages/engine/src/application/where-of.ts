import type { DataEntry, Position } from '../catalog/library.js';
import { limits } from '../limits.js';
import type { Condition } from '../program/condition.js';
import type { Proof } from '../program/proof.js';
import {
  absentValue,
  Notes,
  optionsOf,
  textOf,
  unionOf,
  type ExternalValue,
  type ObjectValue,
  type Option,
  type Origin,
  type Value,
} from '../program/value.js';
import { readSqlCall, sqlOf, type SqlCall } from './sql-call.js';
import type { SqlCondition } from './sql-statement.js';

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
export function readProperty(value: Value | undefined, name: string, seen?: Set<Value>): Value | undefined {
  if (value?.kind === 'object') return propertyIn(value, name, seen);
  if (value?.kind !== 'union') return undefined;
  for (const option of value.options) {
    const found = option.value.kind === 'object' ? propertyIn(option.value, name, seen) : undefined;
    if (found) return found;
  }
  return undefined;
}

function propertyIn(object: ObjectValue, name: string, seen: Set<Value> | undefined): Value | undefined {
  const own = object.properties.get(name);
  if (own || object.spread.length === 0 || seen?.has(object)) return own;
  const looked = (seen ?? new Set<Value>()).add(object);
  for (const spread of object.spread) {
    const inner = readProperty(spread, name, looked);
    if (inner) return inner;
  }
  return undefined;
}

/** The columns that the query's filter binds. */
export function boundColumns(call: ExternalValue, data: DataEntry): readonly Bound[] {
  const known = columns.get(call);
  if (known) return known;
  const bound = readColumns(call, data);
  // A builder may still be narrowed further, and a filter that is a function has not been asked yet.
  const isFinal = !data.conditions && (!data.where || valueAt(call, data.where)?.kind !== 'function');
  if (isFinal) columns.set(call, bound);
  return bound;
}

/** What was called to put a query together. */
export function builtBy(call: ExternalValue, { conditions, grows }: DataEntry): readonly ExternalValue[] {
  if (grows) return call.knownCalls();
  return conditions && call.receiver?.kind === 'external' ? call.receiver.knownCalls() : [];
}

const columns = new Notes<readonly Bound[]>();

function readColumns(call: ExternalValue, data: DataEntry): readonly Bound[] {
  if (data.entity === 'sql') return boundInSql(call, data);
  const bound: Bound[] = [];
  if (data.where) collectColumns(filterOf(call, data.where, data.options), bound, undefined, 0);
  if (data.key) collectKeys(valueAt(call, data.key), bound);
  if (data.conditions) collectConditions(builtBy(call, data), data, bound);
  return bound;
}

/** What a function that a condition was given has asked for: application/shapes/builder-shape.ts hands it a builder of its own. */
function groupOf(call: ExternalValue): readonly ExternalValue[] {
  const group = call.findProperty(groupProperty);
  return group?.kind === 'external' ? group.knownCalls() : [];
}

/** Under what name that builder is kept on the call. */
export const groupProperty = '(group)';

/** What a query that is put together was told to write: `.values(order)`, `.set({ status })`. */
export function filledIn(call: ExternalValue, data: DataEntry): readonly Value[] {
  const { fills } = data;
  if (!fills) return [];
  return builtBy(call, data).flatMap((item) => {
    const method = methodOf(item);
    const [first, ...rest] = item.call?.args ?? [];
    if (!fills.includes(method) || !first) return [];
    if (method.endsWith('ById')) return rest;
    // `update('status', status)`
    const column = textOf(first);
    return column !== undefined && rest[0] ? [objectOf(column, rest[0], item.origin)] : [first];
  });
}

/** The conditions of a query that is put together, but for those that name a column: `where('id', id)`. */
export function conditionsIn(call: ExternalValue, data: DataEntry): readonly Value[] {
  return builtBy(call, data).flatMap((item) => {
    const args = item.call?.args ?? [];
    if (data.joins?.includes(methodOf(item))) return args.slice(1);
    return data.conditions?.includes(methodOf(item)) && textOf(args[0]) === undefined ? args : [];
  });
}

/** One of the ways in which a query may choose its records: all of its columns hold. */
export interface Alternative {
  readonly columns: readonly Bound[];
  /** What was proved where the program decided for this way. */
  readonly proofs: readonly Proof[];
  /** Whether only a setting leads here, and no caller. */
  readonly bySetting?: boolean;
  /** The test that leads here. */
  readonly condition?: Condition;
}

const always: readonly Alternative[] = [{ columns: [], proofs: [] }];

/** The ways in which a query chooses its records; where it has no filter, one without columns. */
export function alternativesOf(call: ExternalValue, data: DataEntry): readonly Alternative[] {
  if (data.entity === 'sql') return alternativesInSql(readSqlCall(call, data));
  let ways = always;
  if (data.where) ways = both(ways, alternativesIn(filterOf(call, data.where, data.options), undefined, 0));
  if (data.key) ways = both(ways, keysIn(valueAt(call, data.key)));
  if (data.conditions) ways = both(ways, alternativesOfBuilder(builtBy(call, data), data));
  return ways;
}

function both(a: readonly Alternative[], b: readonly Alternative[]): readonly Alternative[] {
  if (a === always || b === always) return (a === always ? b : a).slice(0, limits.filterAlternatives);
  return a.flatMap((left) => b.map((right) => joined(left, right))).slice(0, limits.filterAlternatives);
}

function joined(left: Alternative, right: Alternative): Alternative {
  const condition = left.condition ?? right.condition;
  return {
    columns: [...left.columns, ...right.columns],
    proofs: [...left.proofs, ...right.proofs],
    ...(left.bySetting === true || right.bySetting === true ? { bySetting: true } : {}),
    ...(condition ? { condition } : {}),
  };
}

/** A way without columns that this option of a value stands for. */
function wayOf({ proofs, settings, condition }: Option): Alternative {
  return {
    columns: [],
    proofs,
    ...(settings ? { bySetting: true } : {}),
    ...(condition ? { condition } : {}),
  };
}

function only(...columns: readonly Bound[]): readonly Alternative[] {
  return [{ columns, proofs: [] }];
}

/**
 * `{ id, ...(isAdmin ? {} : { ownerId }) }`: one way has the column, the other one has not. A value that a setting
 * chooses is a way of its own as well.
 */
function withAndWithout(columns: readonly Bound[], value: Value): readonly Alternative[] {
  if (value.kind !== 'union') return only(...columns);
  const apart = value.options.filter((option) => option.value === absentValue || option.settings);
  if (apart.length === 0) return only(...columns);
  const together = value.options.filter((option) => !apart.includes(option));
  const bound = (kept: Value): readonly Bound[] => columns.map((column) => ({ ...column, value: kept }));
  return [
    ...apart.map((option) => ({
      ...wayOf(option),
      columns: option.value === absentValue ? [] : bound(option.value),
    })),
    ...(together.length > 0 ? only(...bound(unionOf(together))) : []),
  ];
}

function keysIn(value: Value | undefined): readonly Alternative[] {
  const keys: Bound[] = [];
  collectKeys(value, keys);
  return only(...keys);
}

function alternativesIn(value: Value | undefined, owner: string | undefined, depth: number): readonly Alternative[] {
  if (!value || depth > limits.filterDepth) return always;
  const ways =
    value.kind === 'union'
      ? value.options.flatMap((option) =>
          alternativesInFilter(option.value, owner, depth).map((way) => joined(wayOf(option), way)),
        )
      : alternativesInFilter(value, owner, depth);
  return ways.length > 0 ? ways.slice(0, limits.filterAlternatives) : always;
}

function alternativesInFilter(filter: Value, owner: string | undefined, depth: number): readonly Alternative[] {
  // A list of filters: any of them.
  if (filter.kind === 'array') return filter.items.flatMap((item) => alternativesIn(item, owner, depth + 1));
  if (filter.kind !== 'object') return always;
  let ways = always;
  for (const spread of filter.spread)
    if (spread.kind === 'array' || spread.kind === 'object')
      ways = both(ways, alternativesIn(spread, owner, depth + 1));
  for (const [name, inner] of filter.properties) {
    if (/^(OR|\$or)$/.test(name)) ways = both(ways, alternativesIn(inner, owner, depth + 1));
    else if (/^(AND|\$and)$/.test(name)) {
      for (const item of inner.kind === 'array' ? inner.items : [inner])
        ways = both(ways, alternativesIn(item, owner, depth + 1));
    } else if (/^(is|some|every)$/.test(name) && owner !== undefined)
      ways = both(ways, alternativesIn(inner, owner, depth + 1));
    else {
      const columns: Bound[] = [];
      if (comparison.test(name) && owner !== undefined) columns.push({ column: owner, value: inner });
      else if (!otherComparison.test(name)) collectColumn(name, inner, columns, owner, depth, true);
      ways = both(ways, withAndWithout(columns, inner));
    }
  }
  return ways;
}

/** `.where()` and `.andWhere()` must hold, `.orWhere()` is another way. */
function alternativesOfBuilder(calls: readonly ExternalValue[], data: DataEntry): readonly Alternative[] {
  let ways = always;
  let joins = always;
  const parameters = parametersOf(calls);
  for (const call of calls) {
    const method = methodOf(call);
    const [first, ...rest] = call.call?.args ?? [];
    if (data.joins?.includes(method)) joins = both(joins, alternativesIn(rest[0], undefined, 0));
    if (!data.conditions?.includes(method) || !first) continue;
    const found = alternativesInCondition(method, first, rest, parameters, call, data);
    if (/^or/i.test(method)) ways = [...ways, ...found].slice(0, limits.filterAlternatives);
    else if (method === 'where' && data.whereReplaces) ways = found;
    else ways = both(ways, found);
  }
  return both(ways, joins);
}

function alternativesInCondition(
  method: string,
  first: Value,
  rest: readonly Value[],
  parameters: readonly Value[],
  call: ExternalValue,
  data: DataEntry,
): readonly Alternative[] {
  if (/ids?$/i.test(method)) return keysIn(first);
  if (first.kind === 'function') return alternativesOfBuilder(groupOf(call), data);
  const triple = boundInTriple(first, rest);
  if (triple) return only(...triple);
  if (optionsOf(first).some(({ value }) => value.kind === 'object' || value.kind === 'array'))
    return alternativesIn(first, undefined, 0);
  return alternativesInSql(sqlOf(first, [...rest, ...parameters], call));
}

function alternativesInSql(call: SqlCall): readonly Alternative[] {
  return call.statement.alternatives.map((conditions) => ({
    columns: conditions.filter(({ outer }) => !outer).flatMap((condition) => boundBy(condition, call)),
    proofs: [],
  }));
}

/** The method that was called: `where`. */
export function methodOf(call: ExternalValue): string {
  return call.path.slice(call.path.lastIndexOf('.') + 1, -2);
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
/** What at least one of the related records must be. */
const quantifier = /^(some|\$elemMatch)$/;
/** The other comparisons do not name a record. */
const otherComparison =
  /^(not|notIn|ne|nin|lt|lte|gt|gte|like|ilike|contains|startsWith|endsWith|mode|search|has(Every|Some)?|isEmpty|some|every|none|isNot|\$\w+)$/;

function collectColumns(value: Value | undefined, into: Bound[], owner: string | undefined, depth: number): void {
  if (!value || depth > limits.filterDepth) return;
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

/** @param whole Whether alternatives of one column stay together, as one value. */
function collectColumn(
  name: string,
  value: Value,
  into: Bound[],
  owner: string | undefined,
  depth: number,
  whole = false,
): void {
  if (whole && value.kind === 'union' && value.options.every((option) => option.value.kind !== 'object')) {
    into.push({ column: name, value, ...(owner === undefined ? {} : { owner }) });
    return;
  }
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
    // `members: { some: { userId } }`: records that somebody is one of.
    for (const key of names.filter((item) => quantifier.test(item))) {
      const among = inner.properties.get(key);
      if (!among) continue;
      if (whole) for (const way of alternativesIn(among, name, depth + 1).slice(0, 1)) into.push(...way.columns);
      else collectColumns(among, into, name, depth + 1);
    }
    if (compared.length > 0 || names.some((key) => otherComparison.test(key))) continue;
    // `id_tenantId: { id, tenantId }` is a key of several columns, any other name that of a relation.
    const isCompound = names.length > 1 && name === names.join('_');
    const relation = isCompound ? owner : name;
    if (whole) for (const way of alternativesIn(inner, relation, depth + 1).slice(0, 1)) into.push(...way.columns);
    else collectColumns(inner, into, relation, depth + 1);
  }
}

/** What narrowed a query before it ran: `.where('user.id = :id', { id })`, `.where({ id })`, `.whereInIds(ids)`. */
function collectConditions(calls: readonly ExternalValue[], data: DataEntry, into: Bound[]): void {
  const parameters = parametersOf(calls);
  for (const call of calls) {
    const method = methodOf(call);
    const [first, ...rest] = call.call?.args ?? [];
    if (data.joins?.includes(method)) collectColumns(rest[0], into, undefined, 0);
    if (!data.conditions?.includes(method) || !first) continue;
    const found: Bound[] = [];
    if (/ids?$/i.test(method)) collectKeys(first, found);
    else if (first.kind === 'function') collectConditions(groupOf(call), data, found);
    else {
      for (const { value } of optionsOf(first)) {
        if (value.kind === 'object' || value.kind === 'array') collectColumns(value, found, undefined, 0);
      }
      found.push(...(boundInTriple(first, rest) ?? boundInText(sqlOf(first, [...rest, ...parameters], call))));
    }
    into.push(...found.map((bound) => ({ ...bound, origin: call.origin })));
  }
}

/** `.setParameter('id', id)`, `.setParameters({ id })` */
function parametersOf(calls: readonly ExternalValue[]): readonly Value[] {
  return calls.flatMap((call) => {
    const args = call.call?.args ?? [];
    const name = call.path.endsWith('.setParameter()') ? textOf(args[0]) : undefined;
    if (name !== undefined && args[1]) return [objectOf(name, args[1], call.origin)];
    return call.path.endsWith('.setParameters()') ? args : [];
  });
}

/** `.where('user.id', '=', id)`, `.where('id', id)` */
function boundInTriple(column: Value, rest: readonly Value[]): readonly Bound[] | undefined {
  const [operator, second] = rest;
  const value = rest.length === 1 ? operator : second;
  const [, owner, name] = /^(?:(\w+)\.)?(\w+)$/.exec(textOf(column) ?? '') ?? [];
  const sign = rest.length === 1 ? '=' : textOf(operator);
  if (name === undefined || sign === undefined || !value) return undefined;
  return /^(=|==|in|is)$/i.test(sign) ? [{ column: name, value, ...(owner === undefined ? {} : { owner }) }] : [];
}

function objectOf(name: string, value: Value, origin: Origin): Value {
  return { kind: 'object', properties: new Map([[name, value]]), spread: [], origin };
}

function boundInSql(call: ExternalValue, data: DataEntry): readonly Bound[] {
  return boundInText(readSqlCall(call, data));
}

function boundInText(call: SqlCall): readonly Bound[] {
  return call.statement.conditions.flatMap((condition) => boundBy(condition, call));
}

function boundBy({ qualifier, column, parameter }: SqlCondition, call: SqlCall): readonly Bound[] {
  const value = call.valueOf(parameter);
  return value ? [{ column, value, ...(qualifier === undefined ? {} : { owner: qualifier }) }] : [];
}
