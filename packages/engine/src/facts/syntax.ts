import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';

function guard<Node extends ts.Node>(kind: Node['kind']): (node: ts.Node) => node is Node {
  return (node): node is Node => node.kind === kind;
}

export const isArrayLiteralExpression = guard<ts.ArrayLiteralExpression>(SyntaxKind.ArrayLiteralExpression);
export const isBigIntLiteral = guard<ts.BigIntLiteral>(SyntaxKind.BigIntLiteral);
export const isBinaryExpression = guard<ts.BinaryExpression>(SyntaxKind.BinaryExpression);
export const isBlock = guard<ts.Block>(SyntaxKind.Block);
export const isClassDeclaration = guard<ts.ClassDeclaration>(SyntaxKind.ClassDeclaration);
export const isComputedPropertyName = guard<ts.ComputedPropertyName>(SyntaxKind.ComputedPropertyName);
export const isDecorator = guard<ts.Decorator>(SyntaxKind.Decorator);
export const isElementAccessExpression = guard<ts.ElementAccessExpression>(SyntaxKind.ElementAccessExpression);
export const isExportAssignment = guard<ts.ExportAssignment>(SyntaxKind.ExportAssignment);
export const isExportDeclaration = guard<ts.ExportDeclaration>(SyntaxKind.ExportDeclaration);
export const isExpressionStatement = guard<ts.ExpressionStatement>(SyntaxKind.ExpressionStatement);
export const isExternalModuleReference = guard<ts.ExternalModuleReference>(SyntaxKind.ExternalModuleReference);
export const isFunctionDeclaration = guard<ts.FunctionDeclaration>(SyntaxKind.FunctionDeclaration);
export const isIdentifier = guard<ts.Identifier>(SyntaxKind.Identifier);
export const isImportDeclaration = guard<ts.ImportDeclaration>(SyntaxKind.ImportDeclaration);
export const isImportEqualsDeclaration = guard<ts.ImportEqualsDeclaration>(SyntaxKind.ImportEqualsDeclaration);
export const isJsxElement = guard<ts.JsxElement>(SyntaxKind.JsxElement);
export const isJsxExpression = guard<ts.JsxExpression>(SyntaxKind.JsxExpression);
export const isJsxFragment = guard<ts.JsxFragment>(SyntaxKind.JsxFragment);
export const isJsxSelfClosingElement = guard<ts.JsxSelfClosingElement>(SyntaxKind.JsxSelfClosingElement);
export const isJsxSpreadAttribute = guard<ts.JsxSpreadAttribute>(SyntaxKind.JsxSpreadAttribute);
export const isMethodSignature = guard<ts.MethodSignature>(SyntaxKind.MethodSignature);
export const isModuleBlock = guard<ts.ModuleBlock>(SyntaxKind.ModuleBlock);
export const isModuleDeclaration = guard<ts.ModuleDeclaration>(SyntaxKind.ModuleDeclaration);
export const isNamespaceExport = guard<ts.NamespaceExport>(SyntaxKind.NamespaceExport);
export const isNamespaceImport = guard<ts.NamespaceImport>(SyntaxKind.NamespaceImport);
export const isNumericLiteral = guard<ts.NumericLiteral>(SyntaxKind.NumericLiteral);
export const isObjectBindingPattern = guard<ts.ObjectBindingPattern>(SyntaxKind.ObjectBindingPattern);
export const isObjectLiteralExpression = guard<ts.ObjectLiteralExpression>(SyntaxKind.ObjectLiteralExpression);
export const isOmittedExpression = guard<ts.OmittedExpression>(SyntaxKind.OmittedExpression);
export const isPropertyAccessExpression = guard<ts.PropertyAccessExpression>(SyntaxKind.PropertyAccessExpression);
export const isPropertyAssignment = guard<ts.PropertyAssignment>(SyntaxKind.PropertyAssignment);
export const isPropertySignature = guard<ts.PropertySignature>(SyntaxKind.PropertySignature);
export const isQualifiedName = guard<ts.QualifiedName>(SyntaxKind.QualifiedName);
export const isShorthandPropertyAssignment = guard<ts.ShorthandPropertyAssignment>(
  SyntaxKind.ShorthandPropertyAssignment,
);
export const isSpreadAssignment = guard<ts.SpreadAssignment>(SyntaxKind.SpreadAssignment);
export const isSpreadElement = guard<ts.SpreadElement>(SyntaxKind.SpreadElement);
export const isStringLiteral = guard<ts.StringLiteral>(SyntaxKind.StringLiteral);
export const isTemplateExpression = guard<ts.TemplateExpression>(SyntaxKind.TemplateExpression);
export const isTypeLiteralNode = guard<ts.TypeLiteralNode>(SyntaxKind.TypeLiteral);
export const isVariableDeclarationList = guard<ts.VariableDeclarationList>(SyntaxKind.VariableDeclarationList);
export const isVariableStatement = guard<ts.VariableStatement>(SyntaxKind.VariableStatement);

export function isMemberName(node: ts.Node): node is ts.MemberName {
  return node.kind === SyntaxKind.Identifier || node.kind === SyntaxKind.PrivateIdentifier;
}

export function isStringLiteralLike(node: ts.Node): node is ts.StringLiteralLike {
  return node.kind === SyntaxKind.StringLiteral || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral;
}

/** What has no nodes within. */
export function isToken(node: ts.Node): boolean {
  return node.kind >= SyntaxKind.FirstToken && node.kind <= SyntaxKind.LastToken;
}
