import type { CallEntry } from '../catalog/library.js';
import { linked, type Grant } from '../program/proof.js';
import type { Permission } from '../program/permission.js';
import { includesPath } from '../program/native-members.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import { columnsOf, findQuery, isAlwaysCaller, isCaller, mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { asksForStanding, isOwnRecord, tellsTokensApart } from './standing.js';
import type { Bound } from './where-of.js';

/** Properties of an account by which it is told what it may do. */
const roleName =
  /role|admin|permission|privilege|scope|group|staff|super|moderator|manager|level|rank|tier|plan|access|capabilit|grant|authorit|is(Owner|Root|Internal|Support|Employee)|^can[A-Z_]/i;
/** Methods that ask whether one value is, or is among, others. */
const asksWhether =
  /\.(includes|has|some|every|contains|equals|isEqual|eq|isMember|indexOf|startsWith|test|match)\(\)$/;
/** What the language provides: it decides nothing by itself. */
const plainTest = /^global#(!|typeof|void|Boolean|instanceof|in|[=!]==?|[-+*/%&|^~]+|<<|>>>?)\(\)$/;
const ordering = /^global#[<>]=?\(\)$/;

/** What the caller may do where the value is truthy: `user.isAdmin`, `roles.includes(user.role)`, `can(user, order)`. */
export function permittedBy(value: Value, semantics: CatalogSemantics): Permission | undefined {
  if (value.kind === 'union') return permittedByChoice(value.chosenBy, semantics);
  if (value.kind !== 'external') return undefined;
  if (!value.call) return permittedByMember(value, semantics);
  const { args } = value.call;
  if (plainTest.test(value.path)) return undefined;
  if (ordering.test(value.path)) {
    // How long a session lasts says nothing of whose it is.
    if (args.some(isTime)) return undefined;
    const counted = args.find((arg) => isTally(arg, semantics));
    const query = findQuery(counted, semantics);
    const found = query && permittedByQuery(query, semantics);
    if (found) return { ...found, eitherSide: true };
    // `ranks[membership.role] < ranks.editor`: of what the caller is a member, that is asked as well.
    const chosen = args.map((arg) => (arg.kind === 'union' ? permittedByChoice(arg.chosenBy, semantics) : undefined));
    const member = chosen.find((permission) => permission?.grant.kind === 'owner');
    if (member) return member;
    return args.some((arg) => mentionsCaller(arg, semantics))
      ? { grant: { kind: 'role', permits: true, name: nameIn(args) ?? 'role' }, eitherSide: true }
      : undefined;
  }
  if (value.path === includesPath) return permittedByList(args[0], args[1], semantics);
  const entry = semantics.catalog.find(value.at);
  if (entry?.answersIn !== undefined) return undefined;
  if (entry?.authorizes) return permittedByQuestion(value, entry.authorizes, semantics);
  if (entry?.data) return permittedByQuery(value, semantics);
  if (entry?.proves ?? entry?.decodes ?? entry?.converts ?? entry?.mint ?? entry?.derives) return undefined;
  if (asksForStanding(value, semantics)) return undefined;
  if (asksWhether.test(value.path) && !value.yields) {
    const found = permittedByList(value.receiver, args[0], semantics);
    if (found) return found;
  }
  if (value.path.startsWith('global#') || value.path.startsWith('express#Response')) return undefined;
  if (isCaller(value, semantics) && args.length === 0)
    return roleName.test(lastName(value)) ? { grant: role(lastName(value)), eitherSide: false } : undefined;
  return args.some((arg) => mentionsCaller(arg, semantics)) ||
    (args.length > 0 && mentionsCaller(value.receiver, semantics))
    ? { grant: policy(value), eitherSide: true }
    : undefined;
}

/** `Date.now()`, `new Date()`, `Date.now() / 1000` */
function isTime(value: Value): boolean {
  if (value.kind !== 'external') return false;
  const [first] = value.call?.args ?? [];
  return value.path.startsWith('global#Date') || (arithmetic.test(value.path) && first !== undefined && isClock(first));
}

const arithmetic = /^global#[-+*/]\(\)$/;

function isClock(value: Value): boolean {
  return value.kind === 'external' && value.path.startsWith('global#Date');
}

/** `ranks[user.role]`; `ranks[membership.role]` says what the caller may do to what the membership is of. */
function permittedByChoice(chosenBy: Value | undefined, semantics: CatalogSemantics): Permission | undefined {
  if (!chosenBy || !mentionsCaller(chosenBy, semantics) || tellsTokensApart(chosenBy)) return undefined;
  const query = isCaller(chosenBy, semantics) ? undefined : findQuery(chosenBy, semantics);
  const grant = (query && permittedByQuery(query, semantics)?.grant) ?? role('role');
  return { grant, eitherSide: true };
}

