import { nameOfPath } from '../program/name-of-path.js';
import type { Condition } from '../program/condition.js';
import { identifies, type Bypass, type Proof } from '../program/proof.js';
import type { ExternalValue, UnionValue } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import { findQuery } from './caller.js';
import { contains } from './contains.js';
import type { FactorBypass } from './factor-bypass.js';
import { inputOf, inputsOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { questionsOf, type Question } from './question.js';
import { testsOf, type Reach } from './reach.js';
import type { TrustedInput } from './trusted-input.js';
import type { UnverifiedToken } from './unverified-token.js';

/** Headers that hold a credential: whether one is there is the first thing that a guard asks. */
const credentialHeader = /^(authorization|proxy-authorization|cookie|.*(api-?key|token|signature|secret|csrf|xsrf).*)$/;
/** Headers by which a request says what form it has. */
const formHeader =
  /^(accept.*|content-.*|user-agent|if-.*|range|upgrade.*|connection|x-requested-with|x-forwarded-proto|transfer-encoding|dnt|cache-control|x-request-id|x-correlation-id|.*-event|.*-version)$/;
const personName = /user|uid|account|customer|member|email|subject|identity|principal|person|owner|employee/i;
/** A caller who holds a key of the service's own may speak for others. */
export const serviceProofs: ReadonlySet<string> = new Set(['api-key', 'signature', 'mtls']);

/** Parts of the request that a route believes, each once. */
export function collectTrusted(state: ChainState, reach: Reach, semantics: CatalogSemantics): readonly TrustedInput[] {
  const seen = new Set<string>();
  return findTrusted(state, reach, semantics).filter(({ use, name, place }) => {
    const key = `${use} ${name} ${place.file}:${String(place.line)}:${String(place.column)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function findTrusted(state: ChainState, reach: Reach, semantics: CatalogSemantics): readonly TrustedInput[] {
  if (state.unknown) return [];
  const found: TrustedInput[] = [];
  const known = [...state.proofs, ...reach.provesItself];
  if (!known.some(identifies)) {
    for (const bypass of [...state.bypasses, ...reach.bypasses]) found.push(...inputsAround(bypass, semantics));
    if (reach.uses.length > 0) found.push(...decisive(state, reach, semantics));
  } else found.push(...roles(reach, semantics));
  if (known.some(({ kind }) => serviceProofs.has(kind))) return found;
  for (const { access, call } of reach.uses) {
    if (!access || access.tie === 'role' || access.tie === 'policy' || access.tie === 'owner') continue;
    for (const column of access.columns) {
      const name = headerIn(column.input);
      if (name === undefined || credentialHeader.test(name)) continue;
      if (!personName.test(name) && !personName.test(column.column ?? '')) continue;
      const what = access.name;
      found.push({ kind: 'header', name, place: column.place, use: 'identity', usePlace: placeOf(call.origin), what });
    }
  }
  return found;
}

function headerIn(input: string | undefined): string | undefined {
  return /^headers\.([\w-]+)/.exec(input ?? '')?.[1]?.toLowerCase();
}

/** `if (req.headers['x-internal'] === '1') return next()` in front of a verification. */
function inputsAround(bypass: Bypass, semantics: CatalogSemantics): readonly TrustedInput[] {
  const { proof } = bypass;
  if (proof.kind === 'credential' || proof.kind === 'second-factor') return [];
  const asked = new Set((proof.about ?? []).flatMap((value) => [...inputsOf(value, semantics.catalog)]));
  const tests = decidingTests(bypass);
  const [other, parting] = tests;
  // Two tests of different things stand one behind the other, as in a `try` that fails early or late: neither leads past the proof.
  if (other && parting && bypass.around.includes(other) && !isSameTest(parting, other)) return [];
  return questionsOf(tests, semantics)
    .filter(({ kind, name, compared }) => {
      if (asked.has(`headers.${name}`)) return false;
      if (kind === 'host' || kind === 'address') return compared;
      return kind === 'header' && !credentialHeader.test(name) && (compared || !formHeader.test(name));
    })
    .map((question) => toTrusted(question, 'bypass', proof.by));
}

/**
 * The tests that part the way with the proof from the one without: those at which the two ways take different sides.
 * Where one of them has none of its own left, the first one of the latter, and those of the former up to the proof
 * itself.
 */
function decidingTests({ proof, around, towards }: Bypass): readonly Condition[] {
  const call = proof.about?.[0];
  const outermostFirst = [...towards].reverse();
  const shared = outermostFirst.findIndex((test, index) => test !== around[around.length - 1 - index]);
  const [parting, other] = shared < 0 ? [] : [outermostFirst[shared], around[around.length - 1 - shared]];
  if (parting && other) return [other, parting];
  const asked =
    call?.kind === 'external'
      ? outermostFirst.findIndex(({ values }) => values.some((item) => contains(item, call)))
      : -1;
  return [...around.slice(-1), ...(asked < 0 ? outermostFirst.slice(0, 1) : outermostFirst.slice(0, asked))];
}

function isSameTest(a: Condition, b: Condition): boolean {
  if (a.origin.span === b.origin.span) return true;
  return a.values.some((value) => b.values.includes(value));
}

/** `if (req.headers['x-internal'] !== '1') return res.sendStatus(403)` and nothing else. */
function decisive(state: ChainState, reach: Reach, semantics: CatalogSemantics): readonly TrustedInput[] {
  // What a layer looks up under a test of its own says nothing of who gets past the layer.
  const ofLayers = new Set(state.queries.map(({ call }) => call));
  const uses = reach.uses.filter(({ proofs, call }) => !ofLayers.has(call) && !proofs.some(identifies));
  const tests = [...state.tests, ...uses.flatMap(testsOf)];
  return questionsOf(tests, semantics)
    .filter(isForgeable)
    .map((question) => toTrusted(question, 'decision', ''));
}

/** `if (req.headers['x-role'] !== 'admin')`: the caller is known, and says what the caller may do. */
function roles(reach: Reach, semantics: CatalogSemantics): readonly TrustedInput[] {
  const tests = reach.uses.filter(({ access }) => access?.tie === undefined).flatMap(testsOf);
  return questionsOf(tests, semantics)
    .filter(({ kind, name, compared }) => kind === 'header' && compared && /role|admin|permission|scope/.test(name))
    .map((question) => toTrusted(question, 'decision', ''));
}

function isForgeable({ kind, name, compared }: Question): boolean {
  if (kind === 'host' || kind === 'address') return compared;
  return kind === 'header' && !credentialHeader.test(name) && !formHeader.test(name);
}

function toTrusted(question: Question, use: TrustedInput['use'], what: string): TrustedInput {
  const { kind, name, place, test } = question;
  return { kind: kind as TrustedInput['kind'], name, place, use, usePlace: test, what };
}

/** Tokens that a route believes without a verification that rejects. */
export function collectUnverified(
  state: ChainState,
  reach: Reach,
  semantics: CatalogSemantics,
): readonly UnverifiedToken[] {
  const found: UnverifiedToken[] = [];
  const isCallers = (call: ExternalValue): boolean =>
    inputOf(semantics.tokenReadBy(call), semantics.catalog) !== undefined;
  for (const { hole, about } of state.proofs) {
    const call = hole ? about?.[0] : undefined;
    if (call?.kind === 'external' && isCallers(call)) found.push({ ...read(call), use: 'a guard' });
  }
  for (const call of state.decoded) {
    if (!isCallers(call)) continue;
    const isKnown = isVerified(call, state.proofs, semantics);
    const attached = attachedName(state, call, isKnown);
    const decides = !isKnown && state.tests.some(({ values }) => values.some((value) => contains(value, call)));
    if (attached !== undefined || decides) found.push({ ...read(call), use: attached ?? 'a guard' });
  }
  for (const call of reach.decoded) {
    if (!isCallers(call)) continue;
    const use = reach.uses.find(
      ({ proofs, call: user }) =>
        !isVerified(call, proofs, semantics) && (user.call?.args ?? []).some((arg) => contains(arg, call)),
    );
    if (use) found.push({ ...read(call), use: use.name, usePlace: placeOf(use.call.origin) });
  }
  // Where its claims are read in spite of the failure, that says it all.
  if (found.length > 0) return found;
  for (const call of [...state.ignored, ...reach.ignored]) {
    const proves = semantics.catalog.find(call.at)?.proves?.kind;
    if (proves !== 'token' && proves !== 'signature') continue;
    found.push({ name: nameOfCall(call), place: placeOf(call.origin), kind: 'ignored' });
  }
  return found;
}

/** Whether a proof that holds is about the very token that is read. */
function isVerified(call: ExternalValue, proofs: readonly Proof[], semantics: CatalogSemantics): boolean {
  const token = inputsOf(semantics.tokenReadBy(call), semantics.catalog);
  return proofs.some((proof) => {
    if (!identifies(proof) || proof.kind === 'attached' || proof.kind === 'credential') return false;
    const inputs = (proof.about ?? []).flatMap((value) => [...inputsOf(value, semantics.catalog)]);
    return inputs.length === 0 || inputs.some((input) => token.has(input));
  });
}

function read(call: ExternalValue): Pick<UnverifiedToken, 'name' | 'place' | 'kind'> {
  return { name: nameOfCall(call), place: placeOf(call.origin), kind: 'read' };
}

export function nameOfCall(call: ExternalValue): string {
  return nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.');
}

/** `req.user`, `res.locals.user`: where a layer has put what it read. */
function attachedName(state: ChainState, call: ExternalValue, isVerifiedElse: boolean): string | undefined {
  const holders: readonly (readonly [string, ExternalValue])[] = [
    ['req', state.request],
    ...[...state.response.knownMembers()].map(([name, member]) => [`res.${name}`, member] as const),
  ];
  for (const [holderName, holder] of holders) {
    if (!holder.hasProperties()) continue;
    for (const [name, value] of holder.properties) {
      const holds =
        value.kind === 'union' && isVerifiedElse ? isOneOf(value, call) : !isVerifiedElse && contains(value, call);
      if (holds) return `${holderName}.${name}`;
    }
  }
  return undefined;
}

/** Whether it is one of several values, and the one that nothing was proved of. */
function isOneOf({ options }: UnionValue, call: ExternalValue): boolean {
  return (
    options.length > 1 && options.some((option) => !option.proofs.some(identifies) && contains(option.value, call))
  );
}

/** Ways to a mint that go around a second factor for another reason than that the account has none. */
export function collectFactorBypasses(reach: Reach, semantics: CatalogSemantics): readonly FactorBypass[] {
  const found: FactorBypass[] = [];
  const mints = reach.uses.filter(({ mints: isMint }) => isMint);
  for (const bypass of reach.bypasses) {
    const { proof } = bypass;
    const without = mints.filter(({ proofs }) => !proofs.includes(proof));
    if (proof.kind !== 'second-factor' || without.length === 0) continue;
    const accounts = new Set(
      mints
        .flatMap(({ proofs }) => proofs)
        .filter(({ kind }) => kind === 'credential')
        .flatMap(({ about }) => about ?? [])
        .map((value) => findQuery(value, semantics))
        .filter((query) => query !== undefined),
    );
    const questions = questionsOf(decidingTests(bypass), semantics, accounts).filter(skipsForAnotherReason);
    const [first] = questions;
    if (!first || found.some(({ place }) => place.file === first.test.file && place.line === first.test.line)) continue;
    found.push({ factor: proof.by, factorPlace: placeOf(proof.origin), questions, place: first.test });
  }
  return found;
}

function skipsForAnotherReason({ kind, name }: Question): boolean {
  // A cookie of a device that is known already stands for a factor that was checked before.
  return kind !== 'factor' && kind !== 'account' && !name.startsWith('cookies') && !name.startsWith('signedCookies');
}
