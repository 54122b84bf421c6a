import type { AcceptEntry, CallEntry, ClaimName, ClaimsEntry, Position } from '../catalog/library.js';
import type { Step } from '../finding/finding.js';
import { limits } from '../limits.js';
import type { Interpreter } from '../program/interpreter.js';
import type { StackEntry } from '../program/semantics.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics, TokenCall } from './catalog-semantics.js';
import { expiryOf } from './expiry.js';
import type { IssuanceCollector } from './collect-issuance.js';
import { identitiesOf } from './key-identity.js';
import type { KeyTexts } from './key-texts.js';
import { keyValueAt } from './key-value.js';
import { nameOfText } from './name-text.js';
import { placeOf } from './place-of.js';
import { all, anyOf, presenceOf, presenceOfValue, textsOf } from './presence.js';
import { kindOfToken } from './token-kind.js';
import type { KeyIdentity, Presence, TokenMint } from './token-mint.js';
import type { TokenVerifier } from './token-verifier.js';
import { nameOfCall } from './trust.js';
import { readProperty } from './where-of.js';

/** The names of the claims: RFC 7519, section 4.1. A session's id does what `jti` does. */
const claimNames: Readonly<Record<ClaimName, readonly string[]>> = {
  expiry: ['exp'],
  audience: ['aud'],
  issuer: ['iss'],
  id: ['jti', 'sid', 'sessionId', 'session_id', 'tokenId', 'token_id', 'tokenVersion', 'token_version'],
  keyId: ['kid'],
  algorithm: ['alg'],
};
/** Claims by which tokens of one key are told apart. */
const typeNames = [
  'type',
  'typ',
  'token_type',
  'tokenType',
  'token_use',
  'tokenUse',
  'purpose',
  'kind',
  'use',
  'action',
];

/** A registration with the options that it holds for all calls. */
interface Registration {
  readonly name: string;
  readonly file: string;
  readonly claims: Value | undefined;
  readonly checks: Value | undefined;
  readonly keys: readonly KeyIdentity[];
  readonly isKnown: boolean;
  readonly revokes: boolean;
}

/** The mints of tokens and what verifies them, over the calls that carry a key or stand for a registered one. */
export class TokenCollector {
  readonly #registrations: readonly Registration[];
  readonly mints: readonly TokenMint[];
  readonly verifiers: readonly TokenVerifier[];

  constructor(
    readonly semantics: CatalogSemantics,
    readonly interpreter: Interpreter,
    readonly texts: KeyTexts,
    readonly issuances: IssuanceCollector,
    readonly packageOf: (file: string) => string,
  ) {
    const calls = [...semantics.tokenCalls.keys()].map((call) => ({
      call,
      entry: semantics.catalog.find(call.at),
    }));
    this.#registrations = calls.flatMap(({ call, entry }) => (entry?.registers ? [this.#register(call, entry)] : []));
    const mints = new Map<string, TokenMint>();
    const verifiers = new Map<string, TokenVerifier>();
    for (const { call, entry } of calls) {
      if (entry?.mint?.claims) {
        const mint = this.#mint(call, entry, entry.mint.claims, semantics.tokenCalls.get(call));
        const { steps, ...said } = mint;
        const id = JSON.stringify([said, steps.length === 0]);
        if (!mints.has(id)) mints.set(id, mint);
      }
      if (entry?.accepts && entry.registers === undefined) {
        const verifier = this.#verifier(call, entry, entry.accepts, semantics.tokenCalls.get(call));
        // The routes follow from the place, and there may be thousands.
        const id = JSON.stringify({ ...verifier, routes: [] });
        if (!verifiers.has(id)) verifiers.set(id, verifier);
      }
    }
    this.mints = [...mints.values()];
    this.verifiers = [...verifiers.values()];
  }

  #register(call: ExternalValue, entry: CallEntry): Registration {
    const registers = entry.registers ?? { name: '', claims: [], checks: [] };
    const at = (positions: readonly Position[]): readonly Value[] =>
      positions.map((position) => this.#value(call, position)).filter((value) => value !== undefined);
    const [claims] = at(registers.claims);
    const [checks] = at(registers.checks);
    const keys = [...(entry.keys ?? []), ...(registers.publicKeys ?? [])];
    // Options that something unknown makes may hold anything.
    const isKnown = registers.claims.some((position) => this.#holder(call, position)?.kind === 'object');
    return {
      name: registers.name,
      file: call.origin.file.path,
      claims,
      checks,
      keys: distinct(at(keys).flatMap((value) => identitiesOf(value, this.texts, this.semantics))),
      isKnown,
      revokes: at(registers.revoked ?? []).length > 0,
    };
  }

  #holder(call: ExternalValue, { argument, factory }: Position): Value | undefined {
    const position = factory === undefined ? { argument } : { argument, factory };
    return this.#value(call, position);
  }

