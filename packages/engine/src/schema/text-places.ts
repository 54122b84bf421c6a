import type { Place } from '../finding/place.js';

/** Turns offsets of one text into places. */
export interface TextPlaces {
  readonly place: (start: number, end: number) => Place;
  readonly line: (offset: number) => number;
}

/** `\r\n`, `\n` and a lone `\r` each end a line. */
export function createTextPlaces(file: string, text: string): TextPlaces {
  const lineStarts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(lineBreak.index + lineBreak[0].length);
  return createPlaces(file, lineStarts);
}

/** The same from known line starts: ascending offsets, the first of them 0. */
export function createPlaces(file: string, lineStarts: readonly number[]): TextPlaces {
  const line = (offset: number): number => {
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const column = (offset: number): number => offset - (lineStarts[line(offset) - 1] ?? 0) + 1;
  return {
    line,
    place: (start, end) => ({
      file,
      line: line(start),
      column: column(start),
      endLine: line(end),
      endColumn: column(end),
    }),
  };
}
