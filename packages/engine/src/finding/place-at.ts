import type { FileFacts, Span } from '../facts/file-facts.js';
import type { Place } from './place.js';

/** The place of a span of a file. */
export function placeAt({ path, lineStarts }: Pick<FileFacts, 'path' | 'lineStarts'>, { start, end }: Span): Place {
  const [line, column] = positionOf(lineStarts, start);
  const [endLine, endColumn] = positionOf(lineStarts, end);
  return { file: path, line, column, endLine, endColumn };
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
