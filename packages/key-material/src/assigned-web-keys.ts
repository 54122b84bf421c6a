import { nameOf } from './assignments/assignment.js';
import type { Assignment } from './assignments/assignment.js';
import type { KeyMaterial } from './key-material.js';
import { recogniseWebKey } from './web-keys.js';

/** JSON web keys that are written without braces, member by member, as YAML and TOML allow. */
export function collectAssignedWebKeys(assignments: readonly Assignment[]): readonly KeyMaterial[] {
  const found: KeyMaterial[] = [];
  for (const members of groupsOf(assignments)) {
    const key = recogniseWebKey(new Map([...members].map(([name, { value }]) => [name, value])));
    const secret = members.get(key?.algorithm === 'oct' ? 'k' : 'd');
    if (key && secret) found.push({ ...key, name: undefined, start: secret.valueStart, end: secret.valueEnd });
  }
  return found;
}

/** Neighbours under the same names; where a name comes again, the next key of a set begins. */
function groupsOf(assignments: readonly Assignment[]): readonly ReadonlyMap<string, Assignment>[] {
  const groups: Map<string, Assignment>[] = [];
  let above: string | undefined;
  for (const assignment of assignments) {
    const name = nameOf(assignment);
    const parents = assignment.path.slice(0, -1).join('\n');
    const group = groups.at(-1);
    if (group && parents === above && !group.has(name)) group.set(name, assignment);
    else groups.push(new Map([[name, assignment]]));
    above = parents;
  }
  return groups.filter((group) => group.has('kty'));
}
