import type { SettingsFormat } from '../settings-file.js';
import type { Assignment } from './assignment.js';
import { readDockerfile } from './read-dockerfile.js';
import { readKeyValueLines } from './read-key-value-lines.js';
import { readShellLines } from './read-shell-lines.js';
import { collectTreeAssignments } from './read-tree-assignments.js';
import { readJsonTree, readYamlTree } from './read-tree.js';

/** All assignments of a text, in the order in which they stand. What cannot be read is left out; nothing is thrown. */
export function readAssignments(format: SettingsFormat, text: string): readonly Assignment[] {
  switch (format) {
    case 'shell':
      return readShellLines(text);
    case 'dockerfile':
      return readDockerfile(text);
    case 'json':
      return collectTreeAssignments(readJsonTree(text));
    case 'yaml':
      return collectTreeAssignments(readYamlTree(text));
    case 'lines':
      return readKeyValueLines(text);
  }
}
