import type { ProjectCode } from '../code/project-code.js';
import type { Edit } from '../edit.js';
import type { KeepingKind, Mutant } from '../mutant.js';
import type { ts } from 'ts-morph';

/** A mutant that means the same. */
export function keep(
  kind: KeepingKind,
  node: ts.Node,
  description: string,
  edits: readonly Edit[],
  code: ProjectCode,
): Mutant {
  return { kind, place: code.placeOf(node), description, edits, deserves: [], orElse: [], tolerates: [] };
}
