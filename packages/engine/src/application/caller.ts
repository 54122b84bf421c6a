import { limits } from '../limits.js';
import { falsyPath } from '../program/truth.js';
import type { ExternalValue, Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { isSecretColumn } from './secret-column.js';
import { boundColumns, type Bound } from './where-of.js';

/**
 * Whether the value says who the caller is, or is a part of what does: `req.user.id`, `claims.sub`, the record that
 * was found by nothing else.
 */
export function isCaller(value: Value | undefined, semantics: CatalogSemantics, depth = 0): boolean {
  if (!value || depth > limits.callerDepth) return false;
  if (value.kind === 'external') return isExternalCaller(value, semantics, depth);
  return isMadeOfParts(value) && isWithin(value, semantics, depth, new Map());
}

/**
 * Parts without the caller, by how deep they lay where they were looked at: parts of them that lay too deep then are looked at where one lies less deep.
 * Values hold one another over many ways.
 */
type Strangers = Map<Value, number>;

function isMadeOfParts({ kind }: Value): boolean {
  return kind === 'object' || kind === 'union' || kind === 'text';
}

function isWithin(value: Value, semantics: CatalogSemantics, depth: number, strangers: Strangers): boolean {
  if (depth > limits.callerDepth) return false;
  if (value.kind === 'external') return isExternalCaller(value, semantics, depth);
  if (isAddress(value)) return false;
  if (!isMadeOfParts(value) || (strangers.get(value) ?? Infinity) <= depth) return false;
  if (strangers.size > limits.valuesWithin) return false;
  strangers.set(value, depth);
  switch (value.kind) {
    case 'object':
      for (const item of value.properties.values()) if (isWithin(item, semantics, depth + 1, strangers)) return true;
      for (const item of value.spread) if (isWithin(item, semantics, depth + 1, strangers)) return true;
      return false;
    case 'union':
      for (const option of value.options) if (isWithin(option.value, semantics, depth + 1, strangers)) return true;
      return false;
    case 'text':
      for (const part of value.parts) if (isWithin(part, semantics, depth + 1, strangers)) return true;
      return false;
    default:
      return false;
  }
}

/** Whether it is the caller's whichever way the program went: `header ?? user.role` is not. */
export function isAlwaysCaller(value: Value, semantics: CatalogSemantics): boolean {
  if (value.kind === 'external' && value.call) {
    const converts = semantics.catalog.find(value.at)?.converts;
    const argument = typeof converts === 'number' ? value.call.args[converts] : undefined;
    if (argument) return isAlwaysCaller(argument, semantics);
  }
  if (value.kind !== 'union') return isCaller(value, semantics);
  const present = value.options.filter(({ value: option }) => !isAbsent(option));
  return present.length > 0 && present.every((option) => isAlwaysCaller(option.value, semantics));
}

/** Nothing, written down, or a member of what is not there: `claims && claims.sub`. */
function isAbsent(value: Value): boolean {
  if (value.kind !== 'external') return value.kind === 'undefined' || value.kind === 'literal';
  return value.path === falsyPath || value.path.startsWith(`${falsyPath}.`);
}

function isExternalCaller(value: ExternalValue, semantics: CatalogSemantics, depth: number): boolean {
  const { answers } = value;
  if (answers.isCaller === undefined) {
    // A value may be asked for while it is being asked: until then it is not.
    answers.isCaller = false;
    answers.isCaller = readExternal(value, semantics, depth);
  }
  return answers.isCaller;
}

/** What a store keeps under a key that comes with the caller is the caller's: `redis.get(claims.sid)`. */
const keptUnderKey = /\.(get|getItem|hgetall|hGetAll)\(\)$/;

function readExternal(value: ExternalValue, semantics: CatalogSemantics, depth: number): boolean {
  if (semantics.provedBy(value) !== undefined) return true;
  if (value.call) {
    const entry = semantics.catalog.find(value.at);
    if (semantics.tokenReadBy(value)) return true;
    if (entry?.proves) return entry.proves.kind === 'token' || entry.proves.kind === 'session';
    const data = entry?.data;
    if (data) {
      const bound = boundColumns(value, data);
      // An API key, and that of a session, comes where credentials come, and nobody else has it.
      const isCredential = (item: Bound): boolean =>
        (isKnownSecret(item, semantics) && isInHeader(sentFor(item.value, semantics))) ||
        isSessionKey(item, value, semantics);
      const own = new Set(
        bound
          .filter(
            (item) =>
              isCredential(item) ||
              isCaller(item.value, semantics, depth + 1) ||
              // A session is kept under a digest of what proves it.
              isCaller(semantics.sourceOfDigest(item.value), semantics, depth + 1),
          )
          .map(({ column }) => column),
      );
      // What is the same for everybody chooses nobody: `deletedAt: null`.
      const asked = bound.filter(({ value: item }) => item.kind !== 'literal');
      return asked.length > 0 && asked.every(({ column }) => own.has(column));
    }
    if (typeof entry?.converts === 'number') return isCaller(value.call.args[entry.converts], semantics, depth + 1);
    if (/^global#/.test(value.path) && !value.path.includes('.')) return false;
    if (
      keptUnderKey.test(value.path) &&
      value.call.args.length === 1 &&
      isCaller(value.call.args[0], semantics, depth + 1)
    )
      return true;
  }
  return isCaller(value.receiver, semantics, depth + 1);
}

/** Whether it may have the caller within. */
function mayHold(value: Value): boolean {
  switch (value.kind) {
    case 'external':
    case 'object':
    case 'array':
    case 'union':
      return true;
    case 'text':
      return !isAddress(value);
    default:
      return false;
  }
}

/** Where a request goes says nothing of who sends it. */
function isAddress(value: Value): boolean {
  return value.kind === 'text' && value.address === true;
}

/** What was looked at while the caller is looked for among the parts of a value. */
interface Search {
  readonly seen: Set<Value>;
  /** One for all of them, as the parts of a value are asked one by one. */
  readonly strangers: Strangers;
}

/** Whether the caller has a part in the value: among arguments, in what it was read from, inside a list. */
export function mentionsCaller(value: Value | undefined, semantics: CatalogSemantics, search?: Search): boolean {
  if (!value || !mayHold(value)) return false;
  if (mentions(value, semantics, search)) return true;
  if (value.kind !== 'external') return false;
  return value
    .knownCalls()
    .some(({ path, call }) => narrowing.test(path) && call?.args.some((arg) => mentionsCaller(arg, semantics, search)));
}

/** The same, calls of its own methods aside: what a query was narrowed by is asked for where it runs. */
export function mentions(value: Value, semantics: CatalogSemantics, search?: Search): boolean {
  if (!mayHold(value)) return false;
  if (value.kind === 'external' && value.answers.mentionsCaller !== undefined) return value.answers.mentionsCaller;
  if (search && (search.seen.has(value) || search.seen.size > limits.valuesWithin)) return false;
  const looked = search ?? { seen: new Set(), strangers: new Map() };
  if (isMadeOfParts(value) ? isWithin(value, semantics, 0, looked.strangers) : isCaller(value, semantics)) return true;
  looked.seen.add(value);
  return holdsCaller(value, semantics, looked);
}

function holdsCaller(value: Value, semantics: CatalogSemantics, search: Search): boolean {
  const inner = (values: Iterable<Value>): boolean => {
    for (const item of values) if (mentionsCaller(item, semantics, search)) return true;
    return false;
  };
  switch (value.kind) {
    case 'external':
      return (value.answers.mentionsCaller ??=
        inner(value.call?.args ?? []) ||
        isNarrowed(value, semantics, search) ||
        (value.receiver !== undefined && mentions(value.receiver, semantics, search)));
    case 'object':
      return inner(value.properties.values()) || inner(value.spread);
    case 'array':
      return inner(value.items);
    case 'union':
      for (const option of value.options) if (mentionsCaller(option.value, semantics, search)) return true;
      return mentionsCaller(value.chosenBy, semantics, search);
    case 'text':
      return inner(value.parts);
    default:
      return false;
  }
}

/** Whether a builder was narrowed to the caller before the query ran. */
function isNarrowed(query: ExternalValue, semantics: CatalogSemantics, search: Search): boolean {
  const data = query.call && semantics.catalog.find(query.at)?.data;
  if (!data?.conditions || data.whereReplaces) return false;
  return boundColumns(query, data).some(({ value }) => mentionsCaller(value, semantics, search));
}

/** A query that is put together and handed to another one: `where('teamId', 'in', teamsOf(user.id))`. */
const narrowing = /\.(where|andWhere)\(\)$/;

/** The query that a value is a record of, or a column of one. */
export function findQuery(value: Value | undefined, semantics: CatalogSemantics, depth = 0): ExternalValue | undefined {
  if (!value || depth > limits.callerDepth) return undefined;
  switch (value.kind) {
    case 'external': {
      for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
        if (!current.call) continue;
        const entry = semantics.catalog.find(current.at);
        if (entry?.data) return current;
        if (typeof entry?.converts === 'number')
          return findQuery(current.call.args[entry.converts], semantics, depth + 1);
      }
      return undefined;
    }
    case 'union':
      for (const option of value.options) {
        const found = findQuery(option.value, semantics, depth + 1);
        if (found) return found;
      }
      return undefined;
    case 'object':
      for (const item of [...value.spread, ...value.properties.values()]) {
        const found = findQuery(item, semantics, depth + 2);
        if (found) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

function isInHeader(input: string | undefined): boolean {
  return input !== undefined && /^(headers|cookies|signedCookies)\b/.test(input);
}

/** The columns that a query is bound to. */
export function columnsOf(query: ExternalValue, semantics: CatalogSemantics): readonly Bound[] {
  const data = semantics.catalog.find(query.at)?.data;
  return data ? boundColumns(query, data) : [];
}

/** Whether a query finds what belongs to the caller: bound to the caller, or to what the caller alone knows. */
export function isOfCaller(query: ExternalValue, semantics: CatalogSemantics): boolean {
  return columnsOf(query, semantics).some(
    (bound) => mentionsCaller(bound.value, semantics) || isKnownSecret(bound, semantics),
  );
}

/** What came in that a value is, or is a digest of. */
function sentFor(value: Value, semantics: CatalogSemantics): string | undefined {
  return inputOf(value, semantics.catalog) ?? semantics.digested(value);
}

/** A column that holds a secret, bound to what the caller sends: who can name it may have the record. */
export function isKnownSecret({ column, value }: Bound, semantics: CatalogSemantics): boolean {
  return column !== undefined && isSecretColumn(column) && sentFor(value, semantics) !== undefined;
}

/** What a session or an API key is looked up by, where it comes with every request: nobody else has it. */
export function isSessionKey({ value }: Bound, query: ExternalValue, semantics: CatalogSemantics): boolean {
  const data = semantics.catalog.find(query.at)?.data;
  return data !== undefined && isInHeader(sentFor(value, semantics)) && semantics.isOfSessions(query, data);
}
