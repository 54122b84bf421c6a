import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isWithin, unwrap, unwrapAwait } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import { absentValue, alternatives, callbacksOf, leaves } from './gate.js';
import type { Doorway } from './doorway.js';
import { proofOf } from './proof-call.js';
import { isSent } from './value-origin.js';
import type { OriginContext } from './value-origin.js';

/**
 * Whether a function proves something about the caller, or turns callers away by something other than what they left out, outside of
 * `known`: then a mutant there may still be closed.
 */
export function hasOtherChecks(
  doorway: Doorway,
  known: readonly ts.Node[],
  code: ProjectCode,
  context?: OriginContext,
): boolean {
  const parts: readonly FunctionNode[] = [doorway.function, ...callbacksOf(doorway.function)];
  const isKnown = (node: ts.Node): boolean => known.some((outer) => isWithin(node, outer) || isWithin(outer, node));
  const calls = parts.flatMap((part) => collectOwnNodes(part, ts.isCallExpression));
  const gates = parts.flatMap((part) => collectOwnNodes(part, ts.isIfStatement));
  return (
    calls.some((call) => !isKnown(call) && (proofOf(call, code) !== undefined || isHandedIn(call, doorway, code))) ||
    gates.some(
      (gate) =>
        !isKnown(gate) &&
        turnsAway(gate, doorway) &&
        !alternatives(gate.expression).every((part) => provesNothing(part, doorway, code, context)),
    )
  );
}

/** Whether the branch of a gate ends the function, and not by letting the caller through. */
function turnsAway({ thenStatement }: ts.IfStatement, doorway: Doorway): boolean {
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return leaves(thenStatement) && last !== undefined && !doorway.isReached(last);
}

/** `prove(user)`, where `prove` was handed to the function around: nobody knows what it asks. */
function isHandedIn(call: ts.CallExpression, doorway: Doorway, code: ProjectCode): boolean {
  const callee = unwrap(call.expression);
  const [declaration] = ts.isIdentifier(callee) ? (code.checker.getSymbolAtLocation(callee)?.declarations ?? []) : [];
  return declaration !== undefined && ts.isParameter(declaration) && declaration.parent !== doorway.function;
}

/** A test of whether something was sent; where a credential is checked, also of whether there is such an account. */
function provesNothing(
  condition: ts.Expression,
  doorway: Doorway,
  code: ProjectCode,
  context: OriginContext | undefined,
): boolean {
  if (isSent(condition, code, context)) return true;
  const value = absentValue(condition);
  return (
    doorway.kind === 'credential' &&
    value !== undefined &&
    ts.isIdentifier(value) &&
    (isParameter(value, code) || proofBehind(value, code) === undefined)
  );
}

function isParameter(name: ts.Identifier, code: ProjectCode): boolean {
  return code.checker.getSymbolAtLocation(name)?.declarations?.some(ts.isParameter) ?? false;
}

function proofBehind(name: ts.Identifier, code: ProjectCode): unknown {
  const [declaration] = code.checker.getSymbolAtLocation(name)?.declarations ?? [];
  const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const call = value && unwrapAwait(value);
  return call && ts.isCallExpression(call) ? proofOf(call, code) : undefined;
}
