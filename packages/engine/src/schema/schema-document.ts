/** One schema file. `path` is POSIX and relative to the analysed root. */
export interface SchemaDocument {
  readonly path: string;
  readonly text: string;
}