  /** The value at a position; a factory is run once for each call. */
  #value(call: ExternalValue, position: Position): Value | undefined {
    return keyValueAt(call, { ...position, purpose: 'sign' }, this.interpreter);
  }

  /** Those of the same package whose folder is nearest: modules of Nest may each have their own. */
  #registered(name: string | undefined, file: string): readonly Registration[] {
    if (name === undefined) return [];
    const all = this.#registrations.filter((item) => item.name === name);
    const own = all.filter((item) => this.packageOf(item.file) === this.packageOf(file));
    const near = own.length > 0 ? own : all;
    const depths = near.map((item) => sharedFolders(item.file, file));
    const deepest = Math.max(...depths);
    return near.filter((_, index) => depths[index] === deepest);
  }

  #mint(call: ExternalValue, entry: CallEntry, claims: ClaimsEntry, around: TokenCall | undefined): TokenMint {
    const { stack, self } = around ?? {};
    const registered = this.#registered(claims.registered, call.origin.file.path);
    const made = (position: (Position & { readonly made?: boolean }) | undefined): Value | undefined => {
      if (!position) return undefined;
      const maker = position.made === true && call.receiver?.kind === 'external' ? call.receiver : call;
      return this.#value(maker, { ...position });
    };
    const payload = made(claims.payload);
    const options = made(claims.options);
    const header = headerOf(call, claims, made);
    const presence = (claim: ClaimName): Presence => {
      if (claims.given?.includes(claim)) return 'set';
      const option = claims.named?.[claim];
      const inRegistration = (holder: Registration): Presence =>
        option === undefined
          ? 'missing'
          : holder.claims
            ? presenceOf(holder.claims, [option], this.semantics)
            : holder.isKnown
              ? 'missing'
              : 'unknown';
      return anyOf([
        this.#setterPresence(call, claims.setters?.[claim]),
        option === undefined ? 'missing' : presenceOf(options, [option], this.semantics),
        presenceOf(claim === 'keyId' || claim === 'algorithm' ? header : payload, claimNames[claim], this.semantics),
        claims.registered === undefined
          ? 'missing'
          : registered.length === 0
            ? 'unknown'
            : all(registered.map(inRegistration)),
      ]);
    };
    const type = typeNames.map((name) => readProperty(payload, name)).find((value) => value !== undefined);
    const typ = readProperty(header, 'typ');
    const types = [...textsOf(type), ...textsOf(typ).filter((text) => text.toLowerCase() !== 'jwt')];
    const audience = claims.named?.audience;
    const held = nameOfText(call.origin.file, call.origin.span, { converts: () => true, parameterOf: () => undefined });
    const functions = functionsOn(stack);
    const duration = claims.named?.expiry;
    const holders = duration === undefined ? [] : [options, ...registered.map((item) => item.claims)];
    const lasting = holders.map((holder) => readProperty(holder, duration ?? '')).find((value) => value !== undefined);
    const expiry = expiryOf(payload, lasting ?? setterCall(call, claims.setters?.expiry)?.call?.args[0]);
    return {
      name: nameOfCall(call),
      place: placeOf(call.origin),
      application: this.packageOf(call.origin.file.path),
      expiry: presence('expiry'),
      audience: presence('audience'),
      issuer: presence('issuer'),
      id: presence('id'),
      type: anyOf([presenceOf(payload, typeNames, this.semantics), types.length > 0 ? 'set' : 'missing']),
      keyId: presence('keyId'),
      types,
      audiences: [
        ...textsOf(readProperty(payload, 'aud')),
        ...(audience === undefined ? [] : textsOf(readProperty(options, audience))),
        ...(setterCall(call, claims.setters?.audience)?.call?.args.flatMap((value) => textsOf(value)) ?? []),
      ],
      lifetime: expiry.seconds,
      expiryInMilliseconds: expiry.inMilliseconds,
      keys: this.#keysOf(call, entry, registered),
      names: held === undefined ? functions : [held, ...functions],
      kind: kindOfToken(types, held, functions),
      steps: stepsOf(stack, self),
    };
  }

  #setterPresence(call: ExternalValue, setter: string | undefined): Presence {
    const set = setterCall(call, setter);
    return set ? presenceOfValue(set.call?.args[0]) : 'missing';
  }

  #verifier(call: ExternalValue, entry: CallEntry, accepts: AcceptEntry, around: TokenCall | undefined): TokenVerifier {
    const registered = this.#registered(accepts.registered, call.origin.file.path);
    const presence = (position: Position | undefined): Presence => {
      const { property } = position ?? {};
      if (!position || property === undefined) return presenceOfValue(position && this.#value(call, position));
      const holders = property.split('.');
      const last = holders.pop() ?? property;
      let holder = call.call?.args[position.argument];
      for (const name of holders)
        holder = readProperty(holder, name) ?? (holder?.kind === 'object' ? undefined : holder);
      return anyOf([
        presenceOf(holder, [last], this.semantics),
        accepts.registered === undefined
          ? 'missing'
          : registered.length === 0
            ? 'unknown'
            : all(
                registered.map((item) =>
                  item.checks ? presenceOf(item.checks, [last], this.semantics) : item.isKnown ? 'missing' : 'unknown',
                ),
              ),
      ]);
    };
    const application = this.packageOf(call.origin.file.path);
    const revokes = anyOf([
      accepts.revoked ? presenceOfValue(this.#value(call, accepts.revoked)) : 'missing',
      registered.some((item) => item.revokes) ? 'set' : 'missing',
    ]);
    const { asked, routes } = this.issuances.of(call, around?.self, application, revokes);
    return {
      name: nameOfCall(call),
      place: placeOf(call.origin),
      application,
      asksStore: asked,
      routes,
      audience: accepts.audience ? presence(accepts.audience) : 'unknown',
      issuer: accepts.issuer ? presence(accepts.issuer) : 'unknown',
      algorithms: presence(accepts.algorithms),
      algorithmOfToken: accepts.algorithmOfToken === true,
      keys: this.#keysOf(call, entry, registered),
      keyChoice: this.#choiceOf(call, entry, registered),
    };
  }

  #keyValues(call: ExternalValue, entry: CallEntry): readonly Value[] {
    return (entry.keys ?? [])
      .map((position) => keyValueAt(call, position, this.interpreter))
      .filter((value) => value !== undefined && value.kind !== 'undefined');
  }

  #keysOf(call: ExternalValue, entry: CallEntry, registered: readonly Registration[]): readonly KeyIdentity[] {
    const values = this.#keyValues(call, entry);
    if (values.length > 0) return distinct(values.flatMap((value) => identitiesOf(value, this.texts, this.semantics)));
    return registered.length === 1 ? (registered[0]?.keys ?? []) : [];
  }

  #choiceOf(call: ExternalValue, entry: CallEntry, registered: readonly Registration[]): TokenVerifier['keyChoice'] {
    const values = this.#keyValues(call, entry).flatMap((value) => optionsOf(value).map((option) => option.value));
    if (values.some((value) => value.kind === 'array' || this.#choosesKey(value))) return 'several';
    if (values.some((value) => value.kind === 'function' || value.kind === 'unknown')) return 'unknown';
    const keys = this.#keysOf(call, entry, registered);
    return keys.length === 1 ? 'one' : keys.length > 1 ? 'several' : 'unknown';
  }

  #choosesKey(value: Value): boolean {
    return value.kind === 'external' && this.semantics.catalog.find(value.at)?.choosesKey === true;
  }
}

