/** A range of a file. `file` is POSIX and relative to the analysed root; lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** By file, line, column: the order of everything that is printed. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
}

/** Tells a place from others by where it begins. */
export function idOfPlace({ file, line, column }: Place): string {
  return `${file}:${String(line)}:${String(column)}`;
}
