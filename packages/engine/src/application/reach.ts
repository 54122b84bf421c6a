import type { Catalog } from '../catalog/catalog.js';
import type { CallEntry, DataEntry } from '../catalog/library.js';
import type { Outcome } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import type { Condition } from '../program/condition.js';
import { conditionsSince, isWithin } from '../program/condition.js';
import { claimed, identifies, isUndecided, permits, type Bypass, type Proof } from '../program/proof.js';
import { reachedUnder, type Event } from '../program/semantics.js';
import { optionsOf, textOf, undefinedValue, type ExternalValue, type Value } from '../program/value.js';
import type { Access } from './access.js';
import { mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import { collectCredentialChecks, resetsAmong } from './collect-credential-checks.js';
import type { CredentialCheck } from './credential-check.js';
import { filtersBetween, proofsAlong, valuesWithin } from './contains.js';
import { secretIn } from './disclosure.js';
import { claimsOfHandMade } from './hand-made-token.js';
import { inputOf } from './input-of.js';
import type { Limiter } from './limiter.js';
import type { Lookup } from './lookup.js';
import { placeOf } from './place-of.js';
import { readLinks, redirectsIn } from './read-links.js';
import { isLeftToPolicies } from './policies.js';
import { readAccess } from './read-access.js';
import { issuedChallenges } from './issued-challenge.js';
import { countsByHand, limitersAmong } from './read-limiters.js';
import { readData, type EntityFinder } from './read-data.js';
import type { Effect, ReachedMint } from './route.js';
import { readSqlCall } from './sql-call.js';
import { codeOf } from './answer-status.js';
import { chainOf } from './shapes/fed-digest-shape.js';
import { statusIn, tellsOfErrorsAlone, tellsOfFailure } from './refusal.js';
import type { SignedLink } from './signed-link.js';
import { refusesInTheDark } from './unread-check.js';
import { stepsOf } from './steps-of.js';
import { subjectOf } from './subject-of.js';
import { isTraced, tracesOf, type Trace } from './read-traces.js';
import { valueAt } from './where-of.js';

/** What a handler reaches, in the words of the model. */
export interface Reach {
  readonly effects: readonly Effect[];
  readonly accesses: readonly Access[];
  readonly mints: readonly ReachedMint[];
  readonly links: readonly SignedLink[];
  readonly lookups: readonly Lookup[];
  /** What every answer of success comes after, beyond what the chain has proved: an identity, a permission. */
  readonly provesItself: readonly Proof[];
  readonly authenticates: boolean;
  /** Whether it sets up an account. */
  readonly signsUp: boolean;
  /** Ways around what the handler proves. */
  readonly bypasses: readonly Bypass[];
  /** Calls that write to a log. */
  readonly logs: readonly Event[];
  /** Comparisons of a credential with what is stored, on the way to what matters. */
  readonly checks: readonly Proof[];
  /** Queries, changes and mints with the values and tests behind them. */
  readonly uses: readonly Use[];
  /** The tests that every answer of success comes after. */
  readonly tests: () => readonly Condition[];
  /** Verifications whose failure lets the handler go on. */
  readonly ignored: readonly ExternalValue[];
  /** Tokens that are read without looking at their signature. */
  readonly decoded: readonly ExternalValue[];
  readonly credentialChecks: readonly CredentialCheck[];
  /** What the handler itself limits. */
  readonly limiters: readonly Limiter[];
  /** Whether something of a request that is answered is kept for later. */
  readonly recorded: boolean;
  /** Whether it knows the caller on some way, and a bound has ended what was followed: whether the others get on is not known. */
  readonly undecided: boolean;
}

/** A call that matters, as it happened. */
export interface Use {
  readonly name: string;
  readonly call: ExternalValue;
  readonly proofs: readonly Proof[];
  readonly condition: Condition | undefined;
  readonly access?: Access;
  readonly mints: boolean;
}

interface Answer {
  readonly value: Value;
  readonly proofs: readonly Proof[];
  readonly condition: Condition | undefined;
  /** What sends it. */
  readonly call?: ExternalValue;
}

/** A query of the chain or the handler. */
interface Query {
  readonly event: Event;
  readonly effect: Effect;
  readonly operation: Access['operation'];
}

/**
 * `if (!isAdmin && req.params.userId !== user.id) throw` in front of a path without `:userId`: nobody's id is `undefined`, so that of the
 * two ways only the role is left.
 */
function asksForMore(proofs: readonly Proof[], path: string, catalog: Catalog): boolean {
  if (!proofs.some(({ kind }) => kind === 'owner')) return false;
  // A pattern may name parameters in ways of its own.
  if (!/^[\w/:.-]*$/.test(path)) return false;
  const named = new Set(path.split('/').map((segment) => `params.${segment.slice(1)}`));
  return proofs.some(({ kind, about = [] }) => {
    const inputs = kind === 'owner' ? about.map((value) => inputOf(value, catalog)) : [];
    return inputs.length > 0 && inputs.every((input) => input?.startsWith('params.') && !named.has(input));
  });
}

/** Reads what happened while a handler was followed. */
export function readReach(
  outcome: Outcome,
  state: ChainState,
  path: string,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  answersByReturn: boolean,
): Reach {
  const { catalog } = semantics;
  const effects: Effect[] = [];
  const queries: Query[] = [];
  const lookups: Lookup[] = [];
  const mintEvents: { event: Event; entry: CallEntry; claims?: Value }[] = [];
  const seals: { event: Event; made: NonNullable<CallEntry['seals']> }[] = [];
  const cookies: Value[] = [];
  const answers: Answer[] = [];
  const logs: Event[] = [];
  let createsAccount = false;
  let makesAccount = false;
  const addressed = new Set<string | undefined>();
  /** Whether somebody who has proved nothing has changed something on this way: words about a failure take nothing back. */
  const hasChanged = (condition: Condition | undefined): boolean =>
    queries.some(
      ({ event, effect, operation }) => operation !== 'read' && !effect.proved && isWithin(condition, event.condition),
    );
  for (const event of outcome.events) {
    const { call } = event;
    const entry = catalog.find(call.at);
    if (!entry) continue;
    if (entry.logs) logs.push(event);
    if (entry.hashesPassword) createsAccount = true;
    if (entry.mint) mintEvents.push({ event, entry });
    if (entry.seals !== undefined) seals.push({ event, made: entry.seals });
    if (entry.sets !== undefined) cookies.push(call.call?.args[entry.sets] ?? undefinedValue);
    if (entry.data) {
      const { effect, lookups: found, signsUp, operation } = readData(event, entry.data, semantics, findEntity);
      if (isLeftToPolicies(call, entry.data)) {
        lookups.push(...found);
        continue;
      }
      queries.push({ event, effect, operation });
      if (entry.data.tallies) continue;
      if (operation !== 'read') effects.push(effect);
      lookups.push(...found);
      if (signsUp === 'password') makesAccount = true;
      if (signsUp === 'address') addressed.add(effect.entity);
    }
    if (
      entry.effect &&
      (!entry.effect.whenInput ||
        call.call?.args.some((arg) => inputOf(arg, catalog) !== undefined) ||
        entry.effect.whenSays?.test(textOf(call.call?.args[0]) ?? ''))
    ) {
      // What a job is called and what it is about; how it is run says nothing.
      const isAdded =
        entry.effect.adds === true && call.call?.args.slice(0, 2).every((arg) => mayBeFixed(arg)) !== true;
      effects.push({
        kind: entry.effect.kind,
        name: nameOfPath(call.path),
        place: placeOf(call.origin),
        proved: event.proofs.some(identifies),
        personal: !isAdded,
        byInput: call.call?.args.some((arg) => inputOf(arg, catalog) !== undefined) ?? false,
        creates: isAdded,
        steps: stepsOf(event),
      });
    }
    // What is an answer for whoever returns it is none where it is made.
    const isAnswer = entry.responds !== undefined && !(answersByReturn && entry.answers);
    if (isAnswer && !isRefusal(event, entry, outcome.events, catalog, hasChanged)) {
      const value = call.call?.args[entry.responds] ?? undefinedValue;
      answers.push({ value, proofs: event.proofs, condition: event.condition, call });
    }
  }
  // Whether there is an account is asked before one is made: that is how to sign in by a link.
  if (queries.some(({ operation, effect }) => operation === 'read' && addressed.has(effect.entity)))
    makesAccount = true;
  for (const event of state.queries) {
    const data = catalog.find(event.call.at)?.data;
    if (data && !isLeftToPolicies(event.call, data))
      queries.push({ event, ...readData(event, data, semantics, findEntity) });
  }
  if (answersByReturn) answers.push(...returned(outcome, answers.length > 0, catalog, hasChanged));
  const sent = answers.map((answer) => answer.value);
  const asked = new Set<Value>(queries.filter(({ operation }) => operation === 'read').map(({ event }) => event.call));
  const held = answers.map((answer) => valuesWithin(answer.value, asked));
  const given = sent.map((value) => secretIn(value)).find((secret) => secret !== undefined);
  if (given) effects.push(given);
  const accesses: Access[] = [];
  const uses: Use[] = [];
  const changes: { event: Event; access: Access }[] = [];
  let isScoped = false;
  for (const query of queries) {
    const leaving = query.operation === 'read' ? answers.filter((_, index) => held[index]?.has(query.event.call)) : [];
    // What is only looked at, to see whether it exists, is not given away, and neither is how many there are.
    const data = catalog.find(query.event.call.at)?.data;
    isScoped ||= data?.entity === 'sql' && scopesSession(query.event.call, data, semantics);
    const isComplete = outcome.complete && !state.unknown && !state.closed;
    const found = accessOf(query, leaving, asked, semantics, findEntity, isComplete);
    const isAsked = isScoped || asksForMore(query.event.proofs, path, catalog);
    const access = isAsked && found.tie === undefined ? { ...found, tie: 'policy' as const } : found;
    if (leaving.length > 0 && !access.tallies) effects.push(query.effect);
    const { call, proofs, condition } = query.event;
    accesses.push(access);
    changes.push({ event: query.event, access });
    uses.push({ name: access.name, call, proofs, condition, access, mints: false });
  }
  const kept = queries.map(({ event: { call } }, index) => ({ call, access: accesses[index] as Access }));
  const issued = issuedChallenges(kept, asked, held, semantics);
  for (const { event, effect } of queries) {
    const at = issued.has(event.call) ? effects.indexOf(effect) : -1;
    if (at >= 0) effects[at] = { ...effect, challenges: true };
  }
  tieModes(queries, accesses, uses, semantics);
  for (const { event, made } of seals) {
    const claims = claimsOfHandMade(chainOf(event.call), made, [...sent, ...cookies]);
    if (claims) mintEvents.push({ event, entry: { mint: { what: 'token' } }, claims });
  }
  const leaving = [...held, ...cookies.map((cookie) => valuesWithin(cookie))];
  const traces = tracesOf(state, outcome.events, changes, semantics);
  const mints = mintEvents.map(({ event, entry, claims }) =>
    readMint(event, entry, semantics, leaving, claims, traces),
  );
  mintEvents.forEach(({ event: { call, proofs, condition } }) =>
    uses.push({ name: nameOfMint(call), call, proofs, condition, mints: true }),
  );
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
  const points = [...answers, ...uses];
  const pointProofs = [...new Set(points.flatMap(({ proofs }) => proofs))];
  const checks = collectCredentialChecks(state, outcome.events, pointProofs, semantics);
  const resets = createsAccount && !makesAccount && checks.length === 0;
  const credentialChecks = resets ? resetsAmong(accesses) : checks;
  return {
    effects,
    accesses,
    mints,
    links: readLinks(
      outcome,
      state.tests,
      [...sent, ...cookies, ...redirectsIn(outcome), ...(answersByReturn ? [outcome.value] : [])],
      semantics,
    ),
    lookups,
    provesItself: provedByAll(answers.length > 0 ? answers : uses.filter(isChange), state.proofs),
    authenticates:
      createsAccount || makesAccount || [...answers, ...uses].some(({ proofs }) => proofs.some(isOfThisRequest)),
    signsUp: makesAccount,
    bypasses: outcome.bypasses,
    logs,
    checks: [
      ...new Set([...answers, ...uses].flatMap(({ proofs }) => proofs.filter(({ kind }) => kind === 'credential'))),
    ],
    uses,
    tests: () => testsOfAll(answers),
    ignored: ignoredIn(outcome, [...answers, ...uses]),
    decoded: outcome.events.map(({ call }) => call).filter((call) => semantics.tokenReadBy(call) !== undefined),
    credentialChecks,
    // Where nobody can try anything, nobody asks.
    limiters: credentialChecks.length + mints.length + lookups.length > 0 ? limitersIn(outcome, points, semantics) : [],
    recorded: answers.some(({ condition }) => isTraced(condition, traces)),
    undecided:
      (!outcome.complete && knowsCaller(outcome, state.proofs)) ||
      refusesInTheDark(
        outcome.events,
        points.map(({ condition }) => condition),
        catalog,
      ),
  };
}

/** Whether it may be the same whoever asks: a job of the system itself, and nothing that somebody hands in. */
function mayBeFixed(value: Value, known = new Map<Value, boolean>()): boolean {
  const before = known.get(value);
  if (before !== undefined) return before;
  // Values may hold one another, and themselves: what is being asked stands in nobody's way.
  known.set(value, true);
  const answer = isMadeOf(value, (item) => mayBeFixed(item, known));
  known.set(value, answer);
  return answer;
}

function isMadeOf(value: Value, isFit: (part: Value) => boolean): boolean {
  switch (value.kind) {
    case 'literal':
    case 'undefined':
      return true;
    case 'union':
      return value.options.some((option) => isFit(option.value));
    case 'object':
      return [...value.properties.values(), ...value.spread].every(isFit);
    case 'array':
      return !value.open && value.items.every(isFit);
    case 'text':
      return value.parts.every(isFit);
    default:
      return false;
  }
}

/** Whether something happens behind a proof that the handler has got itself. */
function knowsCaller({ events }: Outcome, before: readonly Proof[]): boolean {
  return events.some(({ proofs }) =>
    proofs.some((proof) => identifies(proof) && !isCheckedOnce(proof.kind) && !before.includes(proof)),
  );
}

/** Two sides of one test decide nothing. */
function testsOfAll([first, ...others]: readonly Answer[]): readonly Condition[] {
  return conditionsSince(first?.condition, undefined).filter((test) =>
    others.every(({ condition }) =>
      conditionsSince(condition, undefined).some(
        ({ origin, truthy }) => origin.span === test.origin.span && truthy === test.truthy,
      ),
    ),
  );
}

/** What the handler limits: by a call that refuses, or by a count that it keeps itself. */
function limitersIn(
  { events }: Outcome,
  points: readonly Pick<Answer, 'condition'>[],
  semantics: CatalogSemantics,
): readonly Limiter[] {
  const called = limitersAmong(events, semantics);
  const tests = new Set([...points, ...events].flatMap(({ condition }) => conditionsSince(condition, undefined)));
  const count = countsByHand([...tests]);
  return count ? [...called, { name: 'handler', place: placeOf(count), by: undefined }] : called;
}

/**
 * `multiUser ? find({ ownerId: user.id }) : find()`: where a setting says so, and no caller can, there is nobody to keep from it. What ties
 * the query of the other mode counts for both.
 */
function tieModes(queries: readonly Query[], accesses: Access[], uses: Use[], semantics: CatalogSemantics): void {
  accesses.forEach((access, index) => {
    if (access.tie !== undefined || access.operation === 'create') return;
    const modes = modesOf(queries[index], semantics);
    const other =
      modes.length > 0 &&
      accesses.find(
        (item, at) =>
          item.tie !== undefined &&
          item.entity === access.entity &&
          item.operation === access.operation &&
          modesOf(queries[at], semantics).some((mode) => modes.some((own) => isOtherSide(own, mode))),
      );
    if (!other || other.tie === undefined) return;
    const tied = { ...access, tie: other.tie, asked: [] };
    accesses[index] = tied;
    const use = uses[index];
    if (use) uses[index] = { ...use, access: tied };
  });
}

/** The tests on the way to a query that ask for a setting alone. */
function modesOf(query: Query | undefined, semantics: CatalogSemantics): readonly Condition[] {
  return conditionsSince(query?.event.condition, undefined).filter(({ values }) =>
    values.every((value) => value.kind === 'literal' || semantics.isSetting(value)),
  );
}

function isOtherSide(a: Condition, b: Condition): boolean {
  return (
    a.truthy !== b.truthy &&
    a.values.length === b.values.length &&
    a.values.every((value, at) => value === b.values[at])
  );
}

/** Row level security: the connection is told who the caller is, and the database decides what there is to see. */
function scopesSession(call: ExternalValue, data: DataEntry, semantics: CatalogSemantics): boolean {
  return (
    readSqlCall(call, data).setsSession && (call.call?.args ?? []).some((value) => mentionsCaller(value, semantics))
  );
}

/** Proved for this one request, and for what comes next in it: a password, a code. */
export function isCheckedOnce(kind: string | undefined): boolean {
  return kind === 'credential' || kind === 'second-factor';
}

/** A password, a code, a signed message: the handler itself asks who sends it. */
function isOfThisRequest({ kind }: Proof): boolean {
  return isCheckedOnce(kind) || kind === 'signature';
}

/**
 * What a handler returns, each alternative an answer; nothing, `null` and refusals give nothing away, and neither does
 * the response, which has been sent by then.
 *
 * @param hasAnswered Whether it sends an answer as well: then to return nothing is none.
 */
function returned(
  { value, flow, events }: Outcome,
  hasAnswered: boolean,
  catalog: Catalog,
  hasChanged: (condition: Condition | undefined) => boolean,
): readonly Answer[] {
  if (!flow) return [];
  const answers = optionsOf(value)
    .filter((option) => !isResponse(option.value))
    .flatMap((option) => {
      const sent = sentBy(option.value, catalog);
      if (!sent) return [];
      const proofs = [...new Set([...flow.proofs, ...option.proofs])];
      return [{ value: sent, proofs, condition: option.condition ?? flow.condition }];
    })
    .filter((answer) => !isReturnedRefusal(answer, events, catalog))
    .filter((answer) => !tellsOfFailure(answer.value) || hasChanged(answer.condition));
  const telling = answers.filter((answer) => answer.value.kind !== 'undefined' && answer.value.kind !== 'literal');
  return telling.length > 0 || hasAnswered ? telling : answers;
}

function isResponse(value: Value): boolean {
  return value.kind === 'external' && /^express#Response(\.\w+\(\))?$/.test(value.path);
}

/** `return createError({ statusCode: 401 })`, or anything behind `setResponseStatus(event, 401)`. */
function isReturnedRefusal({ value, condition }: Answer, events: readonly Event[], catalog: Catalog): boolean {
  if (value.kind === 'external' && catalog.find(value.at)?.refuses === true) return true;
  return events.some(({ call, condition: under }) => {
    const argument = catalog.find(call.at)?.statuses;
    const code = argument === undefined ? undefined : statusIn(call.call?.args[argument]);
    return code !== undefined && code >= 300 && isWithin(condition, under);
  });
}

function accessOf(
  { event, effect, operation }: Query,
  leaving: readonly Answer[],
  asked: ReadonlySet<Value>,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
  complete: boolean,
): Access {
  const accessUnder = readAccess(event, effect, operation, semantics, findEntity, complete);
  const access = accessUnder(event.proofs);
  if (leaving.length === 0) return access;
  if (access.tie && access.tie !== 'dropped') return { ...access, leaves: true };
  const known = [{ proofs: event.proofs, condition: event.condition, access }];
  /** On most ways the same holds. */
  const accessBehind = (proofs: readonly Proof[], condition = event.condition): Access => {
    const same = known.find((item) => item.condition === condition && isSameList(item.proofs, proofs));
    if (same) return same.access;
    const found = accessUnder(proofs, condition);
    known.push({ proofs, condition, access: found });
    return found;
  };
  // A record may be loaded first and compared with the caller then: what holds wherever it leaves counts.
  const later = leaving.flatMap(({ value, proofs, condition }) => {
    const kept = filtersBetween(value, event.call).flatMap(
      ({ yields }) => (yields && semantics.interpreter.refine(yields, true)) ?? [],
    );
    return proofsAlong(value, event.call, asked).map((gained) =>
      accessBehind([...new Set([...event.proofs, ...proofs, ...kept, ...gained])], condition),
    );
  });
  const weakest = later.find(({ tie }) => !tie) ?? later.find(({ tie }) => tie === 'dropped') ?? later[0] ?? access;
  return { ...weakest, leaves: true };
}

function isSameList(a: readonly Proof[], b: readonly Proof[]): boolean {
  return a.length === b.length && a.every((proof, index) => proof === b[index]);
}

/** Who is sent elsewhere once it is done is told nothing: then what is done stands for the answer. */
function isChange({ access, mints }: Use): boolean {
  return mints || (access !== undefined && access.operation !== 'read');
}

/** What all answers of success have in common, a credential that was only just checked left out. */
function provedByAll(answers: readonly Pick<Answer, 'proofs'>[], before: readonly Proof[]): readonly Proof[] {
  const [first] = answers;
  if (!first) return [];
  const gained = (answer: Pick<Answer, 'proofs'>, of: (proof: Proof) => boolean): readonly Proof[] =>
    answer.proofs.filter((proof) => !before.includes(proof) && !isCheckedOnce(proof.kind) && of(proof));
  const byAll = (of: (proof: Proof) => boolean): readonly Proof[] =>
    answers.every((answer) => gained(answer, of).length > 0) ? gained(first, of) : [];
  const known = byAll(identifies);
  const isAsked = (proof: Proof): boolean => identifies(proof) || isUndecided(proof);
  // On some way nobody can look into what said who the caller is.
  const asked =
    known.length === 0 && byAll(isAsked).length > 0 ? answers.flatMap((answer) => gained(answer, isUndecided)) : [];
  return [...known, ...asked, ...byAll(permits)];
}

/** Verifications that run before what matters, and whose failure does not keep from it. */
function ignoredIn(
  outcome: Outcome,
  points: readonly Pick<Answer, 'proofs' | 'condition' | 'call'>[],
): readonly ExternalValue[] {
  const verifying = outcome.events.filter(({ meaning }) => meaning.proves && meaning.proves.kind !== claimed);
  if (verifying.length === 0) return [];
  const moments = new Map(outcome.events.map(({ call, moment }) => [call, moment]));
  const bare = points
    .filter(({ proofs }) => !proofs.some(identifies))
    .map(({ condition, call }) => ({ condition, moment: call && moments.get(call) }));
  return verifying
    .filter((event) => bare.some((point) => isWithin(point.condition, reachedUnder(event, point.moment))))
    .map(({ call }) => call);
}

/** The tests that lead to what happened. */
export function testsOf({ condition }: Use): readonly Condition[] {
  return conditionsSince(condition, undefined);
}

/** Whether a handler that is handed a response answers with something else than a refusal. */
export function isAnswered({ events }: Outcome, { catalog }: CatalogSemantics): boolean {
  return events.some((event) => {
    const entry = catalog.find(event.call.at);
    return entry?.responds !== undefined && !isRefusal(event, entry, events, catalog, () => false);
  });
}

/** What a returned answer gives away: `undefined` for a refusal. */
function sentBy(value: Value, catalog: Catalog): Value | undefined {
  if (value.kind !== 'external' || !value.call) return value;
  const entry = catalog.find(value.at)?.answers;
  if (!entry) return value;
  if (entry.refuses) return undefined;
  const body = (entry.body === undefined ? undefined : value.call.args[entry.body]) ?? undefinedValue;
  const status = entry.status && valueAt(value, entry.status);
  if (!status) return body;
  const codes = optionsOf(status).map((option) => textOf(option.value));
  if (codes.some((code) => code !== undefined && Number(code) < 300)) return body;
  // `json({ message: error.message }, { status: error.status })`: who fails learns why, and nothing else.
  return codes.every((code) => code !== undefined) || tellsOfErrorsAlone(body) ? undefined : body;
}

/** `res.status(401).json()`, `res.sendStatus(403)`, `c.json(error, 401)`: an answer that gives nothing away. */
function isRefusal(
  event: Event,
  { status, responds }: CallEntry,
  events: readonly Event[],
  catalog: Catalog,
  hasChanged: (condition: Condition | undefined) => boolean,
): boolean {
  const { call } = event;
  const code = codeOf(event, status, events, catalog);
  if (code !== undefined && code >= 300) return true;
  const body = responds === undefined ? undefined : call.call?.args[responds];
  return body !== undefined && tellsOfFailure(body) && !hasChanged(event.condition);
}

function readMint(
  event: Event,
  entry: CallEntry,
  semantics: CatalogSemantics,
  held: readonly ReadonlySet<Value>[],
  claims: Value | undefined,
  traces: readonly Trace[],
): ReachedMint {
  const { call, proofs } = event;
  const named = entry.mint?.subjectOption && valueAt(call, entry.mint.subjectOption);
  const maker = entry.mint?.subject?.made && call.receiver?.kind === 'external' ? call.receiver : call;
  const set = entry.mint?.subjectSetter === undefined ? undefined : setBy(call, entry.mint.subjectSetter);
  const payload =
    claims ?? named ?? set ?? (entry.mint?.subject ? valueAt(maker, entry.mint.subject) : builderPayload(call));
  return {
    mint: {
      name: nameOfMint(call),
      what: entry.mint?.what ?? 'token',
      place: placeOf(call.origin),
      library: call.path.replace(/\(\)$/, ''),
    },
    proofs: proofs.filter(identifies).map((proof) => proof.kind),
    permissions: proofs.filter(permits).map(({ kind }) => kind),
    subject: subjectOf(payload, proofs, semantics),
    leaves:
      claims !== undefined ||
      entry.mint?.what === 'session' ||
      held.some((values) => values.has(call)) ||
      held.length === 0,
    isSession: entry.mint?.what === 'session',
    recorded: isTraced(event.condition, traces),
    steps: stepsOf(event),
  };
}

function nameOfMint(call: ExternalValue): string {
  return nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.').replace(/=$/, '');
}

/** `token.identity = user.id`, `capability.addScope(scope)` */
function setBy({ receiver }: ExternalValue, setter: string): Value | undefined {
  if (receiver?.kind !== 'external') return undefined;
  const assigned = receiver.findProperty(setter);
  return assigned ?? receiver.knownCalls().find((item) => item.path.endsWith(`.${setter}()`))?.call?.args[0];
}

/** `new SignJWT(payload).setSubject(id).sign(key)`: the constructor's argument and what was set. */
function builderPayload(call: ExternalValue): Value | undefined {
  const builder = call.receiver;
  if (builder?.kind !== 'external') return undefined;
  const subject = builder.calls.find((item) => item.path.endsWith('.setSubject()'))?.call?.args[0];
  return subject ?? builder.call?.args[0];
}
