import type { AccessPath } from '../../program/access-path.js';
import { limits } from '../../limits.js';
import { externalValue, Notes, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** What a digest may be asked of: the object itself, or what it was handed back as. */
const digests: ReadonlySet<string> = new Set(
  ['Hash', 'Hmac'].flatMap((kind) => [`crypto#create${kind}().digest()`, `crypto#create${kind}().update().digest()`]),
);
const feeds = /\.(update|write)\(\)$/;

/**
 * `hash.update(text); return hash.digest('hex')`: a statement feeds the same object as the chain `createHash('sha256').update(text).digest('hex')`
 * does, and what comes of it is that of the chain.
 */
export const fedDigestShape: OddShape = {
  evaluates: ({ text }: AccessPath) => digests.has(text),
  evaluateCall(call: ExternalValue): Value | undefined {
    const { receiver } = call;
    if (receiver?.kind !== 'external') return undefined;
    const fed = receiver.knownCalls().filter(({ path }) => feeds.test(path));
    if (fed.length === 0) return undefined;
    let object = receiver;
    for (const { origin, call: feeding } of fed.slice(0, limits.tokenConversions))
      object = externalValue(object.at.member('update').called, origin, object, feeding);
    const chained = externalValue(object.at.member('digest').called, call.origin, object, call.call);
    chains.set(call, chained);
    return chained;
  },
};

const chains = new Notes<ExternalValue>();

/** The chain that a call stands for, or the call itself. */
export function chainOf(call: ExternalValue): ExternalValue {
  return chains.get(call) ?? call;
}
