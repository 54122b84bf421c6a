import type { CallEntry } from '../catalog/library.js';
import { nameOfPath, type Outcome } from '../program/interpreter.js';
import type { Proof } from '../program/proof.js';
import type { Event } from '../program/semantics.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import { inputOf } from './input-of.js';
import type { Lookup } from './lookup.js';
import { placeOf } from './place-of.js';
import { readData, type EntityFinder } from './read-data.js';
import type { Effect, ReachedMint, SubjectOrigin } from './route.js';
import { stepsOf } from './steps-of.js';
import { boundColumns, readProperty, valueAt } from './where-of.js';

/** What a handler reaches, in the words of the model. */
export interface Reach {
  readonly effects: readonly Effect[];
  readonly mints: readonly ReachedMint[];
  readonly lookups: readonly Lookup[];
  /** Whether every answer of success comes after a proof, and there is one. */
  readonly provesItself: readonly Proof[];
  readonly authenticates: boolean;
}

/** Reads what happened while a handler was followed. */
export function readReach(
  outcome: Outcome,
  state: ChainState,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  answersByReturn: boolean,
): Reach {
  const { catalog } = semantics;
  const effects: Effect[] = [];
  const reads: { readonly call: ExternalValue; readonly effect: Effect }[] = [];
  const lookups: Lookup[] = [];
  const mintEvents: { event: Event; entry: CallEntry }[] = [];
  const answers: { value: Value; proofs: readonly Proof[] }[] = [];
  let authenticates = false;
  let createsAccount = false;
  for (const event of outcome.events) {
    const { call } = event;
    const entry = catalog.find(call.path);
    if (event.meaning.proves?.kind === 'credential' || event.meaning.proves?.kind === 'signature') authenticates = true;
    if (!entry) continue;
    if (entry.hashesPassword) createsAccount = true;
    if (entry.mint) mintEvents.push({ event, entry });
    if (entry.data) {
      const data = readData(event, entry.data, semantics, findEntity);
      if (data.effect.kind === 'reads') reads.push({ call, effect: data.effect });
      else effects.push(data.effect);
      lookups.push(...data.lookups);
      if (data.signsUp) createsAccount = true;
    }
    if (
      entry.effect &&
      (!entry.effect.whenInput || call.call?.args.some((arg) => inputOf(arg, catalog) !== undefined))
    ) {
      effects.push({
        kind: entry.effect.kind,
        name: nameOfPath(call.path),
        place: placeOf(call.origin),
        proved: isProved(event.proofs),
        personal: true,
        byInput: call.call?.args.some((arg) => inputOf(arg, catalog) !== undefined) ?? false,
        creates: false,
        steps: stepsOf(event),
      });
    }
    if (entry.responds !== undefined && !isRefusal(call)) {
      answers.push({ value: call.call?.args[entry.responds] ?? { kind: 'undefined' }, proofs: event.proofs });
    }
  }
  if (answersByReturn && outcome.flow) answers.push({ value: outcome.value, proofs: outcome.flow.proofs });
  const sent = answers.map((answer) => answer.value);
  const given = sent.map((value) => secretIn(value, new Set())).find((secret) => secret !== undefined);
  if (given) effects.push(given);
  // What is only looked at, to see whether it exists, is not given away.
  for (const { call, effect } of reads)
    if (sent.some((value) => contains(value, call, new Set()))) effects.push(effect);
  const mints = mintEvents.map(({ event, entry }) => readMint(event, entry, semantics, sent, findEntity));
  for (const mint of mints.filter((item) => item.leaves)) {
    effects.push({
      kind: 'mints',
      name: mint.mint.name,
      place: mint.mint.place,
      proved: mint.proofs.length > 0,
      personal: true,
      byInput: mint.subject.kind === 'request',
      creates: false,
      steps: mint.steps,
    });
  }
  return {
    effects,
    mints,
    lookups,
    provesItself: provedByAll(answers, state.proofs),
    authenticates: authenticates || createsAccount,
  };
}