/** A policy library was asked, of this record or of what the caller may do to all of a kind. */
function permittedByQuestion(
  question: ExternalValue,
  authorizes: NonNullable<CallEntry['authorizes']>,
  semantics: CatalogSemantics,
): Permission | undefined {
  if (semantics.asksOfAnyRecord(question)) return undefined;
  return { grant: policy(question), eitherSide: authorizes === 'falsy' };
}

/** `user.isAdmin`; a column of a record that was found by the caller and another key: a membership. */
function permittedByMember(value: ExternalValue, semantics: CatalogSemantics): Permission | undefined {
  const { receiver } = value;
  const asked = receiver?.kind === 'external' && receiver.call ? semantics.catalog.find(receiver.at) : undefined;
  if (receiver?.kind === 'external' && asked?.answersIn !== undefined)
    return asked.authorizes && asked.answersIn === lastName(value)
      ? permittedByQuestion(receiver, asked.authorizes, semantics)
      : undefined;
  if (isCaller(value, semantics)) {
    const name = lastName(value);
    return roleName.test(name) ? { grant: role(name), eitherSide: false } : undefined;
  }
  const query = findQuery(value, semantics);
  return query && permittedByQuery(query, semantics);
}

/**
 * There is a record of the caller for what was asked: the caller owns it, or is a member. `{ userId: user.id, role: 'admin' }` asks for a
 * role, `{ id: claims.sub, deletedAt: null }` for an account and for nothing that somebody may do.
 */
function permittedByQuery(query: ExternalValue, semantics: CatalogSemantics): Permission | undefined {
  const columns = columnsOf(query, semantics);
  // `{ id, team: { id: user.teamId } }`: two columns that are called alike.
  const nameOf = ({ owner, column }: Bound): string => `${owner ?? ''} ${column ?? ''}`;
  const own = new Set(columns.filter(({ value }) => mentionsCaller(value, semantics)).map(nameOf));
  const others = columns.filter((column) => !own.has(nameOf(column)));
  if (own.size === 0) return linkedByQuery(query, others);
  const asked = others.filter(({ value }) => !isNothing(value));
  if (asked.every(({ value }) => isFixed(value))) {
    const named = asked.find(({ column }) => roleName.test(column ?? ''));
    if (named) return { grant: role(nameIn([named.value]) ?? named.column ?? 'role'), eitherSide: false };
    const isAccount = columns.every((item) => !own.has(nameOf(item)) || accountKey.test(item.column ?? 'id'));
    if (asked.length === 0 || isAccount) return undefined;
  }
  const about = [query, ...asked.map(({ value }) => value)];
  return { grant: { kind: 'owner', permits: true, about }, eitherSide: false };
}

/** By it the caller's own account is found, and nothing that the caller is a member of. */
const accountKey = /^(id|_id|uid|uuid|sub|email|username|public_?id)$/i;

function isNothing(value: Value): boolean {
  return value.kind === 'undefined' || (value.kind === 'literal' && value.value === null);
}

/** There is a record for both: `{ id, websiteId }`, a member of a team. */
function linkedByQuery(query: ExternalValue, columns: readonly Bound[]): Permission | undefined {
  const named = columns.filter(({ value }) => !isFixed(value)).map(({ value }) => value);
  return named.length < 2 ? undefined : { grant: { kind: linked, about: [query, ...named] }, eitherSide: false };
}

/** `['admin'].includes(user.role)`, `user.roles.includes('admin')`, `order.viewers.includes(user.id)`. */
function permittedByList(
  list: Value | undefined,
  item: Value | undefined,
  semantics: CatalogSemantics,
): Permission | undefined {
  if (!list || !item) return undefined;
  // Nobody is in an empty list.
  if (list.kind === 'array' && !list.open && list.items.length === 0)
    return { grant: role('nobody'), eitherSide: false };
  const [callersList, callersItem] = [list, item].map(
    (value) => isAlwaysCaller(value, semantics) || (value.kind !== 'union' && mentionsCaller(value, semantics)),
  );
  if (!callersList && !callersItem) return undefined;
  const other = callersItem ? list : item;
  const grant = isFixed(other) ? role(nameIn([other]) ?? 'role') : compared(other, semantics);
  return { grant, eitherSide: false };
}

/** What the caller may do where two values are equal, one of which is the caller's. */
export function permittedByEquality(left: Value, right: Value, semantics: CatalogSemantics): Grant | undefined {
  const [own, other] = isAlwaysCaller(left, semantics) ? [left, right] : [right, left];
  if (!isAlwaysCaller(own, semantics))
    return permittedByCount(left, right, semantics) ?? linkedByEquality(left, right, semantics);
  // That something is missing says nothing of what the caller may do.
  if (other.kind === 'undefined') return undefined;
  // `session.userId === claims.sub`: whom the token names and whose the session is, both are the caller.
  if (isAlwaysCaller(other, semantics)) return undefined;
  if (isFixed(other)) {
    const name = nameIn([other]);
    return roleName.test(name ?? '') || asksForRole(own, semantics) ? role(name ?? 'role') : undefined;
  }
  return isOwnRecord(other, semantics) ? undefined : compared(other, semantics);
}

