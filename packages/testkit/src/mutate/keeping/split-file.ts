import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { collectNodes } from '../code/syntax.js';
import type { Edit } from '../edit.js';
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
      if (edits.length === 0) continue;
      if (isHandedOn(file, code))
        yield {
          kind: 'split-file',
          place: code.placeOf(statement),
          reason: 'the compiler leaves `export *` of the old file alone',
        };
      else if (overlooksShortForm(statement, found.name, edits, code))
        yield { kind: 'split-file', place: code.placeOf(statement), reason: 'the compiler overlooks `{ name }`' };
      else yield keep('split-file', statement, `move \`${found.name.text}\` out`, edits, code);
    }
  }
}

/** Whether another file hands on all that a file exports: what moves away is then missing there. */
function isHandedOn(file: ts.SourceFile, code: ProjectCode): boolean {
  return code.files
    .flatMap((other) => [...other.statements])
    .some(
      (statement) =>
        ts.isExportDeclaration(statement) &&
        statement.moduleSpecifier !== undefined &&
        (statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)) &&
        code.checker.getSymbolAtLocation(statement.moduleSpecifier)?.valueDeclaration === file,
    );
}

/** Whether a name is used on one side and declared on the other, and no edit writes an import of it: the compiler does not see `{ name }`. */
function overlooksShortForm(
  statement: ts.Statement,
  name: ts.Identifier,
  edits: readonly Edit[],
  code: ProjectCode,
): boolean {
  const file = statement.getSourceFile();
  const isInside = (node: ts.Node): boolean =>
    node.getSourceFile() === file && node.pos >= statement.pos && node.end <= statement.end;
  const isImported = (text: string, into: (path: string) => boolean): boolean =>
    edits.some(({ file: path, text: written }) => into(path) && namesImportedBy(written).includes(text));
  const old = code.pathOf(file);
  const inShort = collectNodes(file, ts.isShorthandPropertyAssignment);
  return inShort.some((property) => {
    const declared = code.checker.getShorthandAssignmentValueSymbol(property)?.declarations?.[0];
    if (!declared) return false;
    if (!isInside(property)) return declared === name.parent && !isImported(name.text, (path) => path === old);
    const isOutside = declared.getSourceFile() === file && !isInside(declared);
    return isOutside && !isImported(property.name.text, (path) => path !== old);
  });
}

function namesImportedBy(text: string): readonly string[] {
  return [...text.matchAll(/\bimport\b[^;]*/g)].flatMap(([statement]) => statement.split(/[^\w$]+/));
}
