import { ts } from 'ts-morph';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';
import { findTopLevelFunction } from './top-level.js';

/** Moves a function into a file of its own. What it uses of the old file stays there, and is exported. */
export function* splitFile({ code }: StudiedProject): Iterable<Candidate> {
  for (const file of code.files) {
    // The last statement that is not an import has nothing left to leave.
    if (file.statements.filter((statement) => !ts.isImportDeclaration(statement)).length < 2) continue;
    for (const statement of file.statements) {
      const found = ts.isFunctionDeclaration(statement) ? findTopLevelFunction(statement) : undefined;
      if (!found || !ts.isExternalModule(file)) continue;
      const edits = code.moveToNewFile(statement);
      if (edits.length > 0) yield keep('split-file', statement, `move \`${found.name.text}\` out`, edits, code);
    }
  }
}
