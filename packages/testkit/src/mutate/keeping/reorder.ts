import type { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import type { Edit } from '../edit.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';
import { findTopLevelFunction } from './top-level.js';

/** Swaps two functions that a file declares one after the other: nothing between them runs while the file is loaded. */
export function* reorder({ code }: StudiedProject): Iterable<Candidate> {
  for (const file of code.files) {
    for (const [index, statement] of file.statements.entries()) {
      const next = file.statements[index + 1];
      const first = findTopLevelFunction(statement);
      const second = next && findTopLevelFunction(next);
      if (!first || !second || first.name.text === second.name.text) continue;
      const description = `put \`${second.name.text}\` above \`${first.name.text}\``;
      yield keep('reorder', statement, description, swap(first.statement, second.statement, code), code);
    }
  }
}

/** Swaps two statements, each with the comments above it. */
function swap(a: ts.Statement, b: ts.Statement, code: ProjectCode): readonly Edit[] {
  const file = code.pathOf(a);
  const { text } = a.getSourceFile();
  return [
    { file, start: a.pos, end: a.end, text: text.slice(b.pos, b.end) },
    { file, start: b.pos, end: b.end, text: text.slice(a.pos, a.end) },
  ];
}
