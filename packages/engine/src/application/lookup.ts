import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import type { Entity, Identifier } from '../schema/entity.js';

/** A query by a key that a caller can choose. */
export interface Lookup {
  /** `prisma.user.findUnique`. */
  readonly name: string;
  readonly place: Place;
  readonly entity: Entity;
  readonly identifier: Identifier;
  /** Where the key comes from: `params.id`. */
  readonly input: string;
  readonly steps: readonly Step[];
}
