import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';
import type { FunctionFacts, ParameterFacts, Statement } from './file-facts.js';
import { lowerDecorators } from './lower-decorators.js';
import { lowerBinding } from './lower-pattern.js';
import { readPrologue } from './read-prologue.js';
import { lowerStatements } from './lower-statement.js';
import { lowerType } from './lower-type.js';
import { complete, none } from './lowering.js';
import type { Draft, Lowering } from './lowering.js';
import { startBehindDecorators, startOf } from './start-of.js';
import { isBlock, isIdentifier } from './syntax.js';

const { ArrowFunction, AsyncKeyword, Decorator } = SyntaxKind;

/** Returns the function's index in the file. */
export function lowerFunction(lowering: Lowering, node: ts.FunctionLikeDeclaration, name: string | undefined): number {
  const facts: Draft<FunctionFacts> = {
    start: startBehindDecorators(lowering, node),
    end: node.end,
    parameters: none,
    async: node.modifiers?.some((modifier) => modifier.kind === AsyncKeyword) ?? false,
    generator: node.asteriskToken !== undefined,
    arrow: node.kind === ArrowFunction,
    prologue: none,
  };
  const declared = node.name !== undefined && isIdentifier(node.name) ? node.name.text : name;
  if (declared !== undefined && declared !== '') facts.name = declared;
  // The place is taken before the body is read, so that functions stand in the order of their starts.
  const id = lowering.functions.push(facts) - 1;
  facts.parameters = lowerParameters(lowering, node.parameters);
  if (node.type !== undefined) facts.returnType = lowerType(node.type);
  const { body } = node;
  if (body !== undefined) {
    if (isBlock(body)) {
      facts.prologue = readPrologue(body.statements);
      facts.body = lowerStatements(lowering, body.statements, facts.prologue.length);
    } else facts.body = [lowerReturn(lowering, body)];
  }
  return id;
}

/** A class's `static { … }` as the function that it is. Returns the function's index in the file. */
export function lowerStaticBlock(lowering: Lowering, node: ts.ClassStaticBlockDeclaration): number {
  const facts: Draft<FunctionFacts> = {
    start: startOf(lowering, node),
    end: node.end,
    parameters: none,
    async: false,
    generator: false,
    arrow: false,
    prologue: none,
  };
  const id = lowering.functions.push(facts) - 1;
  facts.body = lowerStatements(lowering, node.body.statements);
  return id;
}

function lowerReturn(lowering: Lowering, body: ts.Expression): Statement {
  const value = lowering.lowerExpression(body);
  return { kind: 'return', start: value.start, end: value.end, value };
}

function lowerParameters(lowering: Lowering, nodes: readonly ts.ParameterDeclaration[]): readonly ParameterFacts[] {
  if (nodes.length === 0) return none;
  const parameters: ParameterFacts[] = [];
  for (const node of nodes) {
    // `this` as a first parameter is a type annotation, nothing is handed over.
    if (!isIdentifier(node.name) || node.name.text !== 'this') parameters.push(lowerParameter(lowering, node));
  }
  return complete(parameters);
}

function lowerParameter(lowering: Lowering, node: ts.ParameterDeclaration): ParameterFacts {
  const parameter: Draft<ParameterFacts> = {
    start: startOf(lowering, node),
    end: node.end,
    decorators: lowerDecorators(lowering, node.modifiers),
    pattern: lowerBinding(lowering, node.name),
    rest: node.dotDotDotToken !== undefined,
    optional: node.questionToken !== undefined,
    // Every modifier that a parameter can have makes it a field.
    field: node.modifiers?.some((modifier) => modifier.kind !== Decorator) ?? false,
  };
  if (node.type !== undefined) parameter.type = lowerType(node.type);
  if (node.initializer !== undefined) {
    const name = isIdentifier(node.name) ? node.name.text : undefined;
    parameter.defaultValue = lowering.lowerNamed(node.initializer, name);
  }
  return parameter;
}
