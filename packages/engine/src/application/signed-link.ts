import type { LinkUse } from '../catalog/library.js';
import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';

/** A signed address: whoever holds it may reach one object of a store, for as long as it is good. */
export interface SignedLink {
  /** `getSignedUrl`. */
  readonly name: string;
  readonly place: Place;
  readonly may: LinkUse;
  /** Where the request names the object, and nothing else has a part in its name: `query.key`. */
  readonly input?: string;
  /** Whether the caller that was proved has a part in the name: `${user.id}/${file}`. */
  readonly isOfCaller: boolean;
  /** How the name begins, as far as it is written down: `invoices/`. */
  readonly folder: string;
  /** The same for the same store, where the program says which one it is. */
  readonly store: string | undefined;
  /** Whether the folder or the store is for everybody, by its name. */
  readonly isPublic: boolean;
  /** Proofs that hold on every path to it, guards of the chain included. */
  readonly proofs: readonly string[];
  /** What was asked of the caller on every path to it: `role`, `owner`, `policy`. */
  readonly permissions: readonly string[];
  /** Whether the link leaves: in an answer, or as where the caller is sent. */
  readonly leaves: boolean;
  readonly steps: readonly Step[];
}
