import type { SettingsFormat } from '../settings-file.js';
import type { Assignment } from './assignment.js';
import { readDockerfile } from './read-dockerfile.js';
import { readKeyValueLines } from './read-key-value-lines.js';
import { readShellLines } from './read-shell-lines.js';
import { collectTreeAssignments } from './read-tree-assignments.js';
import { readJsonTree, readYamlTree } from './read-tree.js';
import type { TreeNode } from './read-tree.js';

/** Characters of a file of YAML or JSON: settings that people write are shorter, descriptions of interfaces and locks are not. */
const treeCharacters = 262_144;

/** Both parsers recurse: what is nested deeper than the stack allows was written to break them. */
function treeOf(read: (text: string) => readonly TreeNode[], text: string): readonly TreeNode[] {
  if (text.length > treeCharacters || isTooDeep(text)) return [];
  try {
    return read(text);
  } catch {
    return [];
  }
}

/** Brackets within brackets; people write a dozen. */
function isTooDeep(text: string): boolean {
  return /(?:[[{]\s*){200}/.test(text);
}

/** All assignments of a text, in the order in which they stand. What cannot be read is left out; nothing is thrown. */
export function readAssignments(format: SettingsFormat, text: string): readonly Assignment[] {
  switch (format) {
    case 'shell':
      return readShellLines(text);
    case 'dockerfile':
      return readDockerfile(text);
    case 'json':
      return collectTreeAssignments(treeOf(readJsonTree, text));
    case 'yaml':
      return collectTreeAssignments(treeOf(readYamlTree, text));
    case 'lines':
      return readKeyValueLines(text);
  }
}