/** What all answers of success have in common, a credential that was only just checked left out. */
function provedByAll(answers: readonly { proofs: readonly Proof[] }[], before: readonly Proof[]): readonly Proof[] {
  const [first] = answers;
  if (!first) return [];
  const gained = (proofs: readonly Proof[]): readonly Proof[] =>
    proofs.filter((proof) => !before.includes(proof) && proof.kind !== 'credential');
  return answers.every((answer) => gained(answer.proofs).length > 0) ? gained(first.proofs) : [];
}

function isProved(proofs: readonly Proof[]): boolean {
  return proofs.length > 0;
}

/** `res.status(401).json()`, `res.sendStatus(403)`: an answer that gives nothing away. */
function isRefusal(call: ExternalValue): boolean {
  const status = statusOf(call);
  return status !== undefined && status >= 300;
}

function statusOf(call: ExternalValue): number | undefined {
  if (call.path.endsWith('.sendStatus()')) return Number(textOf(call.call?.args[0]) ?? 200);
  if (call.path.endsWith('.redirect()')) return 302;
  // A fluent response is the response itself: the status that was set last before this call, in the order of calls.
  const response = call.receiver;
  if (response?.kind !== 'external') return undefined;
  const index = response.calls.indexOf(call);
  const before = response.calls[index - 1];
  if (
    before &&
    /\.(status|code|writeHead)\(\)$/.test(before.path) &&
    before.origin.span.start >= call.origin.span.start &&
    before.origin.span.end <= call.origin.span.end
  ) {
    return Number(textOf(before.call?.args[0]) ?? 200);
  }
  return undefined;
}

function readMint(
  event: Event,
  entry: CallEntry,
  semantics: CatalogSemantics,
  sent: readonly Value[],
  findEntity: EntityFinder,
): ReachedMint {
  const { call } = event;
  const payload = entry.mint?.subject ? valueAt(call, entry.mint.subject) : builderPayload(call);
  return {
    mint: {
      name: nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.'),
      place: placeOf(call.origin),
      library: call.path.replace(/\(\)$/, ''),
    },
    proofs: event.proofs.map((proof) => proof.kind),
    subject: subjectOf(payload, semantics, findEntity),
    leaves:
      entry.mint?.what === 'session' || sent.some((value) => contains(value, call, new Set())) || sent.length === 0,
    steps: stepsOf(event),
  };
}

/** `new SignJWT(payload).setSubject(id).sign(key)`: the constructor's argument and what was set. */
function builderPayload(call: ExternalValue): Value | undefined {
  const builder = call.receiver;
  if (builder?.kind !== 'external') return undefined;
  const subject = builder.calls.find((item) => item.path.endsWith('.setSubject()'))?.call?.args[0];
  return subject ?? builder.call?.args[0];
}

const subjectNames = [
  'sub',
  'id',
  'userId',
  'user_id',
  'uid',
  '_id',
  'email',
  'username',
  'user',
  'identity',
  'customerId',
  'accountId',
];

function subjectOf(
  payload: Value | undefined,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  depth = 0,
): SubjectOrigin {
  if (!payload) return { kind: 'unknown' };
  const named = subjectNames.map((name) => readProperty(payload, name)).filter((value) => value !== undefined);
  const candidates =
    named.length > 0
      ? named
      : payload.kind === 'object'
        ? [...payload.properties.values(), ...payload.spread]
        : [payload];
  let result: SubjectOrigin = {
    kind: candidates.length > 0 && candidates.every((value) => value.kind === 'literal') ? 'constant' : 'unknown',
  };
  for (const candidate of candidates) {
    const origin = originOfSubject(candidate, semantics, findEntity, depth);
    if (origin.kind === 'request') return origin;
    if (origin.kind !== 'unknown' && result.kind === 'unknown') result = origin;
  }
  return result;
}

