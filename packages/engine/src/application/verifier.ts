import type { Place } from '../finding/place.js';

/** A call that verifies tokens, and what makes its word worthless. */
export interface Verifier {
  /** `jwt.verify`. */
  readonly name: string;
  readonly place: Place;
  readonly flaws: readonly VerifierFlaw[];
}

/**
 * `none`: it accepts tokens without a signature; `expired`: tokens whose time is over; `own-key`, `own-algorithm`: the
 * token brings the key or the algorithm that it is verified with; `unverified`: it is told to skip the signature.
 */
export interface VerifierFlaw {
  readonly kind: 'none' | 'expired' | 'own-key' | 'own-algorithm' | 'unverified';
  /** `header.jku`, where the token itself says it. */
  readonly name?: string;
  /** Where the option stands. */
  readonly place: Place;
}
