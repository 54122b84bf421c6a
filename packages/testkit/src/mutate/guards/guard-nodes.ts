import type { Application, Guard, Route } from '@blastradius/engine';
import type { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';

/** `src/auth.ts:8:1`: tells one guard of the model from another. */
export function guardId({ place }: Guard): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Whether a guard finds out who the caller is, and rejects the anonymous. */
export function identifies({ verdict, proves }: Guard): boolean {
  return verdict === 'guarded' && proves !== undefined;
}

/** Whether a guard asks a caller who is known for something more, and for nothing else. */
export function permits({ proves, permissions }: Guard): boolean {
  return proves === undefined && permissions !== undefined;
}

/** Whether the handler itself rejects: the model gives such a check as a guard that stands where the handler stands. */
export function isOwnCheck(guard: Guard, { handler }: Route): boolean {
  const { file, line, column } = guard.place;
  return file === handler.file && line === handler.line && column === handler.column;
}

/** The functions, classes and calls that some guards of the model are, with the ids of the guards. */
export function collectGuardNodes(
  { routes }: Application,
  isWanted: (guard: Guard) => boolean,
  code: ProjectCode,
): ReadonlyMap<ts.Node, string> {
  const nodes = new Map<ts.Node, string>();
  for (const route of routes) {
    for (const guard of route.guards) {
      if (!isWanted(guard) || isOwnCheck(guard, route)) continue;
      for (const node of code.nodesAt(guard.place)) nodes.set(node, guardId(guard));
    }
  }
  return nodes;
}
