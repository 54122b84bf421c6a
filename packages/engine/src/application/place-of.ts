import type { Place } from '../finding/place.js';
import type { Origin } from '../program/value.js';

/** The place of a span. */
export function placeOf({ file, span }: Origin): Place {
  const [line, column] = positionOf(file.lineStarts, span.start);
  const [endLine, endColumn] = positionOf(file.lineStarts, span.end);
  return { file: file.path, line, column, endLine, endColumn };
}

function positionOf(lineStarts: readonly number[], offset: number): [line: number, column: number] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (lineStarts[low] ?? 0) + 1];
}
