import { limits } from '../limits.js';
import { spreadName } from '../program/native-members.js';
import { identifies, permits, type Proof } from '../program/proof.js';
import { conditionsSince, type Condition } from '../program/condition.js';
import type { Event } from '../program/semantics.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import type { Access, AccessColumn } from './access.js';
import { askedOf } from './asked-of.js';
import { columnsOf, findQuery, isCaller, mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { titleOfPermission } from './chain.js';
import { givesMany } from './gives-many.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { isFixed } from './permission.js';
import type { EntityFinder } from './read-data.js';
import type { Effect } from './route.js';
import { readSqlCall } from './sql-call.js';
import { isWithoutCaller, recordsIn, tieOf, waysOf } from './tie-of.js';
import { readProperty, type Bound } from './where-of.js';

/**
 * What one query or change of a handler is about, and what ties it to the caller.
 *
 * @returns The access, by what holds where it happens; for what is read, also what holds where it leaves.
 */
export function readAccess(
  event: Event,
  effect: Effect,
  operation: Access['operation'],
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  complete: boolean,
): (proofs: readonly Proof[], condition?: Condition) => Access {
  const { call } = event;
  const given = givenBy(call, semantics);
  const bound = columnsOf(given ?? call, semantics);
  const { values, filledBy } = operation === 'read' ? { values: [], filledBy: undefined } : valuesOf(call, semantics);
  const input = inputIn(bound, semantics);
  const selected = selectedIn(call);
  const alike = {
    name: effect.name,
    place: effect.place,
    ...(effect.entity === undefined ? {} : { entity: effect.entity }),
    operation,
    many: givesMany.test(call.path),
    tallies: talliesOf(call, semantics),
    ...(input === undefined ? {} : { input }),
    columns: bound.map((item) => columnOf(item.column, item.value, call, semantics, item.owner)),
    values,
    ...(filledBy === undefined ? {} : { filledBy }),
    leaves: false,
    ...(selected ? { selected } : {}),
    complete,
    steps: effect.steps,
  };
  // What is new is bound to nobody yet.
  const ways = operation === 'create' ? undefined : waysOf(given ?? call, semantics);
  return (proofs, condition = event.condition) => {
    const proved = proofs.some(identifies);
    // `user ? find({ ownerId: user.id }) : find()`: whoever is known does not come here.
    const isForNobody = (): boolean =>
      proved && conditionsSince(condition, undefined).some((test) => isWithoutCaller({ condition: test }, semantics));
    const tie = ways && (tieOf(call, given, proofs, semantics, ways) ?? (isForNobody() ? 'filter' : undefined));
    const isLoose = ways !== undefined && tie === undefined && input !== undefined;
    const comparedColumn = comparedColumnOf(call, proofs, semantics);
    return {
      ...alike,
      ...(tie === undefined ? {} : { tie }),
      ...(comparedColumn === undefined ? {} : { comparedColumn }),
      permissions: proofs.filter(permits).map(titleOfPermission),
      asked: isLoose ? askedOf(given ?? call, input, proofs, condition, semantics, findEntity) : [],
      proved,
    };
  };
}

function talliesOf(call: ExternalValue, semantics: CatalogSemantics): boolean {
  const data = semantics.catalog.find(call.at)?.data;
  return data?.tallies === true || (data?.entity === 'sql' && readSqlCall(call, data).statement.tallies);
}

/** The query that a changed record came from, where the call itself chooses none. */
function givenBy(call: ExternalValue, semantics: CatalogSemantics): ExternalValue | undefined {
  if (columnsOf(call, semantics).length > 0) return undefined;
  for (const record of recordsIn(call)) {
    const query = findQuery(record, semantics);
    if (query && query !== call) return query;
  }
  return undefined;
}

function columnOf(
  column: string | undefined,
  value: Value,
  call: ExternalValue,
  semantics: CatalogSemantics,
  owner?: string,
): AccessColumn {
  const name = owner === undefined || column === undefined ? column : `${owner}.${column}`;
  const isOwn = isCallersAlone(value, semantics);
  const input = isOwn ? undefined : inputOf(value, semantics.catalog);
  const from = isOwn ? 'caller' : input === undefined ? 'other' : 'request';
  // Where it is read is asked of headers alone.
  const origin = 'origin' in value && input?.startsWith('headers') ? value.origin : call.origin;
  return {
    column: name,
    from,
    ...(input === undefined ? {} : { input }),
    ...(isFixed(value) ? { fixed: true } : {}),
    place: placeOf(origin),
  };
}

/** Not where the request may say something else instead: `{ ownerId: user.id, ...body }`. */
function isCallersAlone(value: Value, semantics: CatalogSemantics): boolean {
  if (value.kind !== 'union') return mentionsCaller(value, semantics);
  const present = value.options.filter((option) => option.value.kind !== 'undefined');
  return present.length > 0 && present.every((option) => mentionsCaller(option.value, semantics));
}

/** Where the request names the record, in the query or in the one that found what the query is bound to. */
function inputIn(bound: readonly Bound[], semantics: CatalogSemantics): string | undefined {
  const own = bound.map(({ value }) => inputOf(value, semantics.catalog)).find((name) => name !== undefined);
  if (own !== undefined) return own;
  for (const { value } of bound) {
    const query = findQuery(value, semantics);
    const through = query && columnsOf(query, semantics).map((column) => inputOf(column.value, semantics.catalog));
    const named = through?.find((name) => name !== undefined);
    if (named !== undefined) return named;
  }
  return undefined;
}

/** `order.userId !== user.id`: the column of a record of this query that says whose it is. */
function comparedColumnOf(
  call: ExternalValue,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): string | undefined {
  for (const { kind, about } of proofs) {
    if (kind !== 'owner') continue;
    for (const value of about ?? []) {
      if (value.kind !== 'external' || value.call || findQuery(value, semantics) !== call) continue;
      const column = value.path.slice(value.path.lastIndexOf(')') + 1).split('.')[1];
      if (column !== undefined && /^[a-z_$]/i.test(column)) return column;
    }
  }
  return undefined;
}

/** What the call writes: the properties of its objects, or of the record that it saves. */
function valuesOf(
  call: ExternalValue,
  semantics: CatalogSemantics,
): { readonly values: readonly AccessColumn[]; readonly filledBy: string | undefined } {
  const data = semantics.catalog.find(call.at)?.data;
  const values: AccessColumn[] = [];
  let filledBy: string | undefined;
  const fill = (value: Value): void => {
    if (isCaller(value, semantics)) return;
    filledBy ??= inputOf(value, semantics.catalog);
  };
  const take = (value: Value | undefined, depth: number): void => {
    if (!value || depth > limits.writtenRecordDepth) return;
    for (const { value: item } of optionsOf(value)) {
      if (item.kind === 'array') for (const inner of item.items) take(inner, depth + 1);
      else if (item.kind === 'object') {
        const nested = ['data', 'create', 'update', '$set', '$setOnInsert']
          .map((name) => item.properties.get(name))
          .filter((inner) => inner !== undefined);
        if (nested.length > 0 && !item.classOf) {
          for (const inner of nested) take(inner, depth + 1);
          continue;
        }
        // `deleteMany({ where })` writes nothing.
        if (depth === 0 && data?.where?.property !== undefined && item.properties.has(data.where.property)) continue;
        for (const [name, inner] of item.properties) values.push(columnOf(name, inner, call, semantics));
        for (const spread of item.spread) {
          if (spread.kind === 'object') take(spread, depth + 1);
          else fill(spread);
        }
      } else if (item.kind === 'external') {
        const known = item.call && semantics.evaluateSpread(item);
        if (known) take(known, depth + 1);
        else takeRecord(item, depth);
      }
    }
  };
  const takeRecord = (record: ExternalValue, depth: number): void => {
    if (record.hasProperties()) {
      for (const [name, inner] of record.properties) {
        if (name === spreadName) fill(inner);
        else values.push(columnOf(name, inner, call, semantics));
      }
    }
    if (inputOf(record, semantics.catalog) !== undefined) fill(record);
    else if (record.call && semantics.catalog.find(record.at)?.data === undefined)
      for (const arg of record.call.args) take(arg, depth + 1);
  };
  const filters = new Set(
    [data?.where, data?.key]
      .filter((position) => position?.property === undefined && position)
      .map((position) => position?.argument),
  );
  (call.call?.args ?? []).forEach((arg, index) => {
    if (!filters.has(index)) take(arg, 0);
  });
  if (call.receiver?.kind === 'external' && call.receiver.call) takeRecord(call.receiver, 0);
  return { values, filledBy };
}

/** Columns that a query names: `select: { id: true }`, `attributes: ['id']`. */
function selectedIn(call: ExternalValue): readonly string[] | undefined {
  for (const arg of call.call?.args ?? []) {
    const chosen = readProperty(arg, 'select') ?? readProperty(arg, 'attributes');
    if (chosen?.kind === 'object' && chosen.spread.length === 0) return [...chosen.properties.keys()];
    if (chosen?.kind === 'array' && !chosen.open) return chosen.items.map(textOf).filter((name) => name !== undefined);
  }
  return undefined;
}
