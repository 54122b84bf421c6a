import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction, rootOf, unwrap, unwrapAwait } from '../code/syntax.js';
import { absentValue, alternatives, callAround } from './gate.js';
import type { Gate } from './gate.js';
import type { Doorway } from './doorway.js';
import { libraryProof, proofOf } from './proof-call.js';
import { textOf } from './remaining-path.js';
import { firstMember, originsOf } from './value-origin.js';

/** A proof that a gate asks about. */
export interface TestedProof {
  /** Where it is made; a check of it is no other check. */
  readonly nodes: readonly ts.Node[];
  /** The values that are not there where it fails, as they are written. */
  readonly absent: ReadonlySet<string>;
}

/** What earlier layers leave on a request for the caller that they have proved. */
const provedMembers = new Set(['session', 'user', 'auth']);

/** The proof that a gate turns callers away for lack of, as far as it can be told for certain. */
export function findTestedProof(gate: Gate, doorway: Doorway, code: ProjectCode): TestedProof | undefined {
  if (ts.isCatchClause(gate)) return caughtProof(gate, code);
  for (const part of alternatives(gate.expression)) {
    const proof = testedBy(part, doorway, code);
    if (proof) return { ...proof, nodes: [...proof.nodes, gate] };
  }
  return undefined;
}

/** `try { claims = verify(token) } catch { … }`: what is assigned in front of the failure is not there behind it. */
function caughtProof(gate: ts.CatchClause, code: ProjectCode): TestedProof | undefined {
  const attempt = gate.parent;
  const calls = collectOwnNodes(attempt.tryBlock, ts.isCallExpression);
  if (!calls.some((call) => proofOf(call, code)?.fails === 'by throwing')) return undefined;
  const assigned = collectOwnNodes(attempt.tryBlock, ts.isBinaryExpression)
    .filter(({ operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken)
    .map(({ left }) => textOf(left));
  return { nodes: [attempt], absent: new Set(assigned) };
}

function testedBy(condition: ts.Expression, doorway: Doorway, code: ProjectCode): TestedProof | undefined {
  const value = absentValue(condition);
  if (!value) return ts.isIdentifier(condition) ? calledBackError(condition, code) : undefined;
  const call = unwrapAwait(value);
  if (ts.isCallExpression(call)) {
    const isLoggedIn = /\.isAuthenticated$/.test(call.expression.getText());
    return isLoggedIn || proofOf(call, code)?.fails === 'by its answer'
      ? { nodes: [call], absent: new Set() }
      : undefined;
  }
  if (ts.isIdentifier(call)) return keptProof(call, doorway, code);
  const root = rootOf(call);
  const isLeftByLayers = ts.isIdentifier(root) && provedMembers.has(firstMember(root) ?? '');
  return isLeftByLayers && doorway.kind !== 'credential' ? { nodes: [], absent: new Set([textOf(call)]) } : undefined;
}

/** `const caller = await findCaller(req); if (!caller) …`, `const { userId } = req.session; if (!userId) …`. */
function keptProof(name: ts.Identifier, doorway: Doorway, code: ProjectCode): TestedProof | undefined {
  const [declaration] = code.checker.getSymbolAtLocation(name)?.declarations ?? [];
  const absent = new Set([name.text]);
  const variable = declaration && ts.findAncestor(declaration, ts.isVariableDeclaration);
  const value = variable?.initializer;
  if (!value) return undefined;
  if (declaration !== variable || ts.isPropertyAccessExpression(unwrapAwait(value))) {
    const isLeftByLayers = doorway.kind !== 'credential' && [...originsOf(value, code)].join() === 'subject';
    return isLeftByLayers ? { nodes: [value], absent } : undefined;
  }
  // `const matches = user !== null && (await compare(…))`.
  const call = unwrapAwait(lastOperand(value));
  if (!ts.isCallExpression(call)) return undefined;
  const proof = proofOf(call, code);
  const isFound = proof === undefined && doorway.kind === 'guard' && isLookUp(call, code);
  return proof?.fails === 'by its answer' || isFound ? { nodes: [call], absent } : undefined;
}

function lastOperand(value: ts.Expression): ts.Expression {
  const inner = unwrapAwait(value);
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? lastOperand(inner.right)
    : inner;
}

/** A query for what the caller has sent: who names a key that is stored has proved something. */
function isLookUp(call: ts.CallExpression, code: ProjectCode): boolean {
  const {
    expression,
    arguments: [first],
  } = call;
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^(find|get|load|fetch)/i.test(expression.name.text) &&
    first !== undefined &&
    !ts.isStringLiteralLike(first) &&
    originsOf(expression, code).has('other')
  );
}

/** `verify(token, key, (error, claims) => { if (error) … })`. */
function calledBackError(name: ts.Identifier, code: ProjectCode): TestedProof | undefined {
  const call = callAround(name);
  const callback = call?.arguments
    .map(unwrap)
    .find((argument) => isFunction(argument) && name.pos > argument.pos && name.end < argument.end);
  if (!call || !callback || !isFunction(callback) || libraryProof(call, code)?.fails !== 'by calling back')
    return undefined;
  const [error, ...others] = callback.parameters.map((parameter) => parameter.name.getText());
  return error === name.text ? { nodes: [call.expression, call], absent: new Set(others) } : undefined;
}
