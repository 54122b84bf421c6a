import { limits } from '../limits.js';
import { spreadName } from '../program/native-members.js';
import { identifies, permits, type Proof } from '../program/proof.js';
import { conditionsSince, type Condition } from '../program/condition.js';
import type { Event } from '../program/semantics.js';
import { Notes, optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import type { Access, AccessColumn } from './access.js';
import { askedOf } from './asked-of.js';
import { columnsOf, findQuery, isCaller, mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { titleOfPermission } from './chain.js';
import { entityNames } from './entity-names.js';
import { isForMany } from './gives-many.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { isFixed } from './permission.js';
import type { EntityFinder } from './read-data.js';
import type { Effect } from './route.js';
import { readSqlCall } from './sql-call.js';
import { isWithoutCaller, recordsIn, tieOf, waysOf } from './tie-of.js';
import { filledIn, readProperty, type Bound } from './where-of.js';

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
  const { written, filledBy } =
    operation === 'read' ? { written: [], filledBy: undefined } : writtenBy(call, semantics);
  const input = inputIn(bound, semantics);
  const selected = selectedIn(call);
  const { name, place, entity, steps } = effect;
  const many = isForMany(call, semantics.catalog.find(call.at)?.data);
  const tallies = talliesOf(call, semantics);
  const columns = bound.map((item) =>
    columnOf(item.column, item.value, call, semantics, ownerOf(item, call, semantics)),
  );
  const values = written.map(({ column, value }) => columnOf(column, value, call, semantics));
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
    const permissions = proofs.filter(permits).map(titleOfPermission);
    const asked = isLoose ? askedOf(given ?? call, input, proofs, condition, semantics, findEntity) : [];
    return {
      name,
      place,
      entity,
      operation,
      many,
      tallies,
      input,
      columns,
      values,
      filledBy,
      tie,
      comparedColumn,
      permissions,
      asked,
      leaves: false,
      selected,
      proved,
      complete,
      steps,
    };
  };
}

function talliesOf(call: ExternalValue, semantics: CatalogSemantics): boolean {
  const data = semantics.catalog.find(call.at)?.data;
  if (data?.grows && tallyAlone(call.receiver, semantics)) return true;
  return data?.tallies === true || (data?.entity === 'sql' && readSqlCall(call, data).statement.tallies);
}

/** `select({ total: count() }).from(orders)`: no column of a record beside it. */
function tallyAlone(made: Value | undefined, { catalog }: CatalogSemantics): boolean {
  const fields = made?.kind === 'external' ? made.call?.args[0] : undefined;
  if (fields?.kind !== 'object' || fields.spread.length > 0) return false;
  const isTally = (value: Value): boolean =>
    value.kind === 'external'
      ? catalog.find(value.at)?.tallies === true
      : /^\s*(count|sum|avg)\s*\(/i.test(headOf(value));
  const values = [...fields.properties.values()];
  return values.length > 0 && values.every(isTally);
}

/** How a text begins. */
function headOf(value: Value): string {
  const first = value.kind === 'text' ? value.parts[0] : value;
  return textOf(first) ?? '';
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
    input,
    fixed: isFixed(value),
    place: placeOf(origin),
  };
}

/** The table that a column is of, where it is not the one that is asked: `orders.id` of `orders` is `id`. */
function ownerOf({ owner }: Bound, call: ExternalValue, { catalog }: CatalogSemantics): string | undefined {
  const data = owner === undefined ? undefined : catalog.find(call.at)?.data;
  if (owner === undefined || !data || data.entity === 'sql') return owner;
  return entityNames(call, data, catalog).includes(owner) ? undefined : owner;
}

/** Not where the request may say something else instead: `{ ownerId: user.id, ...body }`. */
function isCallersAlone(value: Value, semantics: CatalogSemantics): boolean {
  if (value.kind !== 'union') return mentionsCaller(value, semantics);
  const present = value.options.filter((option) => option.value.kind !== 'undefined');
  return present.length > 0 && present.every((option) => mentionsCaller(option.value, semantics));
}

