import type { Catalog } from '../catalog/catalog.js';
import type { ExternalValue, Value } from '../program/value.js';
import { valuesWithin } from './contains.js';
import { inputOf } from './input-of.js';
import type { Access } from './access.js';
import { writtenBy, type WrittenColumn } from './read-access.js';
import type { CatalogSemantics } from './catalog-semantics.js';

/** Columns with what an account is asked for once: a token of a link that is sent, a code. */
const askedOnce =
  /(token|otp|code|pin|nonce|challenge|digest)$|(token|otp|code)_?(hash|digest)$|^(reset|verif|confirm|activation|magic|one_?time)/i;
/** Columns that log in or speak to devices: whoever can have them written anew locks their owner out. */
const lasting =
  /(access|refresh|session|auth|api|bearer|device|push|fcm|id|csrf)_?token|(country|zip|post(al)?|currency|language|referral|promo|coupon|status)_?code|totp|secret/i;
/** How long it holds, and how often it was asked for. */
const about =
  /expir|valid_?(until|for|till)|ttl|attempt|tries|resend|sent|requested|issued|created|updated|(_at|At|date)$/i;
/** Options of a query, which are no columns: `save({ validateBeforeSave: false })`. */
const options =
  /^(validateBeforeSave|validateModifiedOnly|session|transaction|timestamps|new|upsert|runValidators|returning|hooks|silent|reload)$/;
/** Entities that hold such tokens. */
const challenges = /(token|otp|code|verification|reset|challenge|link)s?$/i;

/** A query of a handler, as far as it matters whether it only keeps what the handler sends to somebody. */
interface Kept {
  readonly call: ExternalValue;
  readonly access: Access;
}

/**
 * The queries by which somebody who has forgotten a password, or signs in by a link, is sent a token: they write what the program has just
 * made, and the answer does not tell it. Whoever asks for one for somebody else gains nothing.
 *
 * @param reads Queries that only read.
 * @param told What the answers hold.
 */
export function issuedChallenges(
  queries: readonly Kept[],
  reads: ReadonlySet<Value>,
  told: readonly ReadonlySet<Value>[],
  semantics: CatalogSemantics,
): ReadonlySet<ExternalValue> {
  const found = new Set<ExternalValue>();
  const renewed = new Set<string>();
  for (const { call, access } of queries) {
    if (access.operation === 'read' || access.filledBy !== undefined) continue;
    const { written } = writtenBy(call, semantics);
    const isOfChallenges = access.entity !== undefined && challenges.test(access.entity);
    const secrets = written.filter(({ column }) => askedOnce.test(column) && !lasting.test(column));
    if (!secrets.some((item) => isMade(item, reads, told, semantics.catalog))) continue;
    if (isOfChallenges) renewed.add(access.entity);
    const others = written.filter(
      (item) => !secrets.includes(item) && !about.test(item.column) && !options.test(item.column),
    );
    if (isOfChallenges || others.length === 0) found.add(call);
  }
  // What was sent before goes.
  for (const { call, access } of queries)
    if (
      access.operation === 'write' &&
      renewed.has(access.entity ?? '') &&
      writtenBy(call, semantics).written.length === 0
    )
      found.add(call);
  return found;
}

/** Whether the program has made it, and keeps it to itself. */
function isMade(
  { value }: WrittenColumn,
  reads: ReadonlySet<Value>,
  told: readonly ReadonlySet<Value>[],
  catalog: Catalog,
): boolean {
  let isCalled = false;
  for (const item of valuesWithin(value, reads)) {
    if (item.kind !== 'external') continue;
    if (inputOf(item, catalog) !== undefined) return false;
    if (!item.call || reads.has(item)) continue;
    isCalled = true;
    if (told.some((values) => values.has(item))) return false;
  }
  return isCalled;
}
