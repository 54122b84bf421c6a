import type { Place } from '@blastradius/engine';
import type { FileProblems } from './problem.js';

/**
 * What was found in one text of a file, at the lines where it stands in another. What stands in lines that were changed is left out:
 * nobody has looked at them yet.
 */
export function moveProblems(problems: FileProblems, analysed: string, text: string): FileProblems {
  const before = analysed.split('\n');
  const after = text.split('\n');
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;

  const move = (place: Place): Place | undefined => {
    if (place.endLine <= head) return place;
    if (place.line <= before.length - tail) return undefined;
    const by = after.length - before.length;
    return { ...place, line: place.line + by, endLine: place.endLine + by };
  };
  return new Map(
    [...problems].map(([rule, found]) => [
      rule,
      found.flatMap((problem) => {
        if (!problem.place) return problem;
        const place = move(problem.place);
        return place ? { ...problem, place } : [];
      }),
    ]),
  );
}
