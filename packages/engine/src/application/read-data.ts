import type { Catalog } from '../catalog/catalog.js';
import type { CallEntry, DataEntry } from '../catalog/library.js';
import { limits } from '../limits.js';
import { nameOfPath } from '../program/name-of-path.js';
import { identifies } from '../program/proof.js';
import type { Event } from '../program/semantics.js';
import { optionsOf, type ExternalValue, type ObjectValue, type Value } from '../program/value.js';
import type { Entity, Identifier } from '../schema/entity.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { entityNames } from './entity-names.js';
import { inputOf } from './input-of.js';
import type { Lookup } from './lookup.js';
import { isPersonal } from './personal-data.js';
import { placeOf } from './place-of.js';
import type { Effect } from './route.js';
import { readSqlCall } from './sql-call.js';
import { standsForPerson } from './stands-for-person.js';
import { stepsOf } from './steps-of.js';
import { countsVisit } from './visit-count.js';
import { boundColumns, builtBy, filledIn, methodOf, readProperty, valueAt, type Bound } from './where-of.js';

/** The entity that a name in the code means: a model, a class or a table. */
export type EntityFinder = (name: string) => Entity | undefined;

/** What a call to a data library does: which entity it reads or writes, and which of its keys the caller chooses. */
export function readData(
  event: Event,
  data: DataEntry,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): { effect: Effect; lookups: Lookup[]; signsUp: SignUp | undefined; operation: 'read' | 'write' | 'create' } {
  const { call } = event;
  const { catalog } = semantics;
  const operation = operationOf(call, data, catalog);
  const names = entityNames(call, data, catalog);
  const entities = names.map(findEntity).filter((entity) => entity !== undefined);
  const [entity] = entities;
  const name =
    entity && data.entity !== 'sql' ? (names.find((item) => findEntity(item) === entity) ?? names[0]) : names[0];
  const title = titleOf(call, data, name);
  const place = placeOf(call.origin);
  const steps = stepsOf(event);
  const bound = boundColumns(call, data).map((item) => ({ ...item, input: inputOf(item.value, catalog) }));
  const lookups: Lookup[] = [];
  for (const item of bound) {
    if (item.input === undefined || isObscured(item.value, catalog)) continue;
    const found = counterOf(item, call, data, entities, findEntity);
    if (found)
      lookups.push({
        name: title,
        place: item.origin ? placeOf(item.origin) : place,
        ...found,
        input: item.input,
        steps,
      });
  }
  const byInput = bound.some(({ input }) => input !== undefined) || isHandedInput(call, data, catalog);
  const effect: Effect = {
    kind: operation === 'read' ? 'reads' : 'writes',
    name: title,
    place,
    ...(name === undefined ? {} : { entity: entity?.name ?? name }),
    personal: isPersonal(entity?.name ?? name, entity?.fields ?? [], byInput),
    // Who holds the key of a session may see whose it is.
    proved: event.proofs.some(identifies) || (operation === 'read' && event.meaning.proves?.kind === 'session'),
    byInput,
    creates: operation === 'create',
    ...(operation !== 'read' && countsVisit(call, data, semantics) ? { countsVisit: true } : {}),
    steps,
  };
  return {
    effect,
    lookups,
    signsUp: effect.creates ? signUpBy(call, data, entity, catalog) : undefined,
    operation,
  };
}

/** What guides the work of the database, and changes none of the data. */
const control =
  /^\s*(?:lock|unlock|begin|commit|rollback|savepoint|release|start|set|show|use|analyze|vacuum|listen)\b/i;

function operationOf(call: ExternalValue, data: DataEntry, catalog: Catalog): 'read' | 'write' | 'create' {
  if (data.entity === 'sql') {
    const { statement, text } = readSqlCall(call, data);
    if (statement.operation) return statement.operation;
    if (control.test(text)) return 'read';
  }
  // `createQueryBuilder().insert().into(Order).values(order).execute()`
  if (data.operation === 'write' && data.conditions && !data.grows && call.receiver?.kind === 'external') {
    if (call.receiver.knownCalls().some(({ path }) => path.endsWith('.insert()'))) return 'create';
  }
  if (data.becomes) {
    for (const item of builtBy(call, data)) {
      const operation = data.becomes[methodOf(item)];
      if (operation) return operation;
    }
  }
  if (data.operation !== 'save') return data.operation;
  return call.call?.args.some((arg) => isStored(arg, catalog, 0)) ? 'write' : 'create';
}

