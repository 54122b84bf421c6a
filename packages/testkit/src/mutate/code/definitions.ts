import { ts } from 'ts-morph';
import type { ProjectCode } from './project-code.js';
import { isFunction, returnedExpressions, unwrapAwait } from './syntax.js';

/** What a value can be: a function, a class, or the call that made it. */
export type Definition = ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration | ts.CallExpression;

/** More than this is a value that nobody can follow. */
const limit = 200;

/** Everything that an expression can be, through names, imports, members and functions that return it. */
export function definitionsOf(expression: ts.Expression, code: ProjectCode): readonly Definition[] {
  const found = new Set<Definition>();
  const seen = new Set<ts.Node>();
  const pending: ts.Node[] = [expression];
  for (let node = pending.pop(); node !== undefined && seen.size < limit; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (isFunction(node) || ts.isClassLike(node) || ts.isCallExpression(node)) found.add(node);
    pending.push(...nextOf(node, code));
  }
  return [...found];
}

/** The functions that a call can run. */
export function calledFunctions(call: ts.CallExpression, code: ProjectCode): readonly ts.FunctionLikeDeclaration[] {
  return definitionsOf(call.expression, code).filter(isFunction);
}

/** The declarations of a name or member, through imports and re-exports. */
function declarationsOf(name: ts.Node, { checker }: ProjectCode): readonly ts.Declaration[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? symbol.declarations ?? [];
}

function nextOf(node: ts.Node, code: ProjectCode): readonly ts.Node[] {
  if (ts.isExpression(node)) {
    const inner = unwrapAwait(node);
    if (inner !== node) return [inner];
  }
  if (isAssigned(node.parent, node)) return [node.parent.right];
  if (ts.isIdentifier(node)) return declarationsOf(node, code);
  if (ts.isPropertyAccessExpression(node)) {
    const declared = declarationsOf(node, code);
    return declared.length > 0 ? declared : code.methodsAdded(node.name.text);
  }
  if (ts.isCallExpression(node)) return returnedBy(node, code);
  if (ts.isNewExpression(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [node.right] : [node.left, node.right];
  }
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) {
    return node.initializer ? [node.initializer] : [];
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    return code.checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
  }
  if (ts.isExportAssignment(node)) return [node.expression];
  return ts.isBindingElement(node) ? boundTo(node, code) : [];
}

function returnedBy(call: ts.CallExpression, code: ProjectCode): readonly ts.Node[] {
  const callee = unwrapAwait(call.expression);
  // `handler.bind(this)` is the handler.
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind') return [callee.expression];
  return calledFunctions(call, code).flatMap((target) => (isFunction(target) ? returnedExpressions(target) : []));
}

/** The member that `const { name } = value` takes. */
function boundTo(element: ts.BindingElement, { checker }: ProjectCode): readonly ts.Node[] {
  const name = element.propertyName ?? element.name;
  if (!ts.isIdentifier(name) || !ts.isObjectBindingPattern(element.parent)) return [];
  return checker.getTypeAtLocation(element.parent).getProperty(name.text)?.declarations ?? [];
}

/** `exports.name = value`, where the left side stands for the declaration. */
function isAssigned(parent: ts.Node | undefined, node: ts.Node): parent is ts.BinaryExpression {
  return (
    parent !== undefined &&
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}
