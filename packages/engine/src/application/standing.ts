import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import { isAlwaysCaller, isCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';

/** What a store is asked of one of its keys. */
const asksStore = /\.(get|getItem|hget|hgetall|hGet|hGetAll|exists|hexists|hExists|has|sismember|sIsMember|ttl)\(\)$/;
/** Words of a key or a column under which stands what somebody may do. */
const ofPower =
  /role|admin|permission|privilege|scope|group|staff|super|moderator|manager|owner|creat|author|grant|capabilit|member/i;

/**
 * A store is asked for what it keeps of the caller and of nothing else: `redis.get('session:' + claims.sid)`,
 * `revoked.has(claims.jti)`. It says whether the caller is still logged in, and nothing of what the caller may do.
 */
export function asksForStanding(call: ExternalValue, semantics: CatalogSemantics): boolean {
  if (!call.call || !asksStore.test(call.path) || call.call.args.length === 0) return false;
  if (isCaller(call.receiver, semantics)) return false;
  const parts = call.call.args.flatMap(partsOf);
  return (
    parts.some((part) => isCaller(part, semantics)) &&
    parts.every((part) => (part.kind === 'literal' ? !ofPower.test(String(part.value)) : isOwnRecord(part, semantics)))
  );
}

/** What is known of the caller alone, and not what the caller may do: `claims.sid`, `session.userId`, `user.tokenVersion`. */
export function isOwnRecord(value: Value, semantics: CatalogSemantics): boolean {
  return (
    isAlwaysCaller(value, semantics) &&
    optionsOf(value).every(({ value: option }) => option.kind !== 'external' || !ofPower.test(nameOf(option)))
  );
}

/** `keys.get(header.kid)`, `sessions[claims.sid]`: chosen by what the token is, and not by what its holder may do. */
export function tellsTokensApart(value: Value): boolean {
  const chosen = optionsOf(value).filter(
    ({ value: option }) => option.kind !== 'literal' && option.kind !== 'undefined',
  );
  return (
    chosen.length > 0 && chosen.every(({ value: option }) => option.kind === 'external' && ofToken.test(nameOf(option)))
  );
}

const ofToken = /^(kid|jti|sid|alg|iss|aud|iat|session_?id|token_?id)$/i;

function partsOf(value: Value): readonly Value[] {
  return value.kind === 'text' ? value.parts.flatMap(partsOf) : [value];
}

function nameOf({ path }: ExternalValue): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}
