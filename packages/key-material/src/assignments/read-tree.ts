import { parseTree } from 'jsonc-parser';
import type { Node as JsonNode } from 'jsonc-parser';
import type { Node as YamlNode } from 'yaml';
import { yaml } from './yaml-parser.js';

/** JSON and YAML alike: names, texts, lists, with offsets. */
export type TreeNode =
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[] }
  | { readonly kind: 'list'; readonly items: readonly TreeNode[] }
  | { readonly kind: 'text'; readonly value: string; readonly start: number; readonly end: number };

export interface TreeEntry {
  readonly name: string;
  readonly start: number;
  readonly value: TreeNode;
}

const empty: TreeNode = { kind: 'list', items: [] };

export function readJsonTree(text: string): readonly TreeNode[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root ? [fromJson(root)] : [];
}

function fromJson(node: JsonNode): TreeNode {
  switch (node.type) {
    case 'object':
      return {
        kind: 'map',
        entries: (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
          name && value ? [{ name: String(name.value), start: name.offset, value: fromJson(value) }] : [],
        ),
      };
    case 'array':
      return { kind: 'list', items: (node.children ?? []).map(fromJson) };
    case 'string':
    case 'number':
      return { kind: 'text', value: String(node.value), start: node.offset, end: node.offset + node.length };
    default:
      return empty;
  }
}

/** Every document of a stream, as far as it can be read. Aliases are left out: what they mean stands elsewhere. */
export function readYamlTree(text: string): readonly TreeNode[] {
  const { LineCounter, parseAllDocuments } = yaml();
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), prettyErrors: false, uniqueKeys: false });
  return Array.isArray(documents) ? documents.map(({ contents }) => fromYaml(contents)) : [];
}

function fromYaml(node: unknown): TreeNode {
  const { isMap, isPair, isScalar, isSeq } = yaml();
  if (isMap(node)) {
    return {
      kind: 'map',
      entries: node.items.flatMap(({ key, value }) => {
        if (!isScalar(key)) return [];
        return [{ name: String(key.value), start: startOf(key), value: fromYaml(value) }];
      }),
    };
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => fromYaml(isPair(item) ? item.value : item)) };
  if (!isScalar(node)) return empty;
  const { value } = node;
  if (typeof value !== 'string' && typeof value !== 'number') return empty;
  const [start, end] = node.range ?? [0, 0, 0];
  return { kind: 'text', value: typeof value === 'string' ? value : (node.source ?? String(value)), start, end };
}

function startOf(node: YamlNode): number {
  return node.range?.[0] ?? 0;
}
