import type { Place } from '../finding/place.js';

/** A token that is believed although nobody has verified it. */
export interface UnverifiedToken {
  /** `jwt.decode`, `jwt.verify`. */
  readonly name: string;
  readonly place: Place;
  /** `read`: its claims are used as they come; `ignored`: it is verified, and the request goes on where that fails. */
  readonly kind: 'read' | 'ignored';
  /** Where its claims are used, if that is elsewhere. */
  readonly usePlace?: Place;
  /** What they are used for: `prisma.user.findUnique`, `req.user`. */
  readonly use?: string;
}
