import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { removeComparison } from './remove-comparison.js';
import { removeFilter } from './remove-filter.js';

/** Takes away the one thing that ties a record to the caller: a column of the query, or the comparison that follows it. */
export function* removeOwnershipConjunct(project: StudiedProject): Iterable<Candidate> {
  yield* removeFilter(project);
  yield* removeComparison(project);
}
