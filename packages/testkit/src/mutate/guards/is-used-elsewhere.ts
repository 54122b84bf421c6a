import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { isFunction, isWithin } from '../code/syntax.js';

/**
 * Whether a guard is also put to use in a way that is not one of the known sites: handed to a function, called, put into a table. Then
 * nobody can say which routes one of the sites protects alone.
 */
export function isUsedElsewhere(guard: ts.Node, sites: readonly ts.Node[], code: ProjectCode): boolean {
  const seen = new Set<ts.Node>();
  const pending = [nameOf(guard)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const reference of code.referencesOf(name)) {
      if (isHarmless(reference) || sites.some((site) => isWithin(reference, site))) continue;
      // `const auth = { required: authenticate() }`: whoever uses `required` uses the guard.
      const holder = nameOfHolder(reference);
      if (!holder) return true;
      pending.push(holder);
    }
  }
  return false;
}

/** The name that others use a function, class or call by. */
function nameOf(node: ts.Node): ts.Node | undefined {
  if ((isFunction(node) || ts.isClassLike(node)) && node.name) return node.name;
  return nameOfHolder(node);
}

/** The name of the variable, property or function that gives the node on. */
function nameOfHolder(node: ts.Node): ts.Node | undefined {
  for (let current = node.parent as ts.Node | undefined; current; current = current.parent as ts.Node | undefined) {
    if (ts.isVariableDeclaration(current) || ts.isPropertyAssignment(current)) return current.name;
    if (isAssignment(current)) return ts.isPropertyAccessExpression(current.left) ? current.left.name : undefined;
    if (isFunction(current) && current.name) return current.name;
    if (ts.isExpressionStatement(current) || ts.isDecorator(current) || ts.isParameter(current)) return undefined;
  }
  return undefined;
}

/** Names in imports, exports, types, declarations and lists of providers put no guard in front of anything. */
function isHarmless(reference: ts.Node): boolean {
  const parent = reference.parent;
  if (ts.isShorthandPropertyAssignment(parent) || isAssignment(parent.parent)) return true;
  if ((isFunction(parent) || ts.isClassLike(parent) || ts.isVariableDeclaration(parent)) && parent.name === reference)
    return true;
  if ((ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) && parent.name === reference) return true;
  if (ts.isArrayLiteralExpression(parent)) return isClassName(reference);
  return (
    ts.isPartOfTypeNode(reference) ||
    ts.findAncestor(
      reference,
      (node) =>
        ts.isImportDeclaration(node) ||
        ts.isExportDeclaration(node) ||
        ts.isExportAssignment(node) ||
        ts.isTypeNode(node) ||
        ts.isHeritageClause(node),
    ) !== undefined
  );
}

function isClassName(reference: ts.Node): boolean {
  return /^[A-Z]/.test(reference.getText());
}

function isAssignment(node: ts.Node | undefined): node is ts.BinaryExpression {
  return node !== undefined && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
