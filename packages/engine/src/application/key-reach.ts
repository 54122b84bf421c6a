import { idOfPlace } from '../finding/place.js';
import type { Mint } from './mint.js';
import type { Proved, Route } from './route.js';
import type { SigningKey } from './signing-key.js';

/** What a key is good for: which mint signs with it, and which routes believe what it has signed. */
export interface KeyReach {
  /** The key that a mint signs with; `undefined` where that cannot be told. */
  keyOf(mint: Mint): SigningKey | undefined;
  /** Routes that let in whoever brings what a mint has made. */
  opensBy(mint: Mint): readonly Route[];
  /** Routes that let in whoever brings a token of this key. */
  opensWith(key: SigningKey): readonly Route[];
  /** Whether both are one key, whatever it is called where it is used. */
  isSame(a: SigningKey, b: SigningKey): boolean;
}

/** @param keys In the order of their places. */
export function readKeyReach(keys: readonly SigningKey[], routes: readonly Route[]): KeyReach {
  const signing = keys.filter(({ purpose }) => purpose === 'sign');
  const verifying = keys.filter(({ purpose }) => purpose === 'verify');
  const verifiedAt = placesOf(verifying);
  const opened = new Map<SigningKey, readonly Route[]>();
  const reach: KeyReach = {
    isSame: sharesIdentity,
    keyOf(mint) {
      if (mint.what !== 'token') return undefined;
      const own = signing.find(({ usePlace }) => idOfPlace(usePlace) === idOfPlace(mint.place));
      // A mint whose key is set up elsewhere, in a module or a plugin, has the only one that there is.
      return own ?? (isOne(signing) ? signing[0] : undefined);
    },
    opensBy(mint) {
      if (mint.what === 'session') return routes.filter(({ proved }) => proved.some(({ kind }) => kind === 'session'));
      const key = reach.keyOf(mint);
      return key ? reach.opensWith(key) : [];
    },
    opensWith(key) {
      let known = opened.get(key);
      if (!known) {
        const own = placesOf(verifying.filter((item) => sharesIdentity(item, key)));
        // Where all tokens are verified with one key, what is signed with the only private half of it opens the same.
        const isOnly = isOne(verifying) && (own.size > 0 || isOne(signing));
        known = routes.filter(({ proved }) => proved.some((proof) => isBy(proof, own, verifiedAt, isOnly)));
        opened.set(key, known);
      }
      return known;
    },
  };
  return reach;
}

/** Whether a token was proved at one of these places; where it was proved at none that is known, the only key did it. */
function isBy(
  { kind, place }: Proved,
  own: ReadonlySet<string>,
  verifiedAt: ReadonlySet<string>,
  isOnly: boolean,
): boolean {
  if (kind !== 'token') return false;
  const id = idOfPlace(place);
  return own.has(id) || (isOnly && !(verifiedAt.has(id) && own.size > 0));
}

function sharesIdentity(a: SigningKey, b: SigningKey): boolean {
  return a.identities.some(({ id }) => b.identities.some((other) => other.id === id));
}

/** Whether all of them are one key. */
function isOne([first, ...others]: readonly SigningKey[]): boolean {
  return first !== undefined && others.every((other) => sharesIdentity(first, other));
}

function placesOf(keys: readonly SigningKey[]): ReadonlySet<string> {
  return new Set(keys.map(({ usePlace }) => idOfPlace(usePlace)));
}
