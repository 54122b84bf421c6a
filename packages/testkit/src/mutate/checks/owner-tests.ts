import type { Access, Route } from '@blastradius/engine';
import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { isFunction, unwrapAwait } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import { permits } from '../guards/guard-nodes.js';
import { collectLayers } from '../guards/collect-layers.js';
import { collectProvedMembers, collectSubjectTests } from './subject-tests.js';
import { findGuardDoorways } from './doorway.js';
import { absentValue, alternatives } from './gate.js';
import { originsOf } from './value-origin.js';

/** One alternative of a condition that holds the caller against something. */
export interface OwnerTest {
  readonly condition: ts.Expression;
  readonly part: ts.Expression;
}

/**
 * The tests on the way to a query, in front of its handler and behind it, that compare the caller with something or ask a function about
 * them; whether there is a caller at all is no such test.
 */
export function collectOwnerTests(route: Route, access: Access, code: ProjectCode): readonly OwnerTest[] {
  const guards = route.guards.flatMap(({ place }) => code.nodesAt(place));
  const provedMembers = new Set(guards.flatMap((node) => [...collectProvedMembers(node)]));
  const found = new Map<ts.Expression, OwnerTest>();
  for (const start of functionsOnTheWay(route, access, code)) {
    for (const { condition, context } of collectSubjectTests(start, { provedMembers }, code)) {
      for (const part of alternatives(condition)) {
        if (isComparison(part) && originsOf(part, code, context).has('subject')) found.set(part, { condition, part });
      }
    }
  }
  return [...found.values()];
}

/** Whether a caller who is known needs no role and passes no policy. */
export function asksForNoRole({ authorization }: Route): boolean {
  return authorization.every((permission) => permission.startsWith('owner'));
}

function functionsOnTheWay(route: Route, access: Access, code: ProjectCode): ReadonlySet<FunctionNode> {
  const places = [access.place, ...access.steps.map((step) => step.place)];
  const around = places
    .flatMap((place) => code.nodesAt(place))
    .flatMap((node) => ts.findAncestor(node, isFunction) ?? []);
  const asking = route.guards.filter(permits).flatMap(({ place }) => findGuardDoorways(place, code));
  return new Set([
    ...asking.map((doorway) => doorway.function),
    ...code.nodesAt(route.handler).filter(isFunction),
    ...collectLayers(route, undefined, code),
    ...around,
  ]);
}

/** `note.ownerId !== user.id`, `!mayRead(user, note)`; not `!user`. */
function isComparison(part: ts.Expression): boolean {
  const value = absentValue(part);
  if (value) return ts.isCallExpression(unwrapAwait(value));
  return !ts.isIdentifier(part) && !ts.isPropertyAccessExpression(part);
}
