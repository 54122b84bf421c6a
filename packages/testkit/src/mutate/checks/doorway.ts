import type { Place } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { calledFunctions, definitionsOf } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction, isWithin, unwrap } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import { libraryProof, proofOf } from './proof-call.js';

/** A function in which it is decided who gets through. */
export interface Doorway {
  /** `guard` in front of handlers, a `handler` that checks by itself, a `credential` check on the way to a token. */
  readonly kind: 'guard' | 'handler' | 'credential';
  readonly function: FunctionNode;
  /** The name of the parameter that answers, where there is one. */
  readonly response: string | undefined;
  /** Whether a part of it lets the caller through. */
  readonly isReached: (part: ts.Node) => boolean;
}

/** The doorways that a guard of the model is, by its place: functions, or classes with the method that decides. */
export function findGuardDoorways(place: Place, code: ProjectCode): readonly Doorway[] {
  const nodes = code
    .nodesAt(place)
    .flatMap((node): readonly ts.Node[] => (ts.isExpression(node) ? definitionsOf(node, code) : [node]));
  return nodes.flatMap((node) => {
    const decides = decidingFunction(node);
    if (!decides) return [];
    const next = parameterName(decides, 2);
    const isReached = (part: ts.Node): boolean => passesOn(part, next);
    return [{ kind: 'guard', function: decides, response: parameterName(decides, 1), isReached }];
  });
}

/** The doorway that a function on the way to some places is: a handler, or what it calls. */
export function createHandlerDoorway(
  kind: 'handler' | 'credential',
  node: FunctionNode,
  places: readonly Place[],
  code: ProjectCode,
): Doorway {
  const targets = new Set(places.flatMap((place) => code.nodesAt(place)));
  const calls = collectOwnNodes(node, ts.isCallExpression).filter((call) => targets.has(call));
  return {
    kind,
    function: node,
    response: parameterName(node, 1),
    isReached: (part) => calls.some((call) => isWithin(call, part)),
  };
}

/** The functions that a doorway leaves the check to: they throw, or return whom they have found. */
export function collectCheckDoorways(doorway: Doorway, code: ProjectCode): readonly Doorway[] {
  const checks = collectOwnNodes(doorway.function, ts.isCallExpression).filter(
    (call) =>
      !doorway.isReached(call) &&
      libraryProof(call, code) === undefined &&
      proofOf(call, code)?.fails === 'by throwing',
  );
  return checks
    .flatMap((call) => calledFunctions(call, code).filter(isFunction))
    .map((node) => ({
      kind: doorway.kind,
      function: node,
      response: undefined,
      isReached: (part) => ts.isReturnStatement(part) && part.expression !== undefined,
    }));
}

function decidingFunction(node: ts.Node): FunctionNode | undefined {
  if (isFunction(node)) return node;
  if (!ts.isClassLike(node)) return undefined;
  const methods = node.members.filter(ts.isMethodDeclaration);
  return methods.find((method) => /^(canActivate|use)$/.test(method.name.getText()));
}

/** `next()`, `return next()`, `return true`. */
function passesOn(part: ts.Node, next: string | undefined): boolean {
  const isReturn = ts.isReturnStatement(part);
  const expression = isReturn || ts.isExpressionStatement(part) ? part.expression : undefined;
  if (!expression) return false;
  const value = unwrap(ts.isVoidExpression(expression) ? expression.expression : expression);
  if (isReturn && value.kind === ts.SyntaxKind.TrueKeyword) return true;
  return ts.isCallExpression(value) && value.arguments.length === 0 && value.expression.getText() === next;
}

function parameterName(node: FunctionNode, index: number): string | undefined {
  const name = node.parameters[index]?.name;
  return name && ts.isIdentifier(name) ? name.text : undefined;
}
