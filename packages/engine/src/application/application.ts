import type { Entity } from '../schema/entity.js';
import type { Ownership, Parent } from './access.js';
import type { Route } from './route.js';
import type { SigningKey } from './signing-key.js';
import type { UnverifiedToken } from './unverified-token.js';
import type { Verifier } from './verifier.js';

/** The frozen model that rules ask. Everything in it is in the order of places. */
export interface Application {
  readonly routes: readonly Route[];
  readonly keys: readonly SigningKey[];
  /** Verifiers that accept more than they should. */
  readonly verifiers: readonly Verifier[];
  readonly entities: readonly Entity[];
  /** Whether any framework of the catalog is used: no route in a back end is a failure, no route in a library is not. */
  readonly isBackEnd: boolean;
  /** Tokens that are believed wherever a strategy is used, whichever routes that are. */
  readonly unverified: readonly UnverifiedToken[];
  /** Whose the records of an entity are, as far as the routes show it. */
  ownershipOf(entity: string | undefined): Ownership | undefined;
  /** What the records of an entity belong to, and whose that is. */
  parentsOf(entity: string | undefined): readonly Parent[];
  /** What could not be followed, for `--debug` and for the documents: never silent. */
  readonly limits: readonly string[];
}
