import { lineAt, placeAt } from '../finding/place-at.js';
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
  return {
    line: (offset) => lineAt(lineStarts, offset),
    place: (start, end) => placeAt({ path: file, lineStarts }, { start, end }),
  };
}
