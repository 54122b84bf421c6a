import type { Outcome } from '../program/interpreter.js';
import type { Proof } from '../program/proof.js';
import { externalValue, undefinedValue, type ExternalValue, type Origin, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import { contains } from './contains.js';
import { entityNames } from './entity-names.js';
import { placeOf } from './place-of.js';
import { asksAnything } from './asks-anything.js';
import type { Presence } from './token-mint.js';
import { boundColumns, readProperty } from './where-of.js';

/** Claims by which a token can be found again, or told from one that was made before it was taken back. */
const recordNames: ReadonlySet<string> = new Set([
  ...['jti', 'sid', 'iat', 'sessionId', 'session_id', 'session', 'tokenId', 'token_id', 'nonce'],
  ...['tokenVersion', 'token_version', 'version', 'sessionVersion', 'securityStamp', 'epoch'],
]);
/** Records that stand for the caller. */
const callerEntity =
  /(user|account|member|customer|person|profile|employee|session|token|auth\w*|revo\w+|black\w*|deny\w*)s?$/i;

/** What one verifier's word is worth on the routes behind it. */
export interface Issuance {
  /** Whether anything is asked of the token beside its signature, on any of the routes. */
  readonly asked: Presence;
  /** Titles of the routes. */
  readonly routes: readonly string[];
}

interface Trace {
  /** The package of the routes. */
  readonly application: string;
  readonly routes: Set<string>;
  /** The same in order, once somebody has asked: a guard's verifier stands on most routes, and is met once for each. */
  titles?: readonly string[];
  asked: boolean;
  unknown: boolean;
}

/** Whether a store is asked between a verifier and the handlers behind it. */
export class IssuanceCollector {
  readonly #traces = new Map<string, Trace>();

  constructor(readonly semantics: CatalogSemantics) {}

  /** @param application The package of the route. */
  add(title: string, application: string, state: ChainState, own: readonly Proof[], outcome: Outcome): void {
    for (const proof of [...state.proofs, ...own]) {
      if (proof.kind !== 'token') continue;
      const isOwn = !state.proofs.includes(proof);
      const trace = this.#traceAt(idOf(proof.origin), application);
      trace.routes.add(title);
      delete trace.titles;
      if (state.unknown) trace.unknown = true;
      if (this.#asksInChain(state) || (isOwn && this.#asksInHandler(proof, outcome))) trace.asked = true;
    }
  }

  of(call: ExternalValue, self: Value | undefined, application: string, revokes: Presence): Issuance {
    if (this.semantics.catalog.find(call.at)?.strategy) return this.#ofStrategy(call, self, application);
    const trace = this.#traces.get(idOf(call.origin));
    if (!trace) return { asked: 'unknown', routes: [] };
    return issuance(trace, revokes !== 'missing' || readsRecord(call));
  }

  #traceAt(id: string, application: string): Trace {
    let trace = this.#traces.get(id);
    if (!trace) this.#traces.set(id, (trace = { routes: new Set(), application, asked: false, unknown: false }));
    return trace;
  }

  /** What is behind guards of a package that verify nothing themselves, and only name a strategy. */
  #traceOfStrategies(application: string): Trace | undefined {
    const direct = new Set<string>();
    for (const call of this.semantics.tokenCalls.keys())
      if (this.semantics.catalog.find(call.at)?.strategy !== true) direct.add(idOf(call.origin));
    const traces = [...this.#traces].filter(([id, trace]) => trace.application === application && !direct.has(id));
    if (traces.length === 0) return undefined;
    return {
      application,
      routes: new Set(traces.flatMap(([, { routes }]) => [...routes])),
      asked: traces.some(([, { asked }]) => asked),
      unknown: traces.some(([, { unknown }]) => unknown),
    };
  }

  /** Any look-up of a layer counts: which of them looks for the token is not told apart. */
  #asksInChain({ queries, proofs, request }: ChainState): boolean {
    return (
      queries.some(
        ({ call }) =>
          this.semantics.catalog.find(call.at)?.data?.operation === 'read' || this.semantics.asksAboutCaller(call),
      ) ||
      proofs.some(({ kind }) => kind === 'session' || kind === 'api-key') ||
      [...request.knownMembers()].some(([, member]) => readsRecord(member))
    );
  }

  /** The handler verifies itself, and asks for the record of the caller. */
  #asksInHandler({ about }: Proof, { events }: Outcome): boolean {
    const verified = about?.find((value) => value.kind === 'external' && value.call !== undefined);
    return events.some(({ call }) => {
      if (this.semantics.asksAboutCaller(call)) return true;
      const data = this.semantics.catalog.find(call.at)?.data;
      if (!data || data.operation === 'create') return false;
      if (!entityNames(call, data, this.semantics.catalog).some((name) => callerEntity.test(name))) return false;
      return verified?.kind !== 'external' || boundColumns(call, data).some(({ value }) => contains(value, verified));
    });
  }

  /** What a strategy verifies, a function of the project may look up: `validate`, or the last argument. */
  #ofStrategy(call: ExternalValue, self: Value | undefined, application: string): Issuance {
    const trace = this.#traceOfStrategies(application);
    if (!trace) return { asked: 'unknown', routes: [] };
    const { interpreter } = this.semantics;
    const last = call.call?.args.at(-1);
    const method = self?.kind === 'object' ? interpreter.methodOf(self, 'validate')?.value : undefined;
    const callback = last?.kind === 'function' ? last : method;
    if (!callback) return { asked: 'unknown', routes: titlesOf(trace) };
    const claims = externalValue('passport-jwt#Claims', call.origin);
    const handsRequest = readProperty(call.call?.args[0], 'passReqToCallback')?.kind === 'literal';
    const args = handsRequest ? [externalValue('express#Request', call.origin), claims] : [claims];
    const { events } = interpreter.follow(
      callback,
      callback === method && self ? self : undefinedValue,
      args,
      call.origin,
      [],
    );
    const asks = events.some(({ call: query }) => this.semantics.catalog.find(query.at)?.data !== undefined);
    if (asks || readsRecord(claims)) return issuance(trace, true);
    if (asksAnything(callback.facts, callback.file.functions)) return { asked: 'unknown', routes: titlesOf(trace) };
    return issuance(trace, false);
  }
}

function issuance(trace: Trace, isAsked: boolean): Issuance {
  const { asked, unknown } = trace;
  return { asked: asked || isAsked ? 'set' : unknown ? 'unknown' : 'missing', routes: titlesOf(trace) };
}

function titlesOf(trace: Trace): readonly string[] {
  return (trace.titles ??= [...trace.routes].sort());
}

/** Whether a claim is read by which the token can be found again. */
function readsRecord(claims: ExternalValue): boolean {
  for (const [name, member] of claims.knownMembers()) {
    if (recordNames.has(name)) return true;
    // `(await jwtVerify(token, key)).payload.jti`
    for (const [inner] of member.knownMembers()) if (recordNames.has(inner)) return true;
  }
  return false;
}

function idOf(origin: Origin): string {
  const { file, line, column } = placeOf(origin);
  return `${file}:${String(line)}:${String(column)}`;
}
