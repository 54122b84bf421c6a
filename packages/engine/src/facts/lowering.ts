import type ts from 'typescript';
import type {
  ClassFacts,
  ExportFact,
  Expression,
  FunctionFacts,
  ImportFact,
  OpaqueExpression,
  TypeMember,
} from './file-facts.js';

/**
 * What the parts of one file's lowering share: the text, the tables that grow, and the way back up from a part to the
 * parts that contain it (a pattern holds expressions, an expression holds functions). Going up through these members,
 * and not through imports, keeps the folder free of import cycles.
 */
export interface Lowering {
  readonly text: string;
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
  readonly required: Set<string>;
  readonly functions: FunctionFacts[];
  readonly classes: ClassFacts[];
  readonly types: Map<string, TypeMember[]>;
  /** How many expressions and statements are around the one that is being lowered. */
  depth: number;
  /** The last answer of `startOf`: a whole chain `a.b.c()` shares its position. */
  lastPosition: number;
  lastStart: number;
  lowerExpression(node: ts.Expression): Expression;
  /** As `lowerExpression`; a function or class that is the value itself takes the name. */
  lowerNamed(node: ts.Expression, name: string | undefined): Expression;
  /** Returns the index into `functions`. */
  lowerFunction(node: ts.FunctionLikeDeclaration, name: string | undefined): number;
  /** Returns the index into `classes`. */
  lowerClass(node: ts.ClassLikeDeclaration, name: string | undefined): number;
}

/** A fact while it is being built, so that an absent optional property is not created at all. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** The one empty list: most lists of a file are empty. */
export const none: readonly never[] = Object.freeze([]);

/** A list that grows no more: one that was pushed to keeps room for 17 items, and most lists have one or two. */
export function complete<Item>(items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? none : items.slice();
}

export function opaque(start: number, end: number, what: string, parts: readonly Expression[]): OpaqueExpression {
  return { kind: 'opaque', start, end, what, parts };
}
