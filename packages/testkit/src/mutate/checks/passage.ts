import type { Guard, Route } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { calledFunctions } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import { exposedWithoutGuards, exposedWithoutProofs } from '../exposed-rules.js';
import { guardId, identifies, isOwnCheck } from '../guards/guard-nodes.js';
import type { Deserved } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { collectCheckDoorways, createHandlerDoorway, findGuardDoorways } from './doorway.js';
import type { Doorway } from './doorway.js';
import { callbacksOf } from './gate.js';
import { proofOf } from './proof-call.js';
import { whyClosed } from './why-protected.js';

/** A doorway, and what is open if it lets everybody through. */
export interface Passage extends Doorway {
  readonly deserves: readonly Deserved[];
  /** Without the routes that stay closed for a request on which nothing has been proved. */
  readonly deservesWithoutSubject: readonly Deserved[];
}

/**
 * The passages of the model. A route deserves a finding for a passage where, by the sound model, it is the only one that protects the
 * route, and a rule would report the route without it.
 */
export function collectPassages(project: StudiedProject): readonly Passage[] {
  const passages: Passage[] = [];
  const guarded = new Map<string, { readonly guard: Guard; readonly routes: Route[] }>();
  for (const route of project.application.routes) {
    // A layer that cannot be followed may reject as well.
    if (route.guards.some(({ verdict }) => verdict === 'unknown')) continue;
    const [guard, ...others] = route.guards.filter(identifies);
    if (!guard) passages.push(...credentialPassages(route, project));
    else if (others.length > 0) continue;
    else if (isOwnCheck(guard, route)) passages.push(...ownPassages(route, project));
    else {
      const known = guarded.get(guardId(guard)) ?? { guard, routes: [] };
      guarded.set(guardId(guard), known);
      known.routes.push(route);
    }
  }
  for (const { guard, routes } of guarded.values()) passages.push(...guardPassages(guard, routes, project));
  return mergeByFunction(passages).filter(({ deserves }) => deserves.length > 0);
}

/** One function may be on the way to several routes, all of which a change of it opens. */
function mergeByFunction(passages: readonly Passage[]): readonly Passage[] {
  const merged = new Map<FunctionNode, Passage>();
  for (const passage of passages) {
    const known = merged.get(passage.function);
    merged.set(passage.function, known ? join(known, passage) : passage);
  }
  return [...merged.values()];
}

function join(a: Passage, b: Passage): Passage {
  return {
    ...a,
    isReached: (part) => a.isReached(part) || b.isReached(part),
    deserves: [...a.deserves, ...b.deserves],
    deservesWithoutSubject: [...a.deservesWithoutSubject, ...b.deservesWithoutSubject],
  };
}

/**
 * Routes that a change of a function may open although they deserve nothing for it: behind guards that call it, or in which nothing is
 * seen to be proved.
 */
export function collectAffected(
  changed: FunctionNode,
  { application, code, rules }: StudiedProject,
): readonly Deserved[] {
  const isAffected = ({ place }: Guard): boolean => {
    return findGuardDoorways(place, code).some(
      ({ function: node }) => reaches(node, changed, code) || !provesAnything(node, code),
    );
  };
  return application.routes
    .filter(({ guards }) => guards.filter(identifies).some(isAffected))
    .flatMap((route) => deservedBy(route, exposedWithoutGuards({ route }, application, rules)));
}

/** Whether a function is another one, or calls it. */
function reaches(node: FunctionNode, target: FunctionNode, code: ProjectCode, depth = 3): boolean {
  if (node === target) return true;
  const calls = [node, ...callbacksOf(node)].flatMap((part) => collectOwnNodes(part, ts.isCallExpression));
  return (
    depth > 0 &&
    calls.some((call) =>
      calledFunctions(call, code).some((called) => isFunction(called) && reaches(called, target, code, depth - 1)),
    )
  );
}

function provesAnything(node: FunctionNode, code: ProjectCode): boolean {
  const calls = [node, ...callbacksOf(node)].flatMap((part) => collectOwnNodes(part, ts.isCallExpression));
  return calls.some((call) => proofOf(call, code) !== undefined);
}

function guardPassages(guard: Guard, routes: readonly Route[], project: StudiedProject): readonly Passage[] {
  const doorways = findGuardDoorways(guard.place, project.code);
  const deservedOf = (some: readonly Route[]): readonly Deserved[] =>
    some.flatMap((route) => deservedBy(route, exposedWithoutGuards({ route }, project.application, project.rules)));
  return doorways.map((doorway) => {
    const going = { ids: new Set([guardId(guard)]), nodes: new Set([doorway.function]) };
    const open = routes.filter((route) => whyClosed(route, going, project) === undefined);
    return { ...doorway, deserves: deservedOf(routes), deservesWithoutSubject: deservedOf(open) };
  });
}

/** A handler that turns the anonymous away by itself, in front of what it reads or changes. */
function ownPassages(route: Route, { application, code, rules }: StudiedProject): readonly Passage[] {
  const deserves = deservedBy(route, exposedWithoutProofs({ route }, application, rules));
  const places = route.effects.flatMap((effect) => [effect.place, ...effect.steps.map((step) => step.place)]);
  const handlers = code.nodesAt(route.handler).filter(isFunction);
  return handlers.map((node) => ({
    ...createHandlerDoorway('handler', node, places, code),
    deserves,
    deservesWithoutSubject: deserves,
  }));
}

/** The functions on the way to a token, in any of which the credential may be checked. */
function credentialPassages(route: Route, { application, code, rules }: StudiedProject): readonly Passage[] {
  const exposed = exposedWithoutProofs({ route }, application, rules);
  const deserves = deservedBy(route, exposed.length > 0 ? [...new Set([...exposed, 'no-open-token-mint'])] : []);
  // With a second proof on the way, a password that nobody checks opens nothing.
  const mints = route.mints.filter(({ proofs }) => proofs.join() === 'credential');
  const places = mints.flatMap(({ mint, steps }) => [mint.place, ...steps.map((step) => step.place)]);
  const nodes = places
    .flatMap((place) => code.nodesAt(place))
    .flatMap((node) => ts.findAncestor(node, isFunction) ?? []);
  const onTheWay = [...new Set(nodes)].map((node) => createHandlerDoorway('credential', node, places, code));
  return [...onTheWay, ...onTheWay.flatMap((doorway) => collectCheckDoorways(doorway, code))].map((doorway) => ({
    ...doorway,
    deserves,
    deservesWithoutSubject: deserves,
  }));
}

function deservedBy(route: Route, ruleIds: readonly string[]): readonly Deserved[] {
  return ruleIds.length > 0 ? [{ ruleIds, entity: route.title }] : [];
}
