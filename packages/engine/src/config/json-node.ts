import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ConfigFile } from './config-file.js';
import type { ConfigNode } from './config-node.js';

/**
 * Reads `blastradius.config.json`; comments and trailing commas are allowed.
 * @throws {SessionError} where it is not JSON.
 */
export function readJsonNode(file: ConfigFile): ConfigNode {
  const errors: ParseError[] = [];
  const tree = parseTree(file.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    const what = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    throw file.error(first.offset, `this is not valid JSON: ${what.toLowerCase()}.`);
  }
  if (tree === undefined) throw file.error(0, 'the file is empty; write { } at least.');
  return toNode(tree);
}

function toNode(tree: Node): ConfigNode {
  const children = tree.children ?? [];
  switch (tree.type) {
    case 'array':
      return { kind: 'array', offset: tree.offset, items: children.map(toNode) };
    case 'object':
      return {
        kind: 'object',
        offset: tree.offset,
        entries: children.flatMap(({ children: [key, value] = [] }) =>
          key && value ? [{ key: String(key.value), offset: key.offset, value: toNode(value) }] : [],
        ),
      };
    default: {
      const value: unknown = tree.value;
      const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return { kind: 'scalar', offset: tree.offset, value: isScalar ? value : null };
    }
  }
}
