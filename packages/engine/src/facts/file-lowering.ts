import type ts from 'typescript';
import type { ClassFacts, ExportFact, Expression, FunctionFacts, ImportFact, TypeMember } from './file-facts.js';
import { lowerClass } from './lower-class.js';
import { lowerExpression, lowerNamed } from './lower-expression.js';
import { lowerFunction } from './lower-function.js';
import type { Lowering } from './lowering.js';

/** A class, so that every file calls the same functions: closures of their own per file are slower to call. */
export class FileLowering implements Lowering {
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly required = new Set<string>();
  readonly functions: FunctionFacts[] = [];
  readonly classes: ClassFacts[] = [];
  readonly types = new Map<string, TypeMember[]>();
  depth = 0;
  lastPosition = -1;
  lastStart = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  lowerExpression(node: ts.Expression): Expression {
    return lowerExpression(this, node);
  }

  lowerNamed(node: ts.Expression, name: string | undefined): Expression {
    return lowerNamed(this, node, name);
  }

  lowerFunction(node: ts.FunctionLikeDeclaration, name: string | undefined): number {
    return lowerFunction(this, node, name);
  }

  lowerClass(node: ts.ClassLikeDeclaration, name: string | undefined): number {
    return lowerClass(this, node, name);
  }
}
