import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { exposedWithoutGuards, exposedWithoutPermissions } from '../exposed-rules.js';
import { identifies, permits } from '../guards/guard-nodes.js';
import { whyAsked, whyClosed } from '../checks/why-protected.js';
import { GuardRemovals } from './guard-removals.js';

/**
 * Takes a guard out of one of the lists that put it in front of routes: first those that find out who the caller is, then those that
 * ask a known caller for a role or for ownership.
 */
export function* removeGuard(project: StudiedProject): Iterable<Candidate> {
  yield* new GuardRemovals(project, { belongs: identifies, exposed: exposedWithoutGuards, whyProtected: whyClosed });
  yield* new GuardRemovals(project, { belongs: permits, exposed: exposedWithoutPermissions, whyProtected: whyAsked });
}
