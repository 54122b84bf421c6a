import type { Entity } from '../schema/entity.js';
import type { Ownership, Parent } from './access.js';
import type { CommittedKey } from './committed-key.js';
import type { KeyReach } from './key-reach.js';
import type { KeyUses } from './key-uses.js';
import type { ProductionKeyReach } from './production-key-reach.js';
import type { Route } from './route.js';
import type { SigningKey } from './signing-key.js';
import type { TokenMint } from './token-mint.js';
import type { TokenVerifier } from './token-verifier.js';
import type { UnverifiedToken } from './unverified-token.js';
import type { Verifier } from './verifier.js';

/** The frozen model that rules ask. Everything in it is in the order of places. */
export interface Application {
  readonly routes: readonly Route[];
  readonly keys: readonly SigningKey[];
  /** Which mints and which routes a key belongs to. */
  readonly keyReach: KeyReach;
  /** Keys that lie in the repository and whose use was not found. */
  readonly committedKeys: readonly CommittedKey[];
  /** Ways from development to keys of production. */
  readonly productionKeyReaches: readonly ProductionKeyReach[];
  /** Every call that makes a token, in each of the ways that lead to it. */
  readonly tokenMints: readonly TokenMint[];
  readonly tokenVerifiers: readonly TokenVerifier[];
  /** Each key that makes or verifies tokens, cookies or codes, with all that it does. */
  readonly keyUses: readonly KeyUses[];
  /** Verifiers that accept more than they should. */
  readonly verifiers: readonly Verifier[];
  readonly entities: readonly Entity[];
  /** Whether any framework of the catalog is used: no route in a back end is a failure, no route in a library is not. */
  readonly isBackEnd: boolean;
  /** Tokens that are believed wherever a strategy is used, whichever routes that are. */
  readonly unverified: readonly UnverifiedToken[];
  /** Whose the records of an entity are, as far as the routes show it. */
  ownershipOf(entity: string | undefined): Ownership | undefined;
  /** Names of the fields of an entity that hold personal data or credentials. */
  personalFieldsOf(entity: string | undefined): readonly string[];
  /** What the records of an entity belong to, and whose that is. */
  parentsOf(entity: string | undefined): readonly Parent[];
  /** What could not be followed, for `--debug` and for the documents: never silent. */
  readonly limits: readonly string[];
}
