import { limits } from '../limits.js';
import { conditionsSince, isWithin, type Condition } from '../program/condition.js';
import { identifies, joinFlows, linked, permits, type Proof } from '../program/proof.js';
import { absentValue, type ExternalValue, type Value } from '../program/value.js';
import type { Tie } from './access.js';
import {
  columnsOf,
  findQuery,
  isCaller,
  isKnownSecret,
  isOfCaller,
  isSessionKey,
  mentions,
  mentionsCaller,
} from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf, inputsOf } from './input-of.js';
import { readSqlCall } from './sql-call.js';
import { alternativesOf, conditionsIn, type Alternative, type Bound } from './where-of.js';

/**
 * What ties a query to the caller, where `proofs` hold. `undefined`: nothing does, in at least one of the ways in which
 * it may choose its records.
 *
 * @param given Where the call is the method of a record: the query that the record came from.
 * @param ways The ways in which it may choose its records.
 */
export function tieOf(
  query: ExternalValue,
  given: ExternalValue | undefined,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
  ways: readonly Alternative[] = waysOf(given ?? query, semantics),
): Tie | undefined {
  const chooser = given ?? query;
  const tie = tieOfWays(query, chooser, proofs, semantics, ways);
  if (tie !== undefined) return tie;
  const taken = ways.flatMap((way) => takenApart(way, semantics)).slice(0, limits.filterAlternatives);
  return taken.length > ways.length ? tieOfWays(query, chooser, proofs, semantics, taken) : undefined;
}

/** A way for each of the values that a column may be bound to, where a test has chosen among them. */
function takenApart(way: Alternative, semantics: CatalogSemantics): readonly Alternative[] {
  const index = way.columns.findIndex(({ value }) => isChosen(converted(value, semantics)));
  const column = way.columns[index];
  const value = column && converted(column.value, semantics);
  if (value?.kind !== 'union') return [way];
  const present = value.options.filter((option) => !isNothing(option.value));
  return present.map((option) => {
    const settings = conditionsSince(option.condition, undefined).filter(
      (test) =>
        present.some((other) => !isWithin(other.condition, test)) &&
        test.values.every((item) => item.kind === 'literal' || semantics.isSetting(item)),
    );
    return {
      columns: way.columns.map((item, at) => (at === index ? { ...item, value: option.value } : item)),
      proofs: [...way.proofs, ...option.proofs],
      ...((way.bySetting ?? false) || settings.length > 0 || (option.settings?.length ?? 0) > 0
        ? { bySetting: true }
        : {}),
    };
  });
}

function isChosen(value: Value): boolean {
  return (
    value.kind === 'union' &&
    value.options.some(({ condition, proofs }) => condition !== undefined || proofs.length > 0)
  );
}

/** What a value was before it was put into another form: `Number(id)`. */
function converted(value: Value, semantics: CatalogSemantics): Value {
  const converts = value.kind === 'external' && value.call ? semantics.catalog.find(value.at)?.converts : undefined;
  const argument = value.kind === 'external' && typeof converts === 'number' ? value.call?.args[converts] : undefined;
  return argument ? converted(argument, semantics) : value;
}

function tieOfWays(
  query: ExternalValue,
  chooser: ExternalValue,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
  ways: readonly Alternative[],
): Tie | undefined {
  const ties = ways.map((way) => ({
    way,
    tie:
      tieOfWay(query, chooser, way.columns, [...proofs, ...way.proofs, ...provedOf(way.columns)], semantics) ??
      (isWithoutCaller(way, semantics) ? tieOfNobody(chooser, proofs, semantics) : undefined),
  }));
  const tied = ties.find(({ tie }) => tie !== undefined && tie !== 'dropped');
  // A way that no caller can open does not count beside one that ties.
  if (ties.some(({ tie, way }) => tie === undefined && !(tied && way.bySetting))) return undefined;
  return (ties.find(({ tie }) => tie === 'dropped') ?? tied)?.tie;
}

/** What was proved of each alternative of a value that the query is bound to: `ids.filter((id) => own.has(id))`. */
function provedOf(columns: readonly Bound[]): readonly Proof[] {
  return columns.flatMap(({ value }) =>
    value.kind === 'union' ? (joinFlows(value.options.map(({ proofs }) => ({ proofs })))?.proofs ?? []) : [],
  );
}

/** The ways in which a query may choose its records, at least one. */
export function waysOf(query: ExternalValue, semantics: CatalogSemantics): readonly Alternative[] {
  const data = semantics.catalog.find(query.at)?.data;
  const ways = data ? alternativesOf(query, data) : [];
  return ways.length > 0 ? ways : [nothing];
}

/** `...(user ? { userId: user.id } : {})`: the column is missing where nobody is known. */
export function isWithoutCaller(
  { condition }: { readonly condition?: Condition | undefined },
  semantics: CatalogSemantics,
): boolean {
  if (!condition) return false;
  const { values, truthy } = condition;
  const [first, second] = values;
  if (!second) return !truthy && first !== undefined && isCaller(first, semantics);
  return truthy && values.some((value) => isCaller(value, semantics)) && values.some(isNothing);
}

