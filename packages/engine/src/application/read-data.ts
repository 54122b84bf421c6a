import type { DataEntry } from '../catalog/library.js';
import { nameOfPath } from '../program/interpreter.js';
import type { Event } from '../program/semantics.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import type { Entity } from '../schema/entity.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import type { Lookup } from './lookup.js';
import { isPersonal } from './personal-data.js';
import { placeOf } from './place-of.js';
import type { Effect } from './route.js';
import { stepsOf } from './steps-of.js';
import { boundColumns, readProperty, sqlText, tablesInSql } from './where-of.js';

/** The entity that a name in the code means: a model, a class or a table. */
export interface EntityFinder {
  (name: string): Entity | undefined;
}

/** What a call to a data library does: which entity it reads or writes, and which of its keys the caller chooses. */
export function readData(event: Event, data: DataEntry, semantics: CatalogSemantics, findEntity: EntityFinder): { effect: Effect; lookups: Lookup[]; signsUp: boolean } {
  const { call } = event;
  const { catalog } = semantics;
  const writesSql = data.entity === 'sql' && /\b(insert\s+into|update|delete\s+from|truncate|drop|alter)\b/i.test(sqlText(call));
  const operation = data.entity === 'sql' ? (writesSql ? 'write' : 'read') : data.operation;
  const names = entityNames(call, data);
  const entities = names.map(findEntity).filter((entity) => entity !== undefined);
  const entity = entities[0];
  const bound = boundColumns(call, data);
  const name = names[0];
  const title = titleOf(call, name);
  const lookups: Lookup[] = [];
  for (const { column, value } of bound) {
    const input = inputOf(value, catalog);
    if (input === undefined) continue;
    for (const owner of entities) {
      const identifier = owner.identifiers.find((item) =>
        column === undefined || column === 'pk' ? item.primary : item.field === column || item.column === column,
      );
      if (identifier?.kind !== 'sequential') continue;
      lookups.push({ name: title, place: placeOf(call.origin), entity: owner, identifier, input, steps: stepsOf(event) });
      break;
    }
  }
  const byInput = bound.some(({ value }) => inputOf(value, catalog) !== undefined) || (call.call?.args.some((arg) => inputOf(arg, catalog) !== undefined) ?? false);
  const effect: Effect = {
    kind: operation === 'read' ? 'reads' : 'writes',
    name: title,
    place: placeOf(call.origin),
    ...(name === undefined ? {} : { entity: entity?.name ?? name }),
    personal: isPersonal(entity?.name ?? name, entity?.fields ?? [], byInput),
    proved: event.proofs.length > 0,
    byInput,
    creates: data.operation === 'create' || /^\s*insert\b/i.test(data.entity === 'sql' ? sqlText(call) : ''),
    steps: stepsOf(event),
  };
  return { effect, lookups, signsUp: effect.creates && setsPassword(call, entity) };
}

/** A new record with a password of its own: the caller signs up. */
function setsPassword(call: ExternalValue, entity: Entity | undefined): boolean {
  const isPassword = (name: string): boolean => /^(hashed_?)?(password|passwd|pwd)(_?hash)?$/i.test(name);
  if (entity?.fields.some(isPassword)) return true;
  const sent = [...(call.call?.args ?? []), ...(call.receiver?.kind === 'external' ? (call.receiver.call?.args ?? []) : [])];
  return sent.some((value) => optionsOf(value).some(({ value: item }) => {
    const data = readProperty(item, 'data') ?? item;
    return data.kind === 'object' && [...data.properties.keys()].some(isPassword);
  }));
}

/** `prisma.user.findUnique`, `User.findByPk`. */
function titleOf(call: ExternalValue, entity: string | undefined): string {
  const method = call.path.slice(0, -2).split(/[.#]/).at(-1) ?? '';
  return call.path.startsWith('@prisma/client#') ? nameOfPath(call.path).replace('client.PrismaClient', 'prisma') : entity === undefined ? method : `${entity}.${method}`;
}

/** What the query is about, as the code names it. */
function entityNames(call: ExternalValue, data: DataEntry): readonly string[] {
  switch (data.entity) {
    case 'sql':
      return tablesInSql(call);
    case 'member': {
      const parts = call.path.slice(0, -2).split('.');
      return parts.length > 1 ? [parts.at(-2) ?? ''] : [];
    }
    case 'argument':
      return namesOf(call.call?.args[0]);
    case 'receiver':
      return receiverNames(call.receiver);
  }
}

function receiverNames(receiver: Value | undefined, depth = 0): readonly string[] {
  if (!receiver || depth > 6) return [];
  if (receiver.kind === 'class') return namesOf(receiver);
  if (receiver.kind === 'object') return receiver.classOf ? [receiver.classOf.facts.superTypeArguments[0]?.name ?? receiver.classOf.facts.name ?? ''] : [];
  if (receiver.kind !== 'external') return [];
  // `repository.createQueryBuilder('user')`: the alias names nothing, the repository does.
  const made = receiver.call && !receiver.path.endsWith('createQueryBuilder()') ? receiver.call.args[0] : undefined;
  const names = namesOf(made);
  return names.length > 0 ? names : receiverNames(receiver.receiver, depth + 1);
}

function namesOf(value: Value | undefined): readonly string[] {
  for (const option of value ? optionsOf(value) : []) {
    if (option.value.kind === 'class' && option.value.facts.name) return [option.value.facts.name];
    const text = textOf(option.value);
    if (text !== undefined && /^\w+$/.test(text)) return [text];
    if (option.value.kind === 'object') {
      const name = textOf(readProperty(option.value, 'name'));
      if (name !== undefined) return [name];
      if (option.value.classOf?.facts.name) return [option.value.classOf.facts.name];
    }
    if (option.value.kind === 'external' && option.value.call) return namesOf(option.value.call.args[0]);
  }
  return [];
}
