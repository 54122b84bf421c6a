import type { Place } from '../finding/place.js';

/**
 * A part of a request that the caller writes and the program believes. `identity`: it says whose data is looked up;
 * `bypass`: it leads past a proof; `decision`: nothing else is asked for.
 */
export interface TrustedInput {
  readonly kind: 'header' | 'host' | 'address';
  /** `x-user-id`, `hostname`. */
  readonly name: string;
  /** Where it is read. */
  readonly place: Place;
  readonly use: 'identity' | 'bypass' | 'decision';
  /** Where it is believed: the query, the test. */
  readonly usePlace: Place;
  /** The query that is bound to it, or what it leads past: `jwt.verify`. */
  readonly what: string;
}