function isNothing(value: Value): boolean {
  if (value.kind === 'external') return isOfNothing(value);
  return value.kind === 'undefined' || (value.kind === 'literal' && value.value === null);
}

/** `user?.id ?? 0`: what no record has as its owner. Keys that a database counts start with 1. */
function isNobody(value: Value): boolean {
  return value.kind === 'literal' && (value.value === 0 || value.value === '' || value.value === nil);
}

/** https://www.rfc-editor.org/rfc/rfc9562#section-5.9 */
const nil = '00000000-0000-0000-0000-000000000000';

/** A member of `false` or of nothing: there is none. */
function isOfNothing({ call, receiver }: ExternalValue): boolean {
  if (call || !receiver) return false;
  return (
    receiver.kind === 'undefined' ||
    (receiver.kind === 'literal' && (receiver.value === null || receiver.value === false))
  );
}

/** What holds where the caller is asked for and nobody is known: nothing for a caller who is. */
function tieOfNobody(query: ExternalValue, proofs: readonly Proof[], semantics: CatalogSemantics): Tie | undefined {
  if (proofs.some(identifies)) return 'filter';
  return semantics.catalog.find(query.at)?.data ? 'dropped' : undefined;
}

const nothing: Alternative = { columns: [], proofs: [] };

function tieOfWay(
  query: ExternalValue,
  chooser: ExternalValue,
  bound: readonly Bound[],
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): Tie | undefined {
  const permissions = proofs.filter(permits);
  const byFilter = tieOfFilter(chooser, bound, proofs, semantics);
  if (byFilter === 'filter') return byFilter;
  if (permissions.some(({ kind }) => kind === 'role')) return 'role';
  if (permissions.some(({ kind }) => kind === 'policy')) return 'policy';
  const isLinked = proofs.some(({ kind }) => kind === linked);
  if (isLinked || permissions.some(({ about }) => about !== undefined && about.length > 0)) {
    const own = topicOf(query, bound, semantics);
    const topic = isLinked ? withLinked(own, proofs, semantics) : own;
    if (permissions.some(({ about }) => about?.some((value) => isAbout(value, topic, semantics)))) return 'owner';
    // `mine.id === params.id`
    for (const item of topic.queries) if (!own.queries.has(item) && isOfCaller(item, semantics)) return 'owner';
  }
  return byFilter;
}

function tieOfFilter(
  query: ExternalValue,
  bound: readonly Bound[],
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): Tie | undefined {
  const dropsUndefined = semantics.catalog.find(query.at)?.data?.dropsUndefined === true;
  const isKnown = proofs.some(identifies);
  const certainties = bound.map(({ value }) => certaintyOf(value, semantics));
  if (certainties.some((item) => item === 'always' || (item === 'unless missing' && (isKnown || !dropsUndefined))))
    return 'filter';
  if (certainties.includes('unless missing')) return 'dropped';
  if (bound.some((item) => isKnownSecret(item, semantics) || isSessionKey(item, query, semantics))) return 'filter';
  const throughRecord = bound.some(({ value }) => {
    const from = findQuery(value, semantics);
    return from !== undefined && from !== query && isOfCaller(from, semantics);
  });
  if (throughRecord) return 'filter';
  // What the filter says in a way that cannot be read, clients that are made for one caller, and what is added behind.
  const data = semantics.catalog.find(query.at)?.data;
  const further = data?.grows
    ? [...conditionsIn(query, data).flatMap((value) => unreadIn(value)), ...unreadConditions(query)]
    : query.knownCalls().flatMap((call) => (furtherCondition.test(call.path) ? (call.call?.args ?? []) : []));
  const isMentioned =
    (query.receiver !== undefined && mentions(query.receiver, semantics)) ||
    [...unreadIn(filterOf(query, semantics)), ...further].some((value) => mentionsCaller(value, semantics));
  return isMentioned ? 'filter' : undefined;
}

/** `.or(`owner.eq.${user.id},public.eq.true`)` */
function unreadConditions(query: ExternalValue): readonly Value[] {
  return query.knownCalls().flatMap((call) => (call.path.endsWith('.or()') ? (call.call?.args ?? []) : []));
}

/** `findOneAndDelete({ _id }).where('owner').equals(user.id)` */
const furtherCondition = /\.(where|equals|eq|and|in|match)\(\)$/;

/** Whether a value is the caller's in every case, in none, or wherever the caller is known at all. */
function certaintyOf(value: Value, semantics: CatalogSemantics): 'always' | 'unless missing' | 'never' {
  if (value.kind === 'external' && value.call) {
    const converts = semantics.catalog.find(value.at)?.converts;
    const argument = typeof converts === 'number' ? value.call.args[converts] : undefined;
    if (argument) return certaintyOf(argument, semantics);
  }
  if (value.kind !== 'union') return mentionsCaller(value, semantics) ? 'always' : 'never';
  const present = value.options.filter((option) => !isNothing(option.value) && !isNobody(option.value));
  const isAbsent = value.options.some((option) => option.value === absentValue);
  if (isAbsent || present.length === 0 || !present.every((option) => mentionsCaller(option.value, semantics)))
    return 'never';
  return value.options.some((option) => option.value.kind === 'undefined') ? 'unless missing' : 'always';
}

