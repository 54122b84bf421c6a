import { ts } from 'ts-morph';
import { callbacksOf } from '../checks/gate.js';
import { hasOtherChecks } from '../checks/other-checks.js';
import { collectPassages } from '../checks/passage.js';
import type { Passage } from '../checks/passage.js';
import { libraryProof } from '../checks/proof-call.js';
import { calledFunctions } from '../code/definitions.js';
import { importBeside } from '../code/import-name.js';
import { importedName, importedPackage } from '../code/imported-package.js';
import type { ProjectCode } from '../code/project-code.js';
import { collectOwnNodes, isFunction, shortText, unwrap } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import type { Edit } from '../edit.js';
import type { Candidate, Deserved } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/**
 * Reads a token where it was verified. Whoever writes a token of the right shape comes through, so that the call itself deserves a
 * finding (`no-unverified-token`), or else each route that nothing but this call protects. Where something else is asked as well, such as
 * whether a session of that name exists, it may be proof enough, and the call is left alone.
 */
export function* decodeForVerify(project: StudiedProject): Iterable<Candidate> {
  const { code } = project;
  const byCall = new Map<ts.CallExpression, Verification[]>();
  for (const passage of collectPassages(project)) {
    for (const found of collectVerifications(passage, passage.function, code)) {
      byCall.set(found.call, [...(byCall.get(found.call) ?? []), found]);
    }
  }
  for (const [call, verifications] of byCall) {
    const edits = decodeInstead(call, code);
    if (edits.length === 0) continue;
    const kind = 'decode-for-verify';
    const place = code.placeOf(call);
    const deserves = distinct(verifications.flatMap((found) => deservedRoutes(found, code)));
    if (deserves.length === 0) {
      yield { kind, place, reason: 'something else in the function turns callers away' };
      continue;
    }
    yield {
      kind,
      place,
      description: `decode instead of \`${shortText(call)}\``,
      edits,
      deserves,
      orElse: ['no-unverified-token'],
      // What the token says is then what the caller says, wherever it is used.
      tolerates: [{ ruleIds: followUps }],
    };
  }
}

/** What may be said of a route whose caller is whoever the token names. */
const followUps = [
  'no-caller-chosen-subject',
  'no-exposed-sequential-id',
  'no-forgeable-identity',
  'no-open-token-mint',
  'require-route-guard',
];

interface Verification {
  readonly passage: Passage;
  readonly call: ts.CallExpression;
  /** The call in the passage's own function that leads to it. */
  readonly from: ts.CallExpression;
}

function collectVerifications(
  passage: Passage,
  node: FunctionNode,
  code: ProjectCode,
  depth = 3,
): readonly Verification[] {
  return [node, ...callbacksOf(node)]
    .flatMap((part) => collectOwnNodes(part, ts.isCallExpression))
    .flatMap((call) => {
      if (libraryProof(call, code)?.fails === 'by throwing') return [{ passage, call, from: call }];
      const targets = depth > 0 ? calledFunctions(call, code).filter(isFunction) : [];
      return targets.flatMap((target) =>
        collectVerifications(passage, target, code, depth - 1).map((found) => ({ ...found, from: call })),
      );
    });
}

function deservedRoutes({ passage, call, from }: Verification, code: ProjectCode): readonly Deserved[] {
  const attempt = ts.findAncestor(from, ts.isTryStatement);
  const caught = attempt?.catchClause ? [attempt.catchClause] : [];
  return hasOtherChecks(passage, [call, from, ...caught], code, { forgeable: from }) ? [] : passage.deserves;
}

/** Once for each route, though several functions on its way lead to the call. */
function distinct(all: readonly Deserved[]): readonly Deserved[] {
  return all.filter(({ entity }, index) => all.findIndex((other) => other.entity === entity) === index);
}

/** The edits that make a call read only; none where the call has another form. */
function decodeInstead(call: ts.CallExpression, code: ProjectCode): readonly Edit[] {
  const [token] = call.arguments;
  if (!token) return [];
  switch (`${importedPackage(call.expression, code) ?? ''}#${importedName(call, code) ?? ''}`) {
    case 'jsonwebtoken#verify':
    case '@nestjs/jwt#verify':
    case '@nestjs/jwt#verifyAsync':
      return renameCall(call, 'decode', code, (callee) => `${callee}(${token.getText()})`);
    case 'jose#jwtVerify':
      return renameCall(call, 'decodeJwt', code, (callee) => `({ payload: ${callee}(${token.getText()}) })`);
    default:
      return [];
  }
}

function renameCall(
  call: ts.CallExpression,
  name: string,
  code: ProjectCode,
  write: (callee: string) => string,
): readonly Edit[] {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) {
    return [code.replace(call, write(`${callee.expression.getText()}.${name}`))];
  }
  const imported = ts.isIdentifier(callee) ? importBeside(callee, name, code) : undefined;
  return imported ? [imported, code.replace(call, write(name))] : [];
}
