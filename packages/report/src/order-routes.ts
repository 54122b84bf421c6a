import { comparePlaces } from '@blastradius/engine';
import type { Route } from '@blastradius/engine';
import { compareText } from './compare-text.js';

/** By place; several routes of one place (a router that is mounted twice, a loop over methods) by path, then method. */
export function orderRoutes(routes: readonly Route[]): readonly Route[] {
  return routes.toSorted(
    (a, b) => comparePlaces(a.place, b.place) || compareText(a.path, b.path) || compareText(a.method, b.method),
  );
}
