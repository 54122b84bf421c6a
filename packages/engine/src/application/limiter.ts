import type { Place } from '../finding/place.js';
import type { LimitedBy } from '../catalog/library.js';

/** What turns away whoever asks too often: a layer of the chain, a guard class, a plugin, a call or a count in the handler. */
export interface Limiter {
  readonly name: string;
  readonly place: Place;
  /** What it counts by; undefined where that cannot be told. */
  readonly by: LimitedBy | undefined;
}
