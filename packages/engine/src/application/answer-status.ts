import type { Catalog } from '../catalog/catalog.js';
import type { CallEntry } from '../catalog/library.js';
import { isWithin } from '../program/condition.js';
import type { Event } from '../program/semantics.js';
import { statusIn } from './refusal.js';
import { statusOf } from './status-of.js';
import { valueAt } from './where-of.js';

/** The status of an answer, where it is said. */
export function codeOf(
  event: Event,
  status: CallEntry['status'],
  events: readonly Event[],
  catalog: Catalog,
): number | undefined {
  const { call } = event;
  const own = status && valueAt(call, status);
  if (own) return statusIn(own);
  return statusOf(call) ?? (call.path.startsWith('express#') ? undefined : statusAround(event, events, catalog));
}

/**
 * `c.status(401)` and `ctx.status = 401` in a statement of their own: the last one that every way to the answer has
 * passed, or one behind it on the same way.
 */
function statusAround(event: Event, events: readonly Event[], catalog: Catalog): number | undefined {
  const { call } = event;
  const index = events.indexOf(event);
  const statusSetBy = ({ call }: Event): number | undefined => {
    const argument = catalog.find(call.at)?.statuses;
    return argument === undefined ? undefined : statusIn(call.call?.args[argument]);
  };
  // What is sent by a call is sent; a body that is assigned waits for the end.
  for (let at = call.path.endsWith('=()') ? index + 1 : events.length; at < events.length; at++) {
    const later = events[at];
    const isOnSameWay = later?.condition === event.condition && later?.call.receiver === call.receiver;
    const code = later && isOnSameWay ? statusSetBy(later) : undefined;
    if (code !== undefined) return code;
  }
  for (let at = index - 1; at >= 0; at--) {
    const before = events[at];
    const code = before && isWithin(event.condition, before.condition) ? statusSetBy(before) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}
