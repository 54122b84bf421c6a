import { nameOfPath } from '../program/name-of-path.js';
import type { Proof } from '../program/proof.js';
import type { Event } from '../program/semantics.js';
import type { ExternalValue, Value } from '../program/value.js';
import type { Access } from './access.js';
import { columnsOf, findQuery, isOfCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import type { CredentialCheck } from './credential-check.js';
import { entityNames } from './entity-names.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { isSecretColumn } from './secret-column.js';
import { stepsOf } from './steps-of.js';
import type { Bound } from './where-of.js';

/** A secret that people remember or type: it has few enough values to try them all. */
const guessable = /pass(word|wd|phrase|code)?(_?hash)?$|pwd|\bpin$|otp|(^|_)code$|[a-z]Code$|^(hash|digest)$/i;
/** Any code: one that proves something was sent to somebody, and one of an invitation names what it is for. */
const anyCode = /(^|_)code$|[a-z]Code$/;
const sentCode =
  /otp|one_?time|verif|confirm|reset|recover|activat|auth|log_?in|sign_?in|security|backup|factor|2fa|mfa|sms/i;
const shortSecret = /code$|pin$|otp/i;
/** The parts of a request that a form fills. */
const sent = /^(body|query|params|args)\b/;

/** Passwords and short codes that are asked for on the way through a route, each once. */
export function collectCredentialChecks(
  state: ChainState,
  events: readonly Event[],
  proofs: readonly Proof[],
  semantics: CatalogSemantics,
): readonly CredentialCheck[] {
  const found: CredentialCheck[] = [];
  for (const { kind, guessable: asks, by, origin } of state.proofs)
    if (asks && isKind(kind))
      found.push({ name: by, place: placeOf(origin), kind, typed: 'password', ofCaller: false, steps: [] });
  for (const event of events) {
    const { receiver } = event.call;
    const guard = receiver?.kind === 'external' ? semantics.provedByGuard(receiver) : undefined;
    if (receiver?.kind === 'external' && guard?.guessable && isKind(guard.kind))
      found.push({
        name: nameOfPath(receiver.path),
        place: placeOf(receiver.origin),
        kind: guard.kind,
        typed: 'password',
        ofCaller: false,
        steps: stepsOf(event),
      });
    const kind = event.meaning.proves?.kind;
    if (!isKind(kind) || !isGuessable(event.call, semantics)) continue;
    const account = accountOf(event.call, semantics);
    found.push({
      name: nameOfPath(event.call.path),
      place: placeOf(event.call.origin),
      kind,
      typed: typedOf(secretsOf(event.call, semantics).map(({ column = '' }) => column)),
      ...account,
      steps: stepsOf(event),
    });
  }
  for (const { kind, by, origin, about = [] } of proofs) {
    const [left, right] = about;
    const isByCall = events.some(({ call }) => call.origin.span === origin.span && call.origin.file === origin.file);
    if (!isKind(kind) || isByCall || !left || !right) continue;
    const other = inputOf(left, semantics.catalog) === undefined ? left : right;
    if (!guessable.test(lastOf(other))) continue;
    const typed = typedOf([lastOf(other)]);
    found.push({ name: by, place: placeOf(origin), kind, typed, ...accountOfRecord(other, semantics), steps: [] });
  }
  return found.filter(
    ({ place }, index) =>
      found.findIndex((item) => item.place.file === place.file && item.place.line === place.line) === index,
  );
}

/** A new password for an account that the request names, where nothing is proved that could be followed. */
export function resetsAmong(accesses: readonly Access[]): readonly CredentialCheck[] {
  const reset = accesses.find(
    ({ operation, proved, tie, input, columns }) =>
      operation === 'write' &&
      !proved &&
      tie === undefined &&
      sent.test(input ?? '') &&
      !columns.some(({ column, from }) => from === 'request' && column !== undefined && isSecretColumn(column)),
  );
  if (reset?.input === undefined) return [];
  const { name, place, input, steps } = reset;
  return [{ name, place, kind: 'reset', typed: 'password', account: input, ofCaller: false, steps }];
}

function isKind(kind: string | undefined): kind is 'credential' | 'second-factor' {
  return kind === 'credential' || kind === 'second-factor';
}

/** Whether what is checked was typed, and not issued by somebody. */
function isGuessable(call: ExternalValue, semantics: CatalogSemantics): boolean {
  const { catalog } = semantics;
  const entry = catalog.find(call.at);
  if (entry?.data) {
    const [entity = ''] = entityNames(call, entry.data, catalog);
    const isOfSomebody = accountOfQuery(call, semantics).account !== undefined;
    return secretsOf(call, semantics).some(
      ({ column = '' }) =>
        guessable.test(column) && (!anyCode.test(column) || isOfSomebody || sentCode.test(`${entity} ${column}`)),
    );
  }
  if (!entry?.proves || entry.proves.issued || entry.proves.kind === 'token') return false;
  return (call.call?.args ?? []).some((arg) => sent.test(inputOf(arg, catalog) ?? ''));
}

function secretsOf(query: ExternalValue, semantics: CatalogSemantics): readonly Bound[] {
  return columnsOf(query, semantics).filter(
    ({ column, value }) =>
      column !== undefined && isSecretColumn(column) && sent.test(inputOf(value, semantics.catalog) ?? ''),
  );
}

function typedOf(columns: readonly string[]): CredentialCheck['typed'] {
  return columns.length > 0 && columns.every((column) => shortSecret.test(column)) ? 'code' : 'password';
}

/** Whose password or code it is: of a look-up, what it is bound to beside the secret; of a comparison, the record's. */
function accountOf(call: ExternalValue, semantics: CatalogSemantics): Pick<CredentialCheck, 'account' | 'ofCaller'> {
  if (semantics.catalog.find(call.at)?.data) return accountOfQuery(call, semantics);
  for (const arg of call.call?.args ?? []) {
    const query = findQuery(arg, semantics);
    if (query) return accountOfQuery(query, semantics);
  }
  return { ofCaller: false };
}

function accountOfRecord(value: Value, semantics: CatalogSemantics): Pick<CredentialCheck, 'account' | 'ofCaller'> {
  const query = findQuery(value, semantics);
  return query ? accountOfQuery(query, semantics) : { ofCaller: false };
}

function accountOfQuery(
  query: ExternalValue,
  semantics: CatalogSemantics,
): Pick<CredentialCheck, 'account' | 'ofCaller'> {
  const names = columnsOf(query, semantics)
    .filter(({ column }) => column === undefined || !isSecretColumn(column))
    .map(({ value }) => inputOf(value, semantics.catalog))
    .filter((input) => input !== undefined && sent.test(input));
  const [account] = names;
  return {
    ...(account === undefined ? {} : { account }),
    ofCaller: account === undefined && isOfCaller(query, semantics),
  };
}

function lastOf(value: Value): string {
  if (value.kind !== 'external') return '';
  return value.path.slice(value.path.lastIndexOf('.') + 1);
}
