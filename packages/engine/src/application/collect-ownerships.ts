import type { Access, AccessColumn, Ownership } from './access.js';
import type { Entity } from '../schema/entity.js';
import { isPersonal } from './personal-data.js';
import type { Route } from './route.js';

/** Names of the primary key, beside what the schema says. */
const keyName = /^(id|_id|pk|uid|uuid|public_?id|email|username|user_?name|login|sub|user_?id)$/i;
const accountName = /^(user|account|customer|member|person|profile|employee|principal|login)s?$/i;

/**
 * Whose the records of each entity are, by what the routes do with the caller: where some query is bound to the
 * caller, or its record compared with the caller, all others of that entity are about somebody's records too. Where no
 * route shows it, by the columns of the schema.
 */
export function collectOwnerships(
  routes: readonly Route[],
  entities: readonly Entity[],
): ReadonlyMap<string, Ownership> {
  const found = new Map<string, Ownership>();
  for (const entity of entities) {
    const declared = declaredOwnership(entity);
    if (declared) found.set(entity.name, declared);
  }
  for (const route of routes) {
    for (const access of route.accesses) {
      if (access.entity === undefined || !access.proved) continue;
      const ownership = ownershipIn(route, access, access.entity);
      const known = found.get(access.entity);
      if (ownership && (!known || rankOf(ownership) > rankOf(known))) found.set(access.entity, ownership);
    }
  }
  for (const route of routes) {
    for (const access of route.accesses) {
      const known = access.entity === undefined ? undefined : found.get(access.entity);
      if (known && !known.isPrivate && !known.isAccount && handsOver(access, known))
        found.set(known.entity, { ...known, isShared: true });
    }
  }
  return found;
}

/** `update({ where: { id }, data: { assigneeId: body.userId } })`, where the author stays who they are. */
function handsOver({ operation, values }: Access, { column: owner }: Ownership): boolean {
  return (
    operation === 'write' &&
    values.some((item) => item.from === 'request' && item.column !== owner && isReference(item) && !isParent(item))
  );
}

/** `ownerId`, or `userId` of what a person keeps to themselves. */
function declaredOwnership(entity: Entity): Ownership | undefined {
  const password = entity.fields.find((field) => /^(hashed_?)?(password|passwd|pwd)(_?hash)?$/i.test(field));
  if (password !== undefined)
    return {
      entity: entity.name,
      column: entity.identifiers.find(({ primary }) => primary)?.field ?? 'id',
      isAccount: true,
      isPrivate: true,
      isShared: false,
      place: entity.place,
      evidence: `\`${entity.name}\` holds accounts (\`${password}\`)`,
    };
  const owner = entity.fields.find((field) => /^(owner|customer|patient|employee)(_?(id|uid|uuid))?$/i.test(field));
  const column = owner ?? entity.fields.find((field) => /^(user|account|member)(_?(id|uid|uuid))?$/i.test(field));
  if (column === undefined) return undefined;
  return {
    entity: entity.name,
    column,
    isAccount: false,
    isPrivate: owner !== undefined || isPersonal(entity.name, [], false),
    isShared: false,
    place: entity.place,
    evidence: `\`${entity.name}\` has \`${column}\``,
  };
}

function rankOf({ isPrivate, isAccount }: Ownership): number {
  return (isPrivate ? 2 : 0) + (isAccount ? 0 : 1);
}

function ownershipIn(route: Route, access: Access, entity: string): Ownership | undefined {
  const bound = access.columns.filter(isOfCaller);
  const first = bound.find((item) => isReference(item) || isKey(item, entity));
  if (access.operation !== 'create' && first) {
    const isAccount = access.columns.length === bound.length && isKey(first, entity);
    const column = first.column ?? 'id';
    return {
      entity,
      column,
      isAccount,
      isPrivate: true,
      isShared: false,
      place: access.place,
      evidence: `\`${route.title}\` looks ${entity} up by \`${column}\` of the caller`,
    };
  }
  if (access.comparedColumn !== undefined) {
    const column = access.comparedColumn;
    return {
      entity,
      column,
      isAccount: accountName.test(entity) && keyName.test(column),
      isPrivate: true,
      isShared: false,
      place: access.place,
      evidence: `\`${route.title}\` compares \`${column}\` of ${entity} with the caller`,
    };
  }
  const written =
    access.operation === 'create' ? access.values.find((item) => isOfCaller(item) && isReference(item)) : undefined;
  if (!written) return undefined;
  const column = written.column ?? 'owner';
  return {
    entity,
    column,
    isAccount: false,
    isPrivate: false,
    isShared: false,
    place: access.place,
    evidence: `\`${route.title}\` makes ${entity} with the caller as \`${column}\``,
  };
}

/** A column that refers to several people: moving a record to another team hands it to nobody. */
function isParent({ column }: AccessColumn): boolean {
  return column !== undefined && /(tenant|org(ani[sz]ation)?|workspace|team|company)(_?(id|uid|uuid))?$/i.test(column);
}

function isOfCaller({ from }: AccessColumn): boolean {
  return from === 'caller';
}

/** The primary key of the entity that holds accounts. */
function isKey({ column }: AccessColumn, entity: string): boolean {
  return column === undefined || (keyName.test(column) && (accountName.test(entity) || !/user/i.test(column)));
}

/** A column that refers to somebody: not the name of the caller that a record merely mentions. */
function isReference({ column }: AccessColumn): boolean {
  return (
    column !== undefined &&
    /(user|owner|author|customer|account|member|creator|created_?by|tenant|org(ani[sz]ation)?|workspace|team|company|uid|employee|patient|reader|writer|editor|buyer|seller|sender|recipients?|participants?|assignee|requester|applicant|student|holder|client|guest|host|owned_?by|submitted_?by)(_?(id|uid|uuid))?$/i.test(
      column,
    )
  );
}
