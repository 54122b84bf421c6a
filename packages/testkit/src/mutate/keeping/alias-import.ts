import { ts } from 'ts-morph';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';
import { plainName } from './top-level.js';

/** Imports something under a name that says nothing, and uses it by that name in the one file. */
export function* aliasImport({ code }: StudiedProject): Iterable<Candidate> {
  let index = 0;
  for (const file of code.files) {
    for (const name of file.statements.filter(ts.isImportDeclaration).flatMap(importedNames)) {
      const edits = code.rename(name, plainName(index++, code));
      // Where the compiler would rename what is imported as well, it is no alias any more.
      const isAlias = edits.length > 0 && edits.every((edit) => edit.file === code.pathOf(file));
      if (isAlias) yield keep('alias-import', name, `import \`${name.text}\` under another name`, edits, code);
    }
  }
}

/** The names of an import under which values, and not only types, are used. */
function importedNames({ importClause }: ts.ImportDeclaration): readonly ts.Identifier[] {
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { name, namedBindings } = importClause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return [
    ...(name ? [name] : []),
    ...(namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : []),
    ...named.filter((element) => !element.isTypeOnly).map((element) => element.name),
  ];
}