/** Whether the request says what is written or asked: in the call, in what built the query or made the record, in how the record was found. */
function isHandedInput(call: ExternalValue, data: DataEntry, catalog: Catalog): boolean {
  const isInput = (value: Value): boolean => inputOf(value, catalog) !== undefined;
  const args = (item: ExternalValue): readonly Value[] => item.call?.args ?? [];
  if (args(call).some((arg) => isInput(arg) || isFoundByInput(arg, catalog))) return true;
  if (builtBy(call, data).some((item) => args(item).some(isInput))) return true;
  const { receiver } = call;
  if (receiver?.kind !== 'external') return false;
  return args(receiver).some(isInput) || isFoundByInput(receiver, catalog);
}

/** A record that the request has named, or filled. */
function isFoundByInput(value: Value, catalog: Catalog): boolean {
  return optionsOf(value).some((option) => {
    for (let current: Value | undefined = option.value; current?.kind === 'external'; current = current.receiver) {
      if (
        current.hasProperties() &&
        [...current.properties.values()].some((item) => inputOf(item, catalog) !== undefined)
      )
        return true;
      if (!current.call) continue;
      const data = catalog.find(current.at)?.data;
      if (data) return boundColumns(current, data).some((bound) => inputOf(bound.value, catalog) !== undefined);
      // `create(body)`, `merge(stored, body)`
      if (current.call.args.some((arg) => inputOf(arg, catalog) !== undefined)) return true;
    }
    return false;
  });
}

/** A record that was read before, or one that names its own key. */
function isStored(value: Value, catalog: Catalog, depth: number): boolean {
  if (depth > limits.savedRecordDepth) return false;
  return optionsOf(value).some(({ value: item }) => {
    switch (item.kind) {
      case 'array':
        return item.items.some((inner) => isStored(inner, catalog, depth + 1));
      case 'object':
        // The fields of a class are there before they are set.
        return (
          (!item.classOf && (item.properties.has('id') || item.properties.has('_id'))) ||
          item.spread.some((inner) => isStored(inner, catalog, depth + 1))
        );
      case 'external':
        for (let current: Value | undefined = item; current?.kind === 'external'; current = current.receiver) {
          if (!current.call) continue;
          const data = catalog.find(current.at)?.data;
          if (data) return data.operation === 'read';
          // `merge(stored, changes)`, `create({ ...stored })`, `Object.assign(stored, changes)`
          if (current.call.args.some((arg) => isStored(arg, catalog, depth + 1))) return true;
        }
        return false;
      default:
        return false;
    }
  });
}

/** `hashids.decode(id)[0]`: the caller names the record by what cannot be counted without a secret, as far as that is none of the program's text. */
function isObscured(value: Value, catalog: Catalog): boolean {
  for (let current: Value | undefined = value; current?.kind === 'external';) {
    const entry: CallEntry | undefined = current.call && catalog.find(current.at);
    if (entry?.uncountable) return true;
    if (entry?.obscuredBy && current.receiver?.kind === 'external') {
      const secret = valueAt(current.receiver, entry.obscuredBy);
      return secret !== undefined && secret.kind !== 'literal' && secret.kind !== 'undefined';
    }
    current =
      current.call && typeof entry?.converts === 'number' ? current.call.args[entry.converts] : current.receiver;
  }
  return false;
}

/** The counting key of an entity that a condition names a record by. */
function counterOf(
  bound: Bound,
  call: ExternalValue,
  data: DataEntry,
  entities: readonly Entity[],
  findEntity: EntityFinder,
): { entity: Entity; identifier: Identifier } | undefined {
  const { column } = bound;
  for (const entity of ownersOf(bound, call, data, entities, findEntity)) {
    const identifier = entity.identifiers.find((item) =>
      column === undefined || column === 'pk' ? item.primary : item.field === column || item.column === column,
    );
    if (identifier?.kind === 'sequential') return { entity, identifier };
    const named = column === undefined ? undefined : referredBy(column, entity, findEntity);
    if (named || identifier) return named;
  }
  return undefined;
}

/** `workspaceId` of a record that refers to a `Workspace` names one of those, by a key that counts where theirs does. */
function referredBy(
  column: string,
  entity: Entity,
  findEntity: EntityFinder,
): { entity: Entity; identifier: Identifier } | undefined {
  const referred = /^(\w+?)_?id$/i.exec(column)?.[1];
  const named = referred === undefined ? undefined : findEntity(referred);
  if (!named || !entity.relations.some((relation) => findEntity(relation) === named)) return undefined;
  const identifier = named.identifiers.find((item) => item.primary);
  return identifier?.kind === 'sequential' ? { entity: named, identifier } : undefined;
}