function setterCall(call: ExternalValue, setter: string | undefined): ExternalValue | undefined {
  const builder = call.receiver;
  if (setter === undefined || builder?.kind !== 'external') return undefined;
  return builder.calls.find((item) => item.path.endsWith(`.${setter}()`));
}

function headerOf(
  call: ExternalValue,
  { header }: ClaimsEntry,
  made: (position: Position & { readonly made?: boolean }) => Value | undefined,
): Value | undefined {
  if (!header) return undefined;
  return 'setter' in header ? setterCall(call, header.setter)?.call?.args[0] : made(header);
}

/** The functions on the way, the innermost first: those further out name something else. */
function functionsOn(stack: StackEntry | undefined): readonly string[] {
  const names: string[] = [];
  for (let entry = stack; entry && names.length < limits.tokenMakers; entry = entry.around) names.push(entry.name);
  return names;
}

/** @param self What the method belongs to that makes the token: where it is made, it is handed its key. */
function stepsOf(stack: StackEntry | undefined, self: Value | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let entry = stack; entry?.around; entry = entry.around)
    steps.unshift({ place: placeOf(entry.site), message: `calls \`${entry.name}\`` });
  const owner = self?.kind === 'object' ? self.classOf?.facts.name : undefined;
  if (self?.kind === 'object' && owner !== undefined && self.origin.span !== self.classOf?.facts)
    steps.unshift({ place: placeOf(self.origin), message: `makes \`${owner}\`` });
  return steps;
}

function distinct(keys: readonly KeyIdentity[]): readonly KeyIdentity[] {
  return keys.filter((key, index) => keys.findIndex((other) => other.id === key.id) === index);
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length - 1 && shared < right.length - 1 && left[shared] === right[shared]) shared++;
  return shared;
}