/** The part of the call that chooses records. */
function filterOf(query: ExternalValue, semantics: CatalogSemantics): Value | undefined {
  const data = semantics.catalog.find(query.at)?.data;
  const args = query.call?.args ?? [];
  if (!data) return undefined;
  if (data.entity === 'sql')
    return readSqlCall(query, data).statement.operation === undefined
      ? { kind: 'array', items: [...args], open: false, origin: query.origin }
      : undefined;
  if (!data.where) return undefined;
  const argument = args[data.where.argument];
  return data.where.property !== undefined && argument?.kind === 'object'
    ? argument.properties.get(data.where.property)
    : argument;
}

/** The parts of a filter that are no columns: what a policy library gives, what a function of a package makes. */
function unreadIn(filter: Value | undefined, depth = 0): readonly Value[] {
  if (!filter || depth > limits.policyFilterDepth) return [];
  switch (filter.kind) {
    case 'object':
      return [
        ...filter.spread.flatMap((item) => unreadIn(item, depth + 1)),
        ...['AND', '$and'].flatMap((name) => unreadIn(filter.properties.get(name), depth + 1)),
      ];
    case 'array':
      return filter.items.flatMap((item) => unreadIn(item, depth + 1));
    case 'external':
      return [filter];
    default:
      return [];
  }
}

/** What a query is about: itself, the query that its record comes from, and what the request names in them. */
export interface Topic {
  readonly queries: ReadonlySet<ExternalValue>;
  readonly inputs: ReadonlySet<string>;
  readonly values: ReadonlySet<Value>;
  /** Parts of the request that are the filter, or are spread into it: all that is in them is asked for. */
  readonly filters: readonly string[];
}

export function topicOf(
  query: ExternalValue | undefined,
  bound: readonly { readonly value: Value }[],
  semantics: CatalogSemantics,
): Topic {
  const queries = new Set<ExternalValue>(query ? [query] : []);
  const inputs = new Set<string>();
  const values = new Set<Value>();
  const take = (value: Value, depth: number): void => {
    for (const input of inputsOf(value, semantics.catalog)) inputs.add(input);
    const from = findQuery(value, semantics);
    if (!from || from === query || queries.has(from)) return;
    queries.add(from);
    // What was found by a record is about what that record was found by.
    if (depth < limits.linkedRecords) for (const column of columnsOf(from, semantics)) take(column.value, depth + 1);
  };
  for (const { value } of bound) {
    values.add(value);
    take(value, 0);
  }
  for (const record of query ? recordsIn(query) : []) {
    const from = findQuery(record, semantics);
    if (from) queries.add(from);
  }
  const filters = unreadIn(query && filterOf(query, semantics))
    .map((value) => inputOf(value, semantics.catalog))
    .filter((input) => input !== undefined);
  return { queries, inputs, values, filters };
}

/** What belongs to the same one as what the query is about. */
function withLinked(topic: Topic, proofs: readonly Proof[], semantics: CatalogSemantics): Topic {
  let result = topic;
  for (const { kind, about = [] } of proofs) {
    if (kind !== linked || !about.some((value) => isAbout(value, result, semantics))) continue;
    const other = topicOf(
      undefined,
      about.map((value) => ({ value })),
      semantics,
    );
    result = {
      queries: new Set([...result.queries, ...other.queries]),
      inputs: new Set([...result.inputs, ...other.inputs]),
      values: new Set([...result.values, ...other.values]),
      filters: result.filters,
    };
  }
  return result;
}

/** The records that a call changes: `order.save()`, `repository.remove(order)`, `save({ ...order, status })`. */
export function recordsIn(query: ExternalValue): readonly Value[] {
  const args = (query.call?.args ?? []).flatMap((arg) => (arg.kind === 'object' ? arg.spread : [arg]));
  return query.receiver ? [query.receiver, ...args] : args;
}

/** Whether what was compared with the caller, or found for the caller, is what the query is about, or what that belongs to. */
export function isAbout(value: Value, topic: Topic, semantics: CatalogSemantics, depth = 0): boolean {
  if (topic.values.has(value)) return true;
  const query = findQuery(value, semantics);
  if (query) {
    if (topic.queries.has(query)) return true;
    // `website.userId` of the website that was found by `report.websiteId`.
    return (
      depth < limits.linkedRecords &&
      columnsOf(query, semantics).some((bound) => isAbout(bound.value, topic, semantics, depth + 1))
    );
  }
  return [...inputsOf(value, semantics.catalog)].some(
    (input) =>
      topic.inputs.has(input) || (depth === 0 && topic.filters.some((filter) => input.startsWith(`${filter}.`))),
  );
}
