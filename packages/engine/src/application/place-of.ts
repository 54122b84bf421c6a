import { placeAt } from '../finding/place-at.js';
import type { Place } from '../finding/place.js';
import type { Origin } from '../program/value.js';

/** The place of a span. */
export function placeOf({ file, span }: Origin): Place {
  return placeAt(file, span);
}
