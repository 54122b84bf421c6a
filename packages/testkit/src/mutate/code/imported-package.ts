import { ts } from 'ts-morph';
import type { ProjectCode } from './project-code.js';
import { unwrapAwait } from './syntax.js';

/** The package that a value comes from, by its import or by the type that is written for it. */
export function importedPackage(expression: ts.Expression, code: ProjectCode, depth = 0): string | undefined {
  const current = unwrapAwait(expression);
  if (depth > 8) return undefined;
  if (ts.isIdentifier(current)) return packageOfName(current, code, depth);
  if (ts.isPropertyAccessExpression(current)) {
    return packageOfName(current.name, code, depth) ?? importedPackage(current.expression, code, depth + 1);
  }
  if (ts.isCallExpression(current) && isRequire(current)) return requiredPackage(current);
  if (ts.isCallExpression(current) || ts.isNewExpression(current)) {
    return importedPackage(current.expression, code, depth + 1);
  }
  return undefined;
}

/** The name that a package gives to what is called: `sign` of `import { sign as makeToken }`. */
export function importedName(call: ts.CallExpression, { checker }: ProjectCode): string | undefined {
  const callee = unwrapAwait(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  if (!ts.isIdentifier(callee)) return undefined;
  const [declaration] = checker.getSymbolAtLocation(callee)?.declarations ?? [];
  const renamed =
    declaration && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration))
      ? declaration.propertyName
      : undefined;
  return renamed && ts.isIdentifier(renamed) ? renamed.text : callee.text;
}

function packageOfName(name: ts.MemberName, code: ProjectCode, depth: number): string | undefined {
  // An import of a package that is not part of the project leads nowhere, so the import itself is looked at.
  for (const declaration of code.checker.getSymbolAtLocation(name)?.declarations ?? []) {
    const found = packageOfDeclaration(declaration, code, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageOfDeclaration(declaration: ts.Declaration, code: ProjectCode, depth: number): string | undefined {
  const imported = ts.findAncestor(declaration, ts.isImportDeclaration);
  if (imported) return packageName(imported.moduleSpecifier);
  if (ts.isBindingElement(declaration)) {
    const variable = ts.findAncestor(declaration, ts.isVariableDeclaration);
    return variable?.initializer && importedPackage(variable.initializer, code, depth);
  }
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration)) {
    const { type, initializer } = declaration;
    const typed = type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName : undefined;
    return (typed && packageOfName(typed, code, depth)) ?? (initializer && importedPackage(initializer, code, depth));
  }
  return undefined;
}

function isRequire(call: ts.CallExpression): boolean {
  return ts.isIdentifier(call.expression) && call.expression.text === 'require';
}

function requiredPackage({ arguments: [specifier] }: ts.CallExpression): string | undefined {
  return specifier && packageName(specifier);
}

function packageName(specifier: ts.Expression): string | undefined {
  return ts.isStringLiteral(specifier) && !specifier.text.startsWith('.')
    ? specifier.text.replace(/^node:/, '')
    : undefined;
}
