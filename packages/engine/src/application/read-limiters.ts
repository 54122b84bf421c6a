import type { LimitedBy, LimiterEntry, Position } from '../catalog/library.js';
import { limits } from '../limits.js';
import { conditionsSince, type Condition } from '../program/condition.js';
import type { Interpreter } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import type { Event } from '../program/semantics.js';
import {
  externalValue,
  optionsOf,
  propertyOf,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../program/value.js';
import { mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import type { Limiter } from './limiter.js';
import { placeOf } from './place-of.js';
import { valueAt } from './where-of.js';

/** Where a request says from where it comes: every network hands out many of those. */
const address = /^(ip|ips|headers\.(x-forwarded-for|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip))\b/i;

/** How a framework hands a request to the functions that a limiter is configured with. */
export type Handing = (request: ExternalValue) => readonly Value[];

/** A limiter as it is configured at this place. */
export function limiterAt(
  value: ExternalValue,
  entry: LimiterEntry,
  semantics: CatalogSemantics,
  handed: Handing,
  options?: Value,
): Limiter {
  const key = entry.key && (keyIn(options, entry.key) ?? valueAt(value, entry.key));
  return {
    name: nameOfPath(value.path),
    place: placeOf(value.origin),
    by: key && key.kind !== 'undefined' ? countedBy(key, semantics, handed, value.origin) : entry.by,
  };
}

function keyIn(options: Value | undefined, { property }: Position): Value | undefined {
  return options && property !== undefined ? propertyOf(options, property) : undefined;
}

/** What a limiter counts by that is given this key, or a function that makes one of each request. */
export function countedBy(
  key: Value,
  semantics: CatalogSemantics,
  handed: Handing,
  origin: Origin,
): LimitedBy | undefined {
  if (key.kind !== 'function') return keyedBy(key, semantics);
  const request = externalValue('express#Request', origin);
  return keyedBy(answerOf(key, request, semantics.interpreter, handed), semantics);
}

function answerOf(asked: Value, request: ExternalValue, interpreter: Interpreter, handed: Handing): Value {
  return interpreter.follow(asked, { kind: 'undefined' }, handed(request), request.origin, []).value;
}

/** Of several things that a key is made of or may be, the one that is hardest to change counts. */
function keyedBy(key: Value, semantics: CatalogSemantics): LimitedBy | undefined {
  const found = new Set<LimitedBy | undefined>();
  for (const part of partsOf(key, 0)) found.add(partBy(part, semantics));
  if (found.has(undefined)) return undefined;
  for (const by of ['caller', 'identifier', 'address'] as const) if (found.has(by)) return by;
  return 'everything';
}

function partsOf(value: Value, depth: number): readonly Value[] {
  if (depth > limits.storeKeyDepth) return [value];
  if (value.kind === 'text') return value.parts.flatMap((part) => partsOf(part, depth + 1));
  if (value.kind === 'union') return optionsOf(value).flatMap((option) => partsOf(option.value, depth + 1));
  if (value.kind === 'array') return value.items.flatMap((item) => partsOf(item, depth + 1));
  if (value.kind === 'external' && value.call && /^global#(\+|\?\?|\|\||String)\(\)$/.test(value.path))
    return value.call.args.flatMap((arg) => partsOf(arg, depth + 1));
  return [value];
}

function partBy(part: Value, semantics: CatalogSemantics): LimitedBy | undefined {
  if (part.kind === 'literal' || part.kind === 'undefined') return 'everything';
  if (mentionsCaller(part, semantics)) return 'caller';
  const input = inputOf(part, semantics.catalog);
  if (input !== undefined)
    return address.test(input) ? 'address' : /^(body|query|params|args)\b/.test(input) ? 'identifier' : undefined;
  if (part.kind !== 'external') return undefined;
  if (/^express#Request\.(ip|ips|socket|connection|raw\.socket|info)\b/.test(part.path)) return 'address';
  // `ipKeyGenerator(req.ip)`, `getConnInfo(c).remote.address`, `requestIp.getClientIp(req)`
  return /(^|[^a-z])(client|remote|real|request)?_?-?(ip|address)([^a-z]|KeyGenerator|$)|ConnInfo|(get|client|real)Ip\b/.test(
    part.path,
  )
    ? 'address'
    : undefined;
}

/** Whether its configuration leaves out every request that gets here. */
export function isSkipped(
  value: ExternalValue,
  { skips }: LimiterEntry,
  semantics: CatalogSemantics,
  request: ExternalValue,
  handed: Handing,
): boolean {
  const question = skips && valueAt(value, skips);
  if (question?.kind !== 'function') return false;
  const answer = answerOf(question, request, semantics.interpreter, handed);
  return answer.kind === 'literal' && answer.value === true;
}

/** The limiters among what happened while a layer or a handler was followed. */
export function limitersAmong(events: readonly Event[], semantics: CatalogSemantics): readonly Limiter[] {
  const found: Limiter[] = [];
  for (const { call } of events) {
    const entry = semantics.limiterOf(call);
    const named = entry ? undefined : semantics.limitsByName(call);
    if (entry) {
      if (entry.answers && !isTested(call, events)) continue;
      found.push(limiterAt(call, entry, semantics, (request) => [request]));
    } else if (named ?? semantics.refusesTooMany(call))
      found.push({ name: nameOfPath(call.path), place: placeOf(call.origin), by: undefined });
  }
  return found;
}

/** Whether some test asks for what a call gave, or for a part of it. */
function isTested(call: ExternalValue, events: readonly Event[]): boolean {
  const seen = new Set<Condition>();
  for (const { condition } of events) {
    for (const test of conditionsSince(condition, undefined)) {
      if (seen.has(test)) continue;
      seen.add(test);
      if (test.values.some((value) => holds(value, (item) => item === call, 0))) return true;
    }
  }
  return false;
}

/** What an account or a store is asked for that counts attempts: `failedLogins`, `lockedUntil`, `attempts`. */
const attempts =
  /attempt|fail(ed|ure)|lock(ed|_?out|_?until|_?exp)|\b(is)?_?locked?\b|tries\b|strikes|too_?many|block(ed)?_?(until|at)|cool_?down/i;

/** A count by hand: a test on the way asks how often somebody has tried, or whether the account is locked. */
export function countsByHand(tests: readonly Condition[]): Origin | undefined {
  const isCount = (value: Value): boolean =>
    value.kind === 'external' && attempts.test(value.path.slice(value.path.lastIndexOf('.') + 1));
  return tests.find(({ values }) => values.some((value) => holds(value, isCount, 0)))?.origin;
}

/** Whether a question has something in it: operands, receivers and arguments. */
function holds(value: Value, is: (value: Value) => boolean, depth: number): boolean {
  if (is(value)) return true;
  if (depth > limits.questionDepth) return false;
  const inner = (item: Value): boolean => holds(item, is, depth + 1);
  switch (value.kind) {
    case 'external':
      return (value.receiver !== undefined && inner(value.receiver)) || (value.call?.args.some(inner) ?? false);
    case 'union':
      return value.options.some((option) => inner(option.value));
    case 'array':
      return value.items.some(inner);
    case 'object':
      return [...value.properties.values()].some(inner);
    default:
      return false;
  }
}

/** 429, `HttpStatus.TOO_MANY_REQUESTS`, `'TOO_MANY_REQUESTS'` */
export function isTooMany(status: Value | undefined): boolean {
  return (
    status !== undefined &&
    optionsOf(status).some(
      ({ value }) =>
        ['429', 'TOO_MANY_REQUESTS'].includes(textOf(value) ?? '') ||
        (value.kind === 'external' && /too_?many_?requests$/i.test(value.path)),
    )
  );
}
