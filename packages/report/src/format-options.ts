export interface FormatOptions {
  /** Whether formats for people may use ANSI colours. Formats for machines never do. */
  readonly color: boolean;
}
