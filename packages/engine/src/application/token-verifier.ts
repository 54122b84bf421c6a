import type { Place } from '../finding/place.js';
import type { KeyIdentity, Presence } from './token-mint.js';

/** A call or a middleware that verifies tokens. */
export interface TokenVerifier {
  /** `jwt.verify`, `expressjwt`. */
  readonly name: string;
  readonly place: Place;
  readonly application: string;
  /** Whether it asks for an audience, an issuer, certain algorithms. */
  readonly audience: Presence;
  readonly issuer: Presence;
  readonly algorithms: Presence;
  /** Where it names no algorithm, the token does. */
  readonly algorithmOfToken: boolean;
  readonly keys: readonly KeyIdentity[];
  /** Whether a store is asked for the token, its session or its account on any of the routes behind it. */
  readonly asksStore: Presence;
  /** Titles of the routes behind it. */
  readonly routes: readonly string[];
  /** `one`: a key that stands fast; `several`: the token's `kid`, or a list, chooses among some; `unknown`. */
  readonly keyChoice: 'one' | 'several' | 'unknown';
}
