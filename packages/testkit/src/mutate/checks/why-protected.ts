import type { Route } from '@blastradius/engine';
import type { ts } from 'ts-morph';
import { collectLayers } from '../guards/collect-layers.js';
import { guardId, permits } from '../guards/guard-nodes.js';
import type { StudiedProject } from '../studied-project.js';
import { collectProvedMembers, collectSubjectTests } from './subject-tests.js';

/** What is known of a guard that is to go. */
export interface GoingGuard {
  readonly ids: ReadonlySet<string>;
  /** Where the guard is named, if it is about one such place. */
  readonly item?: ts.Node;
  /** The functions and classes of all guards of the sort: what they do themselves is no second check. */
  readonly nodes: ReadonlySet<ts.Node>;
}

/**
 * What else decides by the subject that a guard has proved: a guard that asks for a permission, the handler, or another layer that the
 * registration names. Then the route may stay closed without the guard, be it by a refusal or by a crash on `undefined`.
 */
export function whyClosed(route: Route, going: GoingGuard, { code }: StudiedProject): string | undefined {
  const provedMembers = new Set([...going.nodes].flatMap((node) => [...collectProvedMembers(node)]));
  const decides = (node: ts.Node): boolean =>
    !going.nodes.has(node) && collectSubjectTests(node, { provedMembers }, code).length > 0;
  const behind = [...code.nodesAt(route.handler), ...collectLayers(route, going.item, code)];
  return route.guards.some(permits) || asksForMore(route, going) || behind.some(decides)
    ? 'something behind it turns away a request without a subject'
    : undefined;
}

/** What else asks a known caller for a permission. */
export function whyAsked(route: Route, going: GoingGuard): string | undefined {
  return asksForMore(route, going) ? 'something else asks for a permission as well' : undefined;
}

/** Whether a route asks for more than the guard does. */
function asksForMore({ guards, authorization }: Route, { ids }: GoingGuard): boolean {
  const own = guards.filter((guard) => ids.has(guardId(guard))).flatMap(({ permissions }) => permissions ?? []);
  return authorization.some((permission) => !own.includes(permission));
}
