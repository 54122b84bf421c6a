import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';

/** What a caller can try over and over again until it fits: a password, a short code. */
export interface CredentialCheck {
  /** `bcrypt.compare`, `prisma.user.findFirst`, `LocalAuthGuard`. */
  readonly name: string;
  readonly place: Place;
  /** `reset`: nothing is asked for but the account, and its password is set anew. */
  readonly kind: 'credential' | 'second-factor' | 'reset';
  /** What is typed: a few digits are tried sooner than a word. */
  readonly typed: 'password' | 'code';
  /** Where the request says whose it is: `body.email`. */
  readonly account?: string;
  /** Whether it is the caller's own, as somebody else has proved before. */
  readonly ofCaller: boolean;
  readonly steps: readonly Step[];
}