function originOfSubject(
  value: Value,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  depth: number,
): SubjectOrigin {
  if (depth > 6) return { kind: 'unknown' };
  const input = inputOf(value, semantics.catalog);
  if (input !== undefined) return { kind: 'request', name: input };
  if (value.kind === 'object') return subjectOf(value, semantics, findEntity, depth + 2);
  for (const option of optionsOf(value)) {
    for (let current: Value | undefined = option.value; current?.kind === 'external'; current = current.receiver) {
      if (semantics.provedBy(current)) return { kind: 'proved' };
      const entry = current.call && semantics.catalog.find(current.path);
      if (!entry) continue;
      if (typeof entry.converts === 'number') {
        const converted = current.call?.args[entry.converts];
        return converted ? originOfSubject(converted, semantics, findEntity, depth + 1) : { kind: 'unknown' };
      }
      if (entry.proves) return { kind: 'proved' };
      if (entry.data) {
        const chosen = boundColumns(current, entry.data)
          .map((bound) => inputOf(bound.value, semantics.catalog))
          .find((name) => name !== undefined);
        return chosen === undefined ? { kind: 'stored' } : { kind: 'request', name: chosen };
      }
    }
  }
  return { kind: 'unknown' };
}

const secretName =
  /(secret|passw(or)?d|pwd|private_?key|api_?key|access_?key|token|credential)(?!.*(limit|count|ttl|expir|max|min|length|url|uri|name|location|path|type|header|enabled|rounds|window))/i;

/** A setting that is nobody's business, in what is sent: an environment variable or a literal under a telling name. */
function secretIn(value: Value, seen: Set<Value>): Effect | undefined {
  if (seen.has(value) || seen.size > 400) return undefined;
  seen.add(value);
  const first = (values: Iterable<Value>): Effect | undefined => {
    for (const item of values) {
      const found = secretIn(item, seen);
      if (found) return found;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'object': {
      for (const [name, property] of value.properties) {
        // Keys and tokens have no spaces and are not short: https://owasp.org/www-community/vulnerabilities/Insufficient_Session-ID_Length
        if (property.kind === 'literal' && secretName.test(name) && /^\S{16,}$/.test(String(property.value)))
          return disclosure(name, property.origin);
      }
      return first(value.properties.values());
    }
    case 'array':
      return first(value.items);
    case 'union':
      return first(value.options.map((option) => option.value));
    case 'text':
      return first(value.parts);
    case 'external': {
      const variable = /^global#process\.env\.(\w+)$/.exec(value.path)?.[1];
      return variable !== undefined && secretName.test(variable) ? disclosure(variable, value.origin) : undefined;
    }
    default:
      return undefined;
  }
}

function disclosure(name: string, origin: ExternalValue['origin']): Effect {
  return {
    kind: 'reads',
    name,
    place: placeOf(origin),
    proved: false,
    personal: true,
    byInput: false,
    creates: false,
    steps: [],
  };
}

/** Whether what is sent holds the value somewhere. */
function contains(haystack: Value, needle: ExternalValue, seen: Set<Value>): boolean {
  if (haystack === needle) return true;
  if (seen.has(haystack) || seen.size > 400) return false;
  seen.add(haystack);
  const inner = (values: Iterable<Value>): boolean => {
    for (const value of values) if (contains(value, needle, seen)) return true;
    return false;
  };
  switch (haystack.kind) {
    case 'object':
      return inner(haystack.properties.values()) || inner(haystack.spread);
    case 'array':
      return inner(haystack.items);
    case 'union':
      return inner(haystack.options.map((option) => option.value));
    case 'text':
      return inner(haystack.parts);
    case 'external':
      // Whether it is there is less than what is in it.
      if (/^global#(!|typeof|Boolean|[=!<>]+)\(\)$/.test(haystack.path)) return false;
      return (
        (haystack.receiver !== undefined && contains(haystack.receiver, needle, seen)) ||
        inner(haystack.call?.args ?? [])
      );
    default:
      return false;
  }
}
