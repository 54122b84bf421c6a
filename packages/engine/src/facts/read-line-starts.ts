import type ts from 'typescript';
import { complete } from './lowering.js';

/** Line ends other than a line feed: few files have one, and searching for single characters is fast. */
const unusualLineEnds = ['\r', '\u2028', '\u2029'];

/** Offset of the first character of each line, ascending. */
export function readLineStarts(file: ts.SourceFile): readonly number[] {
  const { text } = file;
  if (unusualLineEnds.some((lineEnd) => text.includes(lineEnd))) return file.getLineStarts();
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1);
  return complete(starts);
}
