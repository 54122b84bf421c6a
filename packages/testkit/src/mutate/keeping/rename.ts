import { ts } from 'ts-morph';
import { collectNodes } from '../code/syntax.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';
import { plainName } from './top-level.js';

/**
 * Gives a function or a variable a name that says nothing, everywhere.
 *
 * Classes keep theirs, as some libraries make tables and tokens of them; so does what a finding is named after, and parameters, which
 * frameworks of other languages would bind by name and ours do not: renaming the variables around them tests the same.
 */
export function* rename({ code, findings }: StudiedProject): Iterable<Candidate> {
  const spoken = new Set(findings.flatMap(({ entity }) => entity.split(/\W+/)));
  let index = 0;
  for (const file of code.files) {
    for (const name of collectNodes(file, isRenamed)) {
      if (spoken.has(name.text)) continue;
      const edits = code.rename(name, plainName(index++, code));
      if (edits.length > 0) yield keep('rename', name, `rename \`${name.text}\``, edits, code);
    }
  }
}

/** The name of a function declaration, or of a variable that is not taken out of an object. */
function isRenamed(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  return (ts.isFunctionDeclaration(parent) || ts.isVariableDeclaration(parent)) && parent.name === node;
}
