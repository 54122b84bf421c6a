import type { Place } from './place.js';

export type Severity = 'error' | 'warning';
export type Precision = 'high' | 'medium' | 'low';

/** One piece of evidence, in the order in which a reader follows it. */
export interface Step {
  readonly place: Place;
  /** What happens there, with the names of the analysed project. Never key material. */
  readonly message: string;
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly precision: Precision;
  readonly message: string;
  readonly place: Place;
  /** The route, model or key that the finding is about: `POST /internal/token`, `User.id`, `JWT_SECRET`. */
  readonly entity: string;
  /** 32 hexadecimal digits from rule, entity and sink; never from line numbers. */
  readonly fingerprint: string;
  readonly steps: readonly Step[];
}
