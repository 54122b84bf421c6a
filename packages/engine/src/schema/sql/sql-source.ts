import type { Place } from '../../finding/place.js';
import type { Clause } from './sql-table.js';
import type { SqlProblem } from './tokenize-sql.js';

export type ReadClause = (start: number, end: number) => Clause;

/** The text of one file, as far as statements need it. */
export interface SqlSource {
  readonly text: string;
  /** The words from one offset to another, and their place. */
  readonly clause: ReadClause;
  readonly place: (start: number, end: number) => Place;
  readonly report: (problem: SqlProblem) => void;
}
