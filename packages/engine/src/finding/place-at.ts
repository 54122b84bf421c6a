import type { FileFacts, Span } from '../facts/file-facts.js';
import type { Place } from './place.js';

/** The place of a span of a file. */
export function placeAt({ path, lineStarts }: Pick<FileFacts, 'path' | 'lineStarts'>, { start, end }: Span): Place {
  const line = lineAt(lineStarts, start);
  const endLine = lineAt(lineStarts, end);
  return {
    file: path,
    line,
    column: start - (lineStarts[line - 1] ?? 0) + 1,
    endLine,
    endColumn: end - (lineStarts[endLine - 1] ?? 0) + 1,
  };
}

/** The line of an offset, from 1 on. `lineStarts` are ascending offsets, the first of them 0. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
