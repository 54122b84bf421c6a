import type { Place } from '../finding/place.js';
import type { SigningKey } from './signing-key.js';
import type { KeyIdentity, TokenMint } from './token-mint.js';
import type { TokenVerifier } from './token-verifier.js';

/** All that one key is used for. */
export interface KeyUses {
  readonly key: KeyIdentity;
  readonly mints: readonly TokenMint[];
  readonly verifiers: readonly TokenVerifier[];
  /** Sessions and cookies, codes, encryption. */
  readonly others: readonly OtherUse[];
}

export interface OtherUse {
  readonly kind: 'cookies' | 'codes' | 'encryption';
  /** `session`, `crypto.createHmac`. */
  readonly name: string;
  readonly place: Place;
}

/** The uses of each key, in the order of their places. */
export function collectKeyUses(
  keys: readonly SigningKey[],
  mints: readonly TokenMint[],
  verifiers: readonly TokenVerifier[],
): readonly KeyUses[] {
  const groups = new Map<
    string,
    { key: KeyIdentity; mints: TokenMint[]; verifiers: TokenVerifier[]; others: Map<string, OtherUse> }
  >();
  const groupOf = (key: KeyIdentity) => {
    let group = groups.get(key.id);
    if (!group) groups.set(key.id, (group = { key, mints: [], verifiers: [], others: new Map() }));
    return group;
  };
  for (const mint of mints) for (const key of mint.keys) groupOf(key).mints.push(mint);
  for (const verifier of verifiers) for (const key of verifier.keys) groupOf(key).verifiers.push(verifier);
  for (const key of keys) {
    const kind = kindOf(key);
    if (!kind) continue;
    const { file, line, column } = key.usePlace;
    for (const identity of key.identities)
      groupOf(identity).others.set(`${file}:${String(line)}:${String(column)}`, {
        kind,
        name: key.use,
        place: key.usePlace,
      });
  }
  return [...groups.values()].map((group) => ({ ...group, others: [...group.others.values()] }));
}

function kindOf({ purpose, seals }: SigningKey): OtherUse['kind'] | undefined {
  if (purpose === 'session' || purpose === 'cookie') return 'cookies';
  if (!seals) return undefined;
  return purpose === 'encrypt' ? 'encryption' : 'codes';
}
