import type { Place } from '../finding/place.js';
import type { Question } from './question.js';

/** A way to a token or a session that goes around the second factor. */
export interface FactorBypass {
  /** What checks the factor where it is checked: `authenticator.verify`. */
  readonly factor: string;
  readonly factorPlace: Place;
  /** What decides that it is not: never only that the account has no second factor. */
  readonly questions: readonly Question[];
  /** The test. */
  readonly place: Place;
}
