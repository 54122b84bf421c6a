import type ts from 'typescript';
import { compiler } from './compiler.js';
import { SyntaxKind } from './compiler-enums.js';
import type { Expression, Pattern, Statement } from './file-facts.js';
import { isOverload } from './is-overload.js';
import { appendStatement, isAmbient } from './lower-statement.js';
import type { Lowering } from './lowering.js';
import { startOf } from './start-of.js';
import {
  isClassDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExternalModuleReference,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isNamespaceExport,
  isNamespaceImport,
  isStringLiteralLike,
  isVariableStatement,
} from './syntax.js';

const { DefaultKeyword, ExportKeyword, TypeKeyword } = SyntaxKind;

/** The statements of a file from an index on; its imports and exports are set down beside them. */
export function lowerModule(lowering: Lowering, nodes: readonly ts.Statement[], from: number): Statement[] {
  const statements: Statement[] = [];
  nodes.forEach((node, index) => {
    if (index < from) return;
    if (isImportDeclaration(node)) addImports(lowering, node);
    else if (isExportDeclaration(node)) addExports(lowering, node);
    else if (isExportAssignment(node)) {
      const exported = node.isExportEquals === true ? '=' : 'default';
      addExpression(lowering, node, exported, lowering.lowerExpression(node.expression));
    } else if (!isFunctionDeclaration(node) || !isOverload(node, nodes[index + 1])) {
      if (isImportEqualsDeclaration(node)) addRequiredImport(lowering, node);
      appendDeclaration(lowering, node, statements);
    }
  });
  return statements;
}

function addImports(lowering: Lowering, node: ts.ImportDeclaration): void {
  if (!isStringLiteralLike(node.moduleSpecifier)) return;
  const source = node.moduleSpecifier.text;
  const clause = node.importClause;
  const allTypes = clause?.phaseModifier === TypeKeyword;
  const bindings = clause?.namedBindings;
  const before = lowering.imports.length;
  if (clause?.name !== undefined) addImport(lowering, clause.name, source, 'default', clause.name.text, allTypes);
  if (bindings !== undefined && isNamespaceImport(bindings)) {
    addImport(lowering, bindings, source, '*', bindings.name.text, allTypes);
  } else {
    for (const element of bindings?.elements ?? []) {
      const imported = (element.propertyName ?? element.name).text;
      addImport(lowering, element, source, imported, element.name.text, allTypes || element.isTypeOnly);
    }
  }
  if (lowering.imports.length === before) addImport(lowering, node, source, '', '', allTypes);
}

function addRequiredImport(lowering: Lowering, node: ts.ImportEqualsDeclaration): void {
  if (!isExternalModuleReference(node.moduleReference)) return;
  const { expression } = node.moduleReference;
  if (isStringLiteralLike(expression)) {
    addImport(lowering, node, expression.text, '=', node.name.text, node.isTypeOnly);
  }
}

function addImport(
  lowering: Lowering,
  node: ts.Node,
  source: string,
  imported: string,
  local: string,
  typeOnly: boolean,
): void {
  lowering.imports.push({ start: startOf(lowering, node), end: node.end, source, imported, local, typeOnly });
}

function addExports(lowering: Lowering, node: ts.ExportDeclaration): void {
  const { exportClause, moduleSpecifier } = node;
  const source =
    moduleSpecifier !== undefined && isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (exportClause === undefined) {
    if (source !== undefined)
      lowering.exports.push({ kind: 'star', start: startOf(lowering, node), end: node.end, source });
    return;
  }
  if (isNamespaceExport(exportClause)) {
    if (source !== undefined) addReexport(lowering, exportClause, exportClause.name.text, '*', source);
    return;
  }
  for (const element of exportClause.elements) {
    const local = (element.propertyName ?? element.name).text;
    if (source === undefined) addLocal(lowering, startOf(lowering, element), element.end, element.name.text, local);
    else addReexport(lowering, element, element.name.text, local, source);
  }
}

function addReexport(lowering: Lowering, node: ts.Node, exported: string, imported: string, source: string): void {
  lowering.exports.push({ kind: 'from', start: startOf(lowering, node), end: node.end, exported, imported, source });
}

function addLocal(lowering: Lowering, start: number, end: number, exported: string, local: string): void {
  lowering.exports.push({ kind: 'local', start, end, exported, local });
}

function addExpression(lowering: Lowering, node: ts.Node, exported: 'default' | '=', value: Expression): void {
  lowering.exports.push({ kind: 'expression', start: startOf(lowering, node), end: node.end, exported, value });
}

function appendDeclaration(lowering: Lowering, node: ts.Statement, statements: Statement[]): void {
  const modifiers = compiler().canHaveModifiers(node) ? node.modifiers : undefined;
  if (modifiers?.some((modifier) => modifier.kind === ExportKeyword) !== true || isAmbient({ modifiers })) {
    appendStatement(lowering, node, statements);
    return;
  }
  const isDefault = modifiers.some((modifier) => modifier.kind === DefaultKeyword);
  if (isDefault && (isFunctionDeclaration(node) || isClassDeclaration(node)) && node.name === undefined) {
    addExpression(lowering, node, 'default', lowerNameless(lowering, node));
    return;
  }
  const before = statements.length;
  appendStatement(lowering, node, statements);
  if (isVariableStatement(node)) {
    for (const statement of statements.slice(before)) {
      if (statement.kind === 'let') addBoundNames(lowering, statement.pattern);
    }
    return;
  }
  const name = compiler().getNameOfDeclaration(node as ts.DeclarationStatement);
  if (name === undefined || !isIdentifier(name)) return;
  addLocal(lowering, startOf(lowering, name), name.end, isDefault ? 'default' : name.text, name.text);
}

function lowerNameless(lowering: Lowering, node: ts.FunctionDeclaration | ts.ClassDeclaration): Expression {
  const start = startOf(lowering, node);
  return isClassDeclaration(node)
    ? { kind: 'class', start, end: node.end, id: lowering.lowerClass(node, undefined) }
    : { kind: 'function', start, end: node.end, id: lowering.lowerFunction(node, undefined) };
}

/** `export const { GET, POST } = handlers` exports both. */
function addBoundNames(lowering: Lowering, pattern: Pattern): void {
  switch (pattern.kind) {
    case 'name':
      addLocal(lowering, pattern.start, pattern.end, pattern.name, pattern.name);
      return;
    case 'default':
      addBoundNames(lowering, pattern.target);
      return;
    case 'object':
      for (const property of pattern.properties) addBoundNames(lowering, property.value);
      break;
    case 'array':
      for (const item of pattern.items) if (item !== null) addBoundNames(lowering, item);
      break;
    case 'target':
      return;
  }
  if (pattern.rest !== undefined) addBoundNames(lowering, pattern.rest);
}
