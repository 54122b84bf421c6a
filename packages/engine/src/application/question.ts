import { limits } from '../limits.js';
import type { Condition } from '../program/condition.js';
import type { Place } from '../finding/place.js';
import type { ExternalValue, Value } from '../program/value.js';
import { findQuery, isCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';

/** What a test asks for. */
export interface Question {
  /** `header`, `host`, `address`: written or chosen by the caller; `factor`: whether an account has a second factor. */
  readonly kind: 'header' | 'host' | 'address' | 'input' | 'role' | 'environment' | 'setting' | 'factor' | 'account';
  /** `x-internal`, `user.role`, `NODE_ENV`. */
  readonly name: string;
  /** Where it is read. */
  readonly place: Place;
  /** Whether it is compared with something, not only looked for. */
  readonly compared: boolean;
  /** The test. */
  readonly test: Place;
}

const hosts = /^(hostname|host|headers\.(host|x-forwarded-host|origin|referer))$/i;
const addresses = /^(ip|ips(\..*)?|headers\.(x-forwarded-for|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip))$/i;
const factorName = /mfa|totp|otp|two_?factor|2fa|second_?factor|authenticator/i;
const roleName = /role|admin|staff|super|internal|type|employee|support|tier|group|permission|is[A-Z]/;

/**
 * What the tests ask for, as far as it can be told.
 *
 * @param accounts The queries that found the account at hand: another account's factor is no reason to skip this one's.
 */
export function questionsOf(
  conditions: readonly Condition[],
  semantics: CatalogSemantics,
  accounts?: ReadonlySet<ExternalValue>,
): readonly Question[] {
  return conditions.flatMap((condition) => {
    const known = accounts ? undefined : asked.get(condition);
    if (known) return known;
    const questions: Question[] = [];
    if (!accounts) asked.set(condition, questions);
    const compared = condition.values.length > 1;
    for (const value of condition.values)
      collect(value, { condition, semantics, accounts, into: questions }, compared, 0);
    return questions;
  });
}

/** Many things happen behind one test. */
const asked = new WeakMap<Condition, readonly Question[]>();

interface Search {
  readonly condition: Condition;
  readonly semantics: CatalogSemantics;
  readonly accounts: ReadonlySet<ExternalValue> | undefined;
  readonly into: Question[];
}

function collect(value: Value, search: Search, compared: boolean, depth: number): void {
  if (depth > limits.questionDepth) return;
  const inner = (values: readonly Value[], isComparison = compared): void => {
    for (const item of values) collect(item, search, isComparison, depth + 1);
  };
  if (value.kind === 'union') inner(value.options.map((option) => option.value));
  if (value.kind === 'array') inner(value.items);
  if (value.kind !== 'external') return;
  if (value.call && asks.test(value.path)) {
    inner([...(value.receiver ? [value.receiver] : []), ...value.call.args], true);
    return;
  }
  const found = kindOf(value, search.semantics, search.accounts);
  if (found) {
    const { kind, name } = found;
    search.into.push({ kind, name, place: placeOf(value.origin), compared, test: placeOf(search.condition.origin) });
    return;
  }
  if (value.call && /^global#(!|typeof|Boolean|[=!]==?|[<>]=?|includes|String|Number)\(\)$/.test(value.path))
    inner(value.call.args, compared || /[=<>]|includes/.test(value.path));
}

/** Methods that ask whether a text or a list has something. */
const asks = /\.(includes|has|startsWith|endsWith|test|match|some|equals|indexOf)\(\)$/;

function kindOf(
  value: ExternalValue,
  semantics: CatalogSemantics,
  accounts: ReadonlySet<ExternalValue> | undefined,
): Pick<Question, 'kind' | 'name'> | undefined {
  const input = inputOf(value, semantics.catalog);
  if (input !== undefined) {
    if (addresses.test(input)) return { kind: 'address', name: input };
    if (hosts.test(input)) return { kind: 'host', name: input };
    // What is made of it counts as the header: `headers.authorization.split().1`.
    const header = /^headers\.([^.]+)/.exec(input)?.[1];
    return header === undefined ? { kind: 'input', name: input } : { kind: 'header', name: header.toLowerCase() };
  }
  if (/^express#Request\.(socket|connection)\.remoteAddress$/.test(value.path))
    return { kind: 'address', name: 'remoteAddress' };
  const variable = /^global#process\.env\.(\w+)/.exec(value.path)?.[1];
  if (variable !== undefined) return { kind: 'environment', name: variable };
  if (value.call)
    return semantics.isSetting(value) ? { kind: 'setting', name: value.path.replace(/^.*[#.]/, '') } : undefined;
  const query = findQuery(value, semantics);
  if (query ?? isCaller(value, semantics)) {
    const name = value.path.split('.').at(-1) ?? '';
    const isOther = query !== undefined && accounts !== undefined && accounts.size > 0 && !accounts.has(query);
    if (isOther) return factorName.test(name) ? { kind: 'input', name } : { kind: 'account', name };
    return { kind: factorName.test(name) ? 'factor' : roleName.test(name) ? 'role' : 'account', name };
  }
  return semantics.isSetting(value) ? { kind: 'setting', name: value.path.replace(/^.*[#.]/, '') } : undefined;
}
