import { comparePlaces, type AttackPath } from '@blastradius/engine';
import { compareText } from './compare-text.js';

/** By the place where they are cut, whatever order they come in. */
export function orderPaths(paths: readonly AttackPath[]): readonly AttackPath[] {
  return [...paths].sort(
    (a, b) => comparePlaces(a.cut.place, b.cut.place) || compareText(a.title, b.title) || compareText(a.sink, b.sink),
  );
}
