import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { collectNodes } from '../code/syntax.js';
import type { Edit } from '../edit.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';

/** Writes an ES module as a CommonJS file, the way people write one: `const { a } = require('./a')`, `exports.b = b`. */
export function* toCommonJs({ code }: StudiedProject): Iterable<Candidate> {
  for (const file of code.files) {
    const path = code.pathOf(file);
    if (!ts.isExternalModule(file)) continue;
    const reason = whyNot(file, code);
    if (reason === undefined)
      yield keep('to-commonjs', file, `write \`${path}\` as CommonJS`, convert(file, code), code);
    else yield { kind: 'to-commonjs', place: code.placeOf(file), reason };
  }
}

/** What has no counterpart that all importers would understand alike. */
function whyNot(file: ts.SourceFile, code: ProjectCode): string | undefined {
  if (/\.m[jt]s$/.test(file.fileName)) return 'its name says that it is an ES module';
  if (file.statements.some(isReExport)) return 'it hands other files on';
  // Whoever imports CommonJS by default gets all of `module.exports`, or one property of it, depending on who compiles.
  if (file.statements.some(isDefaultExport)) return 'it has a default export';
  if (file.statements.some(isLiveBinding)) return 'it exports a variable that changes';
  if (file.statements.some(isExportedType)) return 'it exports a type';
  if (file.statements.filter(ts.isImportDeclaration).some((item) => importsType(item, code)))
    return 'it imports a class as a type';
  if (collectNodes(file, ts.isMetaProperty).length > 0) return 'it asks for `import.meta`';
  const waits = collectNodes(file, ts.isAwaitExpression, () => false).length > 0;
  return waits ? 'it waits at its top' : undefined;
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && (statement.moduleSpecifier !== undefined || !statement.exportClause);
}

function isDefaultExport(statement: ts.Statement): boolean {
  return ts.isExportAssignment(statement) || hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
}

function isExportedType(statement: ts.Statement): boolean {
  return (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && isExported(statement);
}

/** Whether what is imported as a value stands for a type too: what is required does not. */
function importsType({ importClause }: ts.ImportDeclaration, code: ProjectCode): boolean {
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const { namedBindings } = importClause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return named
    .filter((element) => !element.isTypeOnly)
    .some(({ name }) => code.referencesOf(name).some((reference) => ts.isTypeReferenceNode(reference.parent)));
}

function isLiveBinding(statement: ts.Statement): boolean {
  return (
    ts.isVariableStatement(statement) &&
    isExported(statement) &&
    !(statement.declarationList.flags & ts.NodeFlags.Const)
  );
}

function convert(file: ts.SourceFile, code: ProjectCode): readonly Edit[] {
  const path = code.pathOf(file);
  const edits: Edit[] = [];
  const exported: string[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) edits.push(...requireInstead(statement, code));
    else if (ts.isExportDeclaration(statement)) {
      exported.push(...exportList(statement));
      if (!statement.isTypeOnly) edits.push(code.replace(statement, ''));
    } else if (isExported(statement) && isValue(statement)) {
      const word = statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (word) edits.push({ file: path, start: word.getStart(), end: word.end, text: '' });
      exported.push(...declaredNames(statement).map((name) => `exports.${name} = ${name};`));
    }
  }
  // Behind everything else, so that no class and no constant is read before it is there.
  const end = file.getFullText().length;
  return [...edits, { file: path, start: end, end, text: `${exported.join('\n')}\n` }];
}

function requireInstead(statement: ts.ImportDeclaration, code: ProjectCode): readonly Edit[] {
  const { importClause, moduleSpecifier } = statement;
  const call = `require(${moduleSpecifier.getText()})`;
  if (!importClause) return [code.replace(statement, `${call};`)];
  // Types go where the program is compiled, and need no other form.
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { name, namedBindings } = importClause;
  const lines: string[] = [];
  const isRelative = ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text.startsWith('.');
  if (name) lines.push(`const ${name.text} = ${call}${isRelative ? '.default' : ''};`);
  if (namedBindings && ts.isNamespaceImport(namedBindings)) lines.push(`const ${namedBindings.name.text} = ${call};`);
  if (namedBindings && ts.isNamedImports(namedBindings)) {
    const values = namedBindings.elements.filter((element) => !element.isTypeOnly);
    const types = namedBindings.elements.filter((element) => element.isTypeOnly);
    const bindings = values.map(({ propertyName, name: local }) =>
      propertyName ? `${propertyName.getText()}: ${local.text}` : local.text,
    );
    if (values.length > 0) lines.push(`const { ${bindings.join(', ')} } = ${call};`);
    if (types.length > 0) {
      lines.push(`import { ${types.map((type) => type.getText()).join(', ')} } from ${moduleSpecifier.getText()};`);
    }
  }
  return [code.replace(statement, lines.join(' '))];
}

function exportList({ exportClause, isTypeOnly }: ts.ExportDeclaration): readonly string[] {
  if (isTypeOnly || !exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements
    .filter((element) => !element.isTypeOnly)
    .map(({ name, propertyName }) => `exports.${name.text} = ${(propertyName ?? name).text};`);
}

type Exporting = ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement | ts.EnumDeclaration;

function isValue(statement: ts.Statement): statement is Exporting {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isEnumDeclaration(statement)
  );
}

function declaredNames(statement: Exporting): readonly string[] {
  if (!ts.isVariableStatement(statement)) return statement.name ? [statement.name.text] : [];
  return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

function isExported(statement: ts.Statement): boolean {
  return hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

function hasModifier(statement: ts.Statement, kind: ts.SyntaxKind): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}
