/** `NAME=value`, in whatever form a file writes it. */
export interface Assignment {
  /** From the outermost name to the own one: `['services', 'api', 'environment', 'JWT_SECRET']`. */
  readonly path: readonly string[];
  /** As the program gets it: without quotes, decoded where the file says that it is encoded. */
  readonly value: string;
  /** UTF-16 offsets of the whole assignment; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Those of the value as it is written. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

export function nameOf(assignment: Assignment): string {
  return assignment.path.at(-1) ?? '';
}
