import { ts } from 'ts-morph';
import { calledFunctions } from '../code/definitions.js';
import { importedName, importedPackage } from '../code/imported-package.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction, returnedExpressions, unwrap } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';

/** How a call that proves something about the caller says no. */
export interface Proof {
  readonly fails: 'by throwing' | 'by its answer' | 'by calling back';
  /** Whether it is decided only when its promise is awaited. */
  readonly isAsync: boolean;
}

const throws: Proof = { fails: 'by throwing', isAsync: false };
const rejects: Proof = { fails: 'by throwing', isAsync: true };
const answers: Proof = { fails: 'by its answer', isAsync: false };
const answersLater: Proof = { fails: 'by its answer', isAsync: true };

/*
 * Written down once more than in the engine's catalog, on purpose: a library that the catalog forgets must be missed by the linter and
 * not by the mutants.
 */
const libraries: Readonly<Record<string, Readonly<Record<string, Proof>>>> = {
  jsonwebtoken: { verify: throws },
  jose: { jwtVerify: rejects, compactVerify: rejects, jwtDecrypt: rejects },
  '@nestjs/jwt': { verify: throws, verifyAsync: rejects },
  'jwt-simple': { decode: throws },
  bcrypt: { compare: answersLater, compareSync: answers },
  bcryptjs: { compare: answersLater, compareSync: answers },
  argon2: { verify: answersLater },
  crypto: { timingSafeEqual: answers },
};

/** What a call of a library proves, if it proves anything. */
export function libraryProof(call: ts.CallExpression, code: ProjectCode): Proof | undefined {
  const proof = libraries[importedPackage(call.expression, code) ?? '']?.[importedName(call, code) ?? ''];
  if (!proof) return undefined;
  return call.arguments.some((argument) => isFunction(unwrap(argument)))
    ? { fails: 'by calling back', isAsync: true }
    : proof;
}

/** What a call proves, of a library or of the project. */
export function proofOf(call: ts.CallExpression, code: ProjectCode, depth = 3): Proof | undefined {
  const direct = libraryProof(call, code);
  if (direct || depth === 0) return direct;
  for (const target of calledFunctions(call, code)) {
    const proof = isFunction(target) ? proofWithin(target, code, depth - 1) : undefined;
    if (proof) return proof;
  }
  return undefined;
}

/** How a function of the project hands on the proof that it calls for. */
function proofWithin(node: FunctionNode, code: ProjectCode, depth: number): Proof | undefined {
  for (const call of collectOwnNodes(node, ts.isCallExpression)) {
    const inner = proofOf(call, code, depth);
    if (!inner || inner.fails === 'by calling back') continue;
    return { fails: failureOf(inner, call, node), isAsync: isAsync(node, code) };
  }
  return undefined;
}

function failureOf(inner: Proof, call: ts.CallExpression, around: FunctionNode): Proof['fails'] {
  const throwsItself = collectOwnNodes(around, ts.isThrowStatement).length > 0;
  if (inner.fails === 'by its answer') return throwsItself ? 'by throwing' : 'by its answer';
  const attempt = ts.findAncestor(call, ts.isTryStatement);
  const isCaught = attempt?.catchClause !== undefined && call.pos < attempt.tryBlock.end && attempt.pos >= around.pos;
  return isCaught && !throwsItself ? 'by its answer' : 'by throwing';
}

/** Whether a function gives a promise, its own or that of what it returns. */
function isAsync(node: FunctionNode, code: ProjectCode): boolean {
  if (node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)) return true;
  return returnedExpressions(node).some((expression) => {
    const inner = unwrap(expression);
    return ts.isCallExpression(inner) && (libraryProof(inner, code)?.isAsync ?? false);
  });
}
