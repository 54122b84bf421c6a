import type { Place } from '../finding/place.js';
import type { Origin } from '../program/value.js';

const positions = new WeakMap<object, Map<number, Place>>();

/** The place of a span. */
export function placeOf({ file, span }: Origin): Place {
  let known = positions.get(file);
  if (!known) positions.set(file, (known = new Map()));
  // Spans start at more places than they end: files are shorter than 2^26 characters.
  const key = span.start * 67_108_864 + span.end;
  const cached = known.get(key);
  if (cached) return cached;
  const [line, column] = positionOf(file.lineStarts, span.start);
  const [endLine, endColumn] = positionOf(file.lineStarts, span.end);
  const place = { file: file.path, line, column, endLine, endColumn };
  known.set(key, place);
  return place;
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
