import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import type { KeyIdentity } from './token-mint.js';

/** Where the text of a key comes from, from bad to good. */
export type KeySource =
  /** Written in code, or in a configuration file that is imported. */
  | 'literal'
  /** An environment look-up with a literal to fall back on. */
  | 'default'
  /** A private key or a filled-in environment file that lies in the repository. */
  | 'file'
  | 'environment'
  | 'manager'
  | 'generated'
  | 'unknown';

/** A key at a place where it signs, verifies, encrypts or seals. */
export interface SigningKey {
  /** How the project names it: `JWT_SECRET`, `jwtConstants.secret`, a key file's path; `a literal` where nothing does. Never its text. */
  readonly name: string;
  readonly source: KeySource;
  /** Where the text stands: the literal, the default, the file. The place of the use where it is not known. */
  readonly origin: Place;
  /** The call that uses it: `jwt.sign`, `session`. */
  readonly use: string;
  readonly usePlace: Place;
  /** `sign`, `verify`, `session`, `cookie`, `encrypt`. */
  readonly purpose: string;
  /** The keys that it is, whichever text they have: see `KeyIdentity`. */
  readonly identities: readonly KeyIdentity[];
  /** Whether it makes or checks a code, or encrypts: not a token, a session or a cookie. */
  readonly seals: boolean;
  /** From the origin to the use. */
  readonly steps: readonly Step[];
}
