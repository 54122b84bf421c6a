import { emptyFacts } from '../facts/empty-facts.js';
import type { Place } from '../finding/place.js';
import type { Origin } from './value.js';

/** A place in a document that is not code, for what a deployment file proves. */
export function originInDocument({ file, line, column, endLine, endColumn }: Place): Origin {
  // Only where lines start is ever asked for: as many characters to a line as the place needs.
  const width = Math.max(column, endColumn);
  const lineStarts = Array.from({ length: Math.max(line, endLine) }, (_, index) => index * width);
  const offset = (at: number, inLine: number): number => (at - 1) * width + inLine - 1;
  return { file: emptyFacts(file, lineStarts), span: { start: offset(line, column), end: offset(endLine, endColumn) } };
}
