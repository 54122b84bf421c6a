import type { Entity } from '../schema/entity.js';
import type { Route } from './route.js';
import type { SigningKey } from './signing-key.js';

/** The frozen model that rules ask. Everything in it is in the order of places. */
export interface Application {
  readonly routes: readonly Route[];
  readonly keys: readonly SigningKey[];
  readonly entities: readonly Entity[];
  /** Whether any framework of the catalog is used: no route in a back end is a failure, no route in a library is not. */
  readonly isBackEnd: boolean;
  /** What could not be followed, for `--debug` and for the documents: never silent. */
  readonly limits: readonly string[];
}
