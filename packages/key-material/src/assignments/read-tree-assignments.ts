import type { Assignment } from './assignment.js';
import type { TreeEntry, TreeNode } from './read-tree.js';

/** What a tree assigns: names to texts, `- NAME=value` of compose, `name: NAME` beside `value: text` of Kubernetes. */
export function collectTreeAssignments(nodes: readonly TreeNode[]): readonly Assignment[] {
  const found: Assignment[] = [];
  for (const node of nodes) visit(node, [], roleOf(node), found);
  return found;
}

/** Whether a map is a Secret of Kubernetes, or its `data`, whose texts are in base64 (those of `stringData` are not). */
type Role = 'secret' | 'data' | 'other';

function visit(node: TreeNode, path: readonly string[], role: Role, found: Assignment[]): void {
  if (node.kind === 'list') {
    for (const item of node.items) {
      if (item.kind === 'text') addPair(item, path, found);
      else visit(item, path, roleOf(item), found);
    }
  }
  if (node.kind !== 'map') return;
  const name = textOf(node.entries, 'name');
  for (const entry of node.entries) {
    const { value } = entry;
    if (value.kind !== 'text') {
      visit(value, [...path, entry.name], role === 'secret' && entry.name === 'data' ? 'data' : 'other', found);
      continue;
    }
    const isNamed = entry.name === 'value' && name !== undefined;
    found.push({
      path: isNamed ? [...path, name] : [...path, entry.name],
      value: role === 'data' ? decoded(value.value) : value.value,
      start: entry.start,
      end: value.end,
      valueStart: value.start,
      valueEnd: value.end,
    });
  }
}

function addPair(item: Extract<TreeNode, { kind: 'text' }>, path: readonly string[], found: Assignment[]): void {
  const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(item.value) ?? [];
  if (name === undefined || value === undefined) return;
  const { start, end } = item;
  found.push({ path: [...path, name], value, start, end, valueStart: start, valueEnd: end });
}

/** https://kubernetes.io/docs/concepts/configuration/secret/ */
function roleOf(node: TreeNode): Role {
  return node.kind === 'map' && textOf(node.entries, 'kind') === 'Secret' ? 'secret' : 'other';
}

function textOf(entries: readonly TreeEntry[], name: string): string | undefined {
  const value = entries.find((entry) => entry.name === name)?.value;
  return value?.kind === 'text' ? value.value : undefined;
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64').toString('utf8');
}