/** What a record is found by that way is the caller's own: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2 */
const credentials = /^headers\.authorization\b/i;

/** Where the request names the record, in the query or in the one that found what the query is bound to. */
function inputIn(bound: readonly Bound[], semantics: CatalogSemantics): string | undefined {
  const own = bound.map(({ value }) => inputOf(value, semantics.catalog)).find((name) => name !== undefined);
  if (own !== undefined) return own;
  for (const { value } of bound) {
    const query = findQuery(value, semantics);
    const through = query && columnsOf(query, semantics).map((column) => inputOf(column.value, semantics.catalog));
    const named = through?.find((name) => name !== undefined && !credentials.test(name));
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
      // `rows[0].userId`: of a list it is the column of one of its records.
      const steps = value.path
        .slice(value.path.lastIndexOf(')') + 1)
        .split('.')
        .slice(1);
      const column = steps.find((step) => !/^(rows|data)$/.test(step) && /^[a-z_$]/i.test(step));
      if (column !== undefined) return column;
    }
  }
  return undefined;
}

/** A column and what is written into it. */
export interface WrittenColumn {
  readonly column: string;
  readonly value: Value;
}

export interface Written {
  readonly written: readonly WrittenColumn[];
  /** Where the request fills the record without naming its columns, and the value that does. */
  readonly filledBy: string | undefined;
  readonly filling: Value | undefined;
}

const writes = new Notes<Written>();

/** What the call writes: the properties of its objects, or of the record that it saves. Asked for once the handler was followed. */
export function writtenBy(call: ExternalValue, semantics: CatalogSemantics): Written {
  const known = writes.get(call);
  if (known) return known;
  const written = readWritten(call, semantics);
  writes.set(call, written);
  return written;
}

function readWritten(call: ExternalValue, semantics: CatalogSemantics): Written {
  const data = semantics.catalog.find(call.at)?.data;
  const written: WrittenColumn[] = [];
  let filledBy: string | undefined;
  let filling: Value | undefined;
  const fill = (value: Value): void => {
    if (isCaller(value, semantics)) return;
    if (filledBy !== undefined) return;
    filledBy = inputOf(value, semantics.catalog);
    if (filledBy !== undefined) filling = value;
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
        for (const [column, value] of item.properties) written.push({ column, value });
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
        else written.push({ column: name, value: inner });
      }
    }
    for (const setter of record.knownCalls()) if (setter.path.endsWith('.set()')) takeSet(setter, depth);
    if (inputOf(record, semantics.catalog) !== undefined) fill(record);
    // `model('User', schema)` says what the records are, `new User(values)` what stands in one.
    else if (
      record.call &&
      textOf(record.call.args[0]) === undefined &&
      semantics.catalog.find(record.at)?.data === undefined
    )
      for (const arg of record.call.args) take(arg, depth + 1);
  };
  /** `record.set({ name })`, `record.set('name', name)` */
  const takeSet = (setter: ExternalValue, depth: number): void => {
    const [first, second] = setter.call?.args ?? [];
    const column = textOf(first);
    if (column === undefined) take(first, depth + 1);
    else if (second) written.push({ column, value: second });
  };
  const filters = new Set(
    [data?.where, data?.key]
      .filter((position) => position?.property === undefined && position)
      .map((position) => position?.argument),
  );
  if (data?.fills) {
    for (const value of filledIn(call, data)) take(value, 0);
    return { written, filledBy, filling };
  }
  (call.call?.args ?? []).forEach((arg, index) => {
    if (!filters.has(index)) take(arg, 0);
  });
  // `Page.findByIdAndUpdate()` is called of the model, whose schema is not what is written.
  const ofModel = data?.entity === 'receiver' && (data.where ?? data.key) !== undefined;
  if (!ofModel && call.receiver?.kind === 'external' && call.receiver.call) takeRecord(call.receiver, 0);
  return { written, filledBy, filling };
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
