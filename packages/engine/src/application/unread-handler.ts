import { nameOfPath } from '../program/name-of-path.js';
import type { Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { undecided, type ChainState } from './chain.js';
import { placeOf } from './place-of.js';
import { isUnread } from './unread-check.js';

/**
 * The state in front of a handler: where a package that nobody describes has made it, of a function of the project or of nothing
 * (`export const POST = withAuth(handler)`), whether it turns callers away is not known.
 */
export function beforeHandler(state: ChainState, handler: Value, { catalog }: CatalogSemantics): ChainState {
  if (handler.kind !== 'external' || !handler.call || !isUnread(handler.at, catalog)) return state;
  const why = 'is not part of the project and not in the catalog';
  return undecided(state, nameOfPath(handler.path), placeOf(handler.origin), why);
}