/** Whether the value is a property that says what an account may do, conversions looked through. */
function asksForRole(value: Value, semantics: CatalogSemantics): boolean {
  return optionsOf(value).some(({ value: option }) => {
    if (option.kind !== 'external') return false;
    const converts = option.call && semantics.catalog.find(option.at)?.converts;
    const argument = typeof converts === 'number' ? option.call?.args[converts] : undefined;
    return argument ? asksForRole(argument, semantics) : roleName.test(lastName(option));
  });
}

/** `count === ids.length`, `count === 1`: as many of the caller's as were asked for. */
function permittedByCount(left: Value, right: Value, semantics: CatalogSemantics): Grant | undefined {
  const [count, number] = isTally(left, semantics) ? [left, right] : [right, left];
  if (!isTally(count, semantics) || (number.kind === 'literal' && !number.value)) return undefined;
  const query = findQuery(count, semantics);
  return query && permittedByQuery(query, semantics)?.grant;
}

/** `collection.teamId === target.teamId`, `environment.teamId === req.params.teamId`: they belong to the same team. */
function linkedByEquality(left: Value, right: Value, semantics: CatalogSemantics): Grant | undefined {
  const [first, second] = [left, right].map((value) => refersTo(value, semantics));
  const isNamed = (value: Value): boolean => inputOf(value, semantics.catalog) !== undefined;
  if (first && second ? first === second : !(first && isNamed(right)) && !(second && isNamed(left))) return undefined;
  return { kind: linked, about: [left, right] };
}

/** The query of the record of which the value is a column that refers to something. */
function refersTo(value: Value, semantics: CatalogSemantics): ExternalValue | undefined {
  for (const { value: option } of optionsOf(value)) {
    if (option.kind !== 'external' || option.call || !reference.test(lastName(option))) continue;
    const query = findQuery(option, semantics);
    if (query) return query;
  }
  return undefined;
}

const reference =
  /(^|_)(id|uid|uuid|owner|user|account|team|tenant|org|organi[sz]ation|workspace|company|customer)$|(Id|ID|Uid|UID|Uuid)$/;

function isTally(value: Value, semantics: CatalogSemantics): boolean {
  const query = findQuery(value, semantics);
  return query !== undefined && semantics.catalog.find(query.at)?.data?.tallies === true;
}

/** Compared with the caller: the owner of a record, an id that the request names; anything else is a rule of the project. */
function compared(other: Value, semantics: CatalogSemantics): Grant {
  const known = inputOf(other, semantics.catalog) !== undefined || findQuery(other, semantics) !== undefined;
  return { kind: known ? 'owner' : 'policy', permits: true, about: [other] };
}

function policy(call: ExternalValue): Grant {
  return {
    kind: 'policy',
    permits: true,
    name: lastName(call),
    about: [...(call.call?.args ?? []), ...(call.receiver ? [call.receiver] : [])],
  };
}

function role(name: string): Grant {
  return { kind: 'role', permits: true, name };
}

/** Written down in the program: a literal, a list of them, a constant of a package, `Role.ADMIN`. */
export function isFixed(value: Value, seen = new Set<Value>()): boolean {
  // Lists may hold one another, and themselves: what was found out once is not asked again.
  if (seen.has(value)) return true;
  if (value.kind === 'array' || value.kind === 'union') seen.add(value);
  switch (value.kind) {
    case 'literal':
      return true;
    case 'array':
      return value.items.every((item) => isFixed(item, seen));
    case 'union':
      return value.options.every((option) => option.value.kind !== 'undefined' && isFixed(option.value, seen));
    case 'external':
      return !value.call && !value.path.startsWith('express#') && !value.path.startsWith('?') && isConstantOf(value);
    default:
      return false;
  }
}

function isConstantOf(value: ExternalValue): boolean {
  let current: Value | undefined = value;
  while (current?.kind === 'external') {
    if (current.call) return false;
    current = current.receiver;
  }
  return true;
}

function nameIn(values: readonly Value[]): string | undefined {
  for (const value of values) {
    for (const { value: option } of optionsOf(value)) {
      const text = textOf(option);
      if (text !== undefined) return text;
      if (option.kind === 'array') {
        const inner = option.items.map(textOf).filter((item) => item !== undefined);
        if (inner.length > 0) return inner.join('|');
      }
      if (option.kind === 'external' && isConstantOf(option)) return lastName(option);
    }
  }
  return undefined;
}

function lastName(value: ExternalValue): string {
  return (
    value.path
      .replace(/(\(\))+$/, '')
      .split(/[.#]/)
      .at(-1) ?? ''
  );
}