/** `o.id` is a column of the table that is called `o` in the statement, `user: { id }` one of the entity that `user` refers to. */
function ownersOf(
  { owner }: Bound,
  call: ExternalValue,
  data: DataEntry,
  entities: readonly Entity[],
  findEntity: EntityFinder,
): readonly Entity[] {
  if (owner === undefined) return entities;
  if (data.entity === 'sql') {
    const table = readSqlCall(call, data).statement.tables.find(({ name, alias }) => name === owner || alias === owner);
    const entity = table && findEntity(table.name);
    return entity ? [entity] : [];
  }
  if (data.conditions) {
    const alias = aliasOf(call);
    if (alias === owner) return entities;
  }
  const related = findEntity(owner);
  return related ? [related] : data.conditions ? entities : [];
}

/** The alias that a query builder is made with: `createQueryBuilder('user')`, `createQueryBuilder(User, 'user')`. */
function aliasOf(call: ExternalValue): string | undefined {
  const made = call.receiver?.kind === 'external' ? call.receiver.call?.args : undefined;
  const alias = made?.find((arg) => arg.kind === 'literal');
  return alias?.kind === 'literal' && typeof alias.value === 'string' ? alias.value : undefined;
}

/** By what a new record is the account of whoever asks for it: a password of its own, or nothing but an address. */
export type SignUp = 'password' | 'address';

function signUpBy(
  call: ExternalValue,
  data: DataEntry,
  entity: Entity | undefined,
  catalog: Catalog,
): SignUp | undefined {
  if (setsPassword(call, data, entity)) return 'password';
  return setsAddressAlone(call, data, entity, catalog) ? 'address' : undefined;
}

/** A new record with a password of its own: the caller signs up. */
function setsPassword(call: ExternalValue, data: DataEntry, entity: Entity | undefined): boolean {
  const isPassword = (name: string): boolean => /^(hashed_?)?(password|passwd|pwd)(_?hash)?$/i.test(name);
  if (entity?.fields.some(isPassword)) return true;
  return sentRecords(call, data).some(({ properties }) => [...properties.keys()].some(isPassword));
}

/** An account of which the request says nothing but the address: a link to sign in goes there, and whoever reads it is its holder. */
function setsAddressAlone(call: ExternalValue, data: DataEntry, entity: Entity | undefined, catalog: Catalog): boolean {
  if (!entity || !standsForPerson(entity.name)) return false;
  return sentRecords(call, data).some(({ properties, spread }) => {
    if (spread.length > 0) return false;
    // Records that are made along with it are other records.
    const given = [...properties]
      .filter(([, value]) => value.kind !== 'object' && inputOf(value, catalog) !== undefined)
      .map(([name]) => name);
    return given.length > 0 && given.every((name) => /^(e_?mail|phone)(_?(address|number))?$/i.test(name));
  });
}

function sentRecords(call: ExternalValue, data: DataEntry): readonly ObjectValue[] {
  const sent = [
    ...(call.call?.args ?? []),
    ...(call.receiver?.kind === 'external' ? (call.receiver.call?.args ?? []) : []),
    ...filledIn(call, data),
  ];
  return sent.flatMap((value) =>
    optionsOf(value).flatMap(({ value: item }) => {
      const record = readProperty(item, 'data') ?? item;
      return record.kind === 'object' ? [record] : [];
    }),
  );
}

/** `prisma.user.findUnique`, `User.findByPk`, `customers.query`. */
function titleOf(call: ExternalValue, data: DataEntry, entity: string | undefined): string {
  const steps = call.path.replace(/(\(\))+$/, '').split(/[.#]/);
  // `select().from()` reads, and `from` is only where.
  const last = (steps.at(-1) === 'from' ? steps.at(-2)?.replace('()', '') : steps.at(-1)) ?? '';
  const method =
    builtBy(call, data)
      .map(methodOf)
      .find((name) => data.becomes?.[name]) ?? last;
  if (call.path.startsWith('@prisma/client#')) return nameOfPath(call.path).replace('PrismaClient', 'prisma');
  return entity === undefined ? method : method === '' ? entity : `${entity}.${method}`;
}
