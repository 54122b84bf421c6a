import type ts from 'typescript';
import { isExpressionStatement, isStringLiteral } from './syntax.js';

/** The directives that a file or a function body begins with: `'use strict'`, `'use server'`. */
export function readPrologue(statements: readonly ts.Statement[]): string[] {
  const directives: string[] = [];
  for (const statement of statements) {
    if (!isExpressionStatement(statement) || !isStringLiteral(statement.expression)) break;
    directives.push(statement.expression.text);
  }
  return directives;
}
