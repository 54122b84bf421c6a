import type { Place } from '../finding/place.js';

/** A call that makes a token, a session or another credential. */
export interface Mint {
  /** `jwt.sign`, `jwtService.signAsync`. */
  readonly name: string;
  readonly what: 'token' | 'session';
  readonly place: Place;
  /** Access path of the library's function: `jsonwebtoken#sign`. */
  readonly library: string;
}
