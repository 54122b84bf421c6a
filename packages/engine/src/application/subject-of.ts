import { limits } from '../limits.js';
import { identifies, type Proof } from '../program/proof.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import type { SubjectOrigin } from './route.js';
import { isAbout, topicOf } from './tie-of.js';
import { boundColumns, readProperty } from './where-of.js';

/** Names under which a payload says whom a token is for. */
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
/** What a token carries beside whom it is for: where to go with it, what it is for. */
const besideSubject =
  /redirect|return|callback|url|uri|state|nonce|lang|locale|purpose|scope|^(exp|iat|nbf|aud|iss|jti|typ)$|(type|kind)$/i;

/** What a token names that nobody logs in as: one that opens a file, or a document, is a link to it. */
const thing =
  /^(file|document|doc|attachment|asset|image|photo|picture|media|video|recording|report|export|download|upload|folder|object|invoice|receipt|certificate|link|share|article|post|page|survey|form)(_?id|_?key|_?path|_?name)$/i;

/** Names under which a request says whom it means, or the whole of what it says. */
const accountNames =
  /(^|[._])(body|payload|claims|data|id|uid|sub)$|Id$|user|account|customer|member|person|subject|e_?mail|login|identity|phone|mobile|handle|nick/i;

/** Whom a token is made for, and whether that very subject was proved where `proofs` hold. */
export function subjectOf(
  payload: Value | undefined,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): SubjectOrigin {
  let result: SubjectOrigin = { kind: 'unknown' };
  const candidates = candidatesIn(payload);
  if (candidates.length > 0 && candidates.every((value) => value.kind === 'literal')) return { kind: 'constant' };
  for (const candidate of candidates) {
    const origin = originOf(candidate, proofs, semantics, 0);
    if (origin.kind === 'request') return origin;
    if (origin.kind !== 'unknown' && result.kind === 'unknown') result = origin;
  }
  return result;
}

/** Whether a payload says whom it is about. */
export function namesSubject(payload: Value): boolean {
  return subjectNames.some((name) => readProperty(payload, name) !== undefined);
}

function candidatesIn(payload: Value | undefined): readonly Value[] {
  if (!payload) return [];
  const named = subjectNames.map((name) => readProperty(payload, name)).filter((value) => value !== undefined);
  if (named.length > 0) return named;
  if (payload.kind !== 'object') return [payload];
  const others = [...payload.properties]
    .filter(([name]) => !besideSubject.test(name) && !thing.test(name))
    .map(([, value]) => value);
  return [...others, ...payload.spread];
}

function originOf(value: Value, proofs: readonly Proof[], semantics: CatalogSemantics, depth: number): SubjectOrigin {
  if (depth > limits.subjectDepth) return { kind: 'unknown' };
  if (value.kind === 'object') return originOfPayload(value, proofs, semantics, depth);
  let result: SubjectOrigin = { kind: 'unknown' };
  for (const option of optionsOf(value)) {
    const origin =
      option.value.kind === 'object'
        ? originOfPayload(option.value, [...proofs, ...option.proofs], semantics, depth)
        : originOfOption(option.value, [...proofs, ...option.proofs], semantics, depth);
    if (origin.kind === 'request' && origin.proved !== true) return origin;
    if (origin.kind !== 'unknown' && result.kind === 'unknown') result = origin;
  }
  return result;
}

function originOfPayload(
  payload: Value,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
  depth: number,
): SubjectOrigin {
  let result: SubjectOrigin = { kind: 'unknown' };
  for (const candidate of candidatesIn(payload)) {
    const origin = originOf(candidate, proofs, semantics, depth + 2);
    if (origin.kind === 'request') return origin;
    if (origin.kind !== 'unknown' && result.kind === 'unknown') result = origin;
  }
  return result;
}

function originOfOption(
  value: Value,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
  depth: number,
): SubjectOrigin {
  const input = inputOf(value, semantics.catalog);
  if (input !== undefined) return chosen(input, undefined, value, proofs, semantics);
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
    if (semantics.provedBy(current)) return { kind: 'proved' };
    const entry = current.call && semantics.catalog.find(current.at);
    if (!entry) continue;
    if (typeof entry.converts === 'number') {
      const converted = current.call?.args[entry.converts];
      return converted ? originOf(converted, proofs, semantics, depth + 1) : { kind: 'unknown' };
    }
    if (entry.proves) return { kind: 'proved' };
    if (entry.data) {
      const bound = boundColumns(current, entry.data);
      const name = bound.map((item) => inputOf(item.value, semantics.catalog)).find((item) => item !== undefined);
      return name === undefined ? { kind: 'stored' } : chosen(name, current, value, proofs, semantics);
    }
  }
  return { kind: 'unknown' };
}

/** The request names the subject: a proof about that very one makes up for it. */
function chosen(
  name: string,
  query: ExternalValue | undefined,
  value: Value,
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): SubjectOrigin {
  const data = query && semantics.catalog.find(query.at)?.data;
  const topic = topicOf(query, [{ value }, ...(query && data ? boundColumns(query, data) : [])], semantics);
  // The account of the session that the cookie names.
  const isOfSession = proofs.some(({ kind, about }) => kind === 'session' && query && about?.includes(query));
  if (isOfSession) return { kind: 'proved' };
  const proved = proofs.some(
    ({ about, ...proof }) =>
      (identifies(proof) ? proof.kind !== 'session' && proof.kind !== 'attached' : proof.kind === 'owner') &&
      about?.some((item) => isAbout(item, topic, semantics)),
  );
  const isAccount = accountNames.test(name);
  return { kind: 'request', name, ...(isAccount ? { isAccount } : {}), ...(proved ? { proved } : {}) };
}
