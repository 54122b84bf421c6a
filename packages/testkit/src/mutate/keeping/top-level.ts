import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { isFunction, unwrap } from '../code/syntax.js';

/** A function that a file declares at its top: `function f() {}`, `const f = () => {}`. */
export interface TopLevelFunction {
  readonly statement: ts.FunctionDeclaration | ts.VariableStatement;
  readonly name: ts.Identifier;
}

/** Whether a statement does nothing but name a function, so that its place among others decides nothing. */
export function findTopLevelFunction(statement: ts.Statement): TopLevelFunction | undefined {
  if (ts.isFunctionDeclaration(statement)) {
    // One that is declared several times over is a list of overloads, whose order counts.
    return statement.name && statement.body ? { statement, name: statement.name } : undefined;
  }
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  if (!declaration?.initializer || others.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
  return isFunction(unwrap(declaration.initializer)) ? { statement, name: declaration.name } : undefined;
}

/** A name that no file of the project uses, and that says nothing. */
export function plainName(index: number, code: ProjectCode): string {
  const texts = [...code.texts.values()];
  for (let number = index; ; number += 1000) {
    const name = `x${number}`;
    if (!texts.some((text) => text.includes(name))) return name;
  }
}
