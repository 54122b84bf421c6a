import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';

/** Whether something is said: `unknown` where it may be, and could not be followed. */
export type Presence = 'set' | 'missing' | 'unknown';

/** A key by what it is, wherever it is used. */
export interface KeyIdentity {
  /** The same for the same variable, text or file. */
  readonly id: string;
  /** How the project names it. Never its text. */
  readonly name: string;
  /** Whether it has a public half, by its name: who verifies need not be able to sign. */
  readonly isPair: boolean;
  /** Whether its text is written in code, at its place. */
  readonly isWritten: boolean;
  /** Where its text or its look-up stands. */
  readonly place: Place;
}

/** A call that makes a token, as one way through the program comes to it. */
export interface TokenMint {
  /** `jwt.sign`, `jwtService.signAsync`. */
  readonly name: string;
  readonly place: Place;
  /** Folder of the package that it is in, '' for the root. */
  readonly application: string;
  readonly expiry: Presence;
  readonly audience: Presence;
  readonly issuer: Presence;
  /** `jti`, or the session that it belongs to. */
  readonly id: Presence;
  /** `type`, `purpose` and the like, and `typ` of the header: what the token is for. */
  readonly type: Presence;
  readonly keyId: Presence;
  /** What it says of its type, where that is written down. */
  readonly types: readonly string[];
  readonly audiences: readonly string[];
  /** How long it is good for, in seconds, where that is written down. */
  readonly lifetime: number | undefined;
  /** The expiry is a number of milliseconds where seconds are asked for: the year 50,000. */
  readonly expiryInMilliseconds: boolean;
  readonly keys: readonly KeyIdentity[];
  /** What it is called on the way to it, the nearest first: a variable, functions. */
  readonly names: readonly string[];
  /** What a person would call it by these names and by its type: `reset`, `refresh`; `undefined` where nothing says it. */
  readonly kind: string | undefined;
  /** From the outermost call to the mint. */
  readonly steps: readonly Step[];
}
