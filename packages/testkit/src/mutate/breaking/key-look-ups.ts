import type { SigningKey } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { calledFunctions, definitionsOf } from '../code/definitions.js';
import { importedName, importedPackage } from '../code/imported-package.js';
import type { ProjectCode } from '../code/project-code.js';
import { calledName, collectNodes, isFunction, isWithin, returnedExpressions, unwrap } from '../code/syntax.js';
import type { StudiedProject } from '../studied-project.js';

/** The look-ups that the keys of the model come from. */
export function collectFollowedLookUps({ application, code }: StudiedProject): readonly ts.Node[] {
  return application.keys.flatMap((key) => lookUpsOf(key, code));
}

/** Those of them that a default or a file of the repository stands in for: what uses such a key is reported as it is. */
export function collectExcusedLookUps({ application, code }: StudiedProject): ReadonlySet<ts.Node> {
  const isWritten = ({ source }: SigningKey): boolean =>
    source === 'literal' || source === 'default' || source === 'file';
  const uses = new Set(application.keys.filter(isWritten).map(useOf));
  return new Set(application.keys.filter((key) => uses.has(useOf(key))).flatMap((key) => lookUpsOf(key, code)));
}

function useOf({ usePlace, purpose }: SigningKey): string {
  return `${usePlace.file}:${usePlace.line}:${usePlace.column} ${purpose}`;
}

function lookUpsOf({ source, origin, name }: SigningKey, code: ProjectCode): readonly ts.Node[] {
  if (source !== 'environment') return [];
  const [node] = code.nodesAt(origin).filter(isLookUp);
  if (!node) return [];
  const reader = ts.findAncestor(node, isFunction);
  const isByName = ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression);
  // `readKey('TOKEN_KEY')`: the function reads other keys as well, and each call of it is a look-up of its own.
  return isByName && reader ? callsWith(name, (call) => calledFunctions(call, code).includes(reader), code) : [node];
}

function isLookUp(node: ts.Node): node is ts.Expression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node);
}

function callsWith(
  name: string,
  isWanted: (call: ts.CallExpression) => boolean,
  code: ProjectCode,
): readonly ts.Node[] {
  const takesName = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) &&
    node.arguments.some((argument) => ts.isStringLiteralLike(argument) && argument.text === name);
  return code.files.flatMap((file) => collectNodes(file, takesName)).filter(isWanted);
}

/** Which argument of a call is the key: written down apart from the engine's catalog, which may forget one. */
const keyArguments: Readonly<Record<string, number>> = { 'jsonwebtoken#sign': 1, 'jsonwebtoken#verify': 1 };
const keyProperties = new Set(['secret', 'privateKey', 'secretOrKey', 'secretOrPrivateKey']);
const keyPackages = new Set(['jsonwebtoken', '@nestjs/jwt', 'passport-jwt', 'express-jwt', 'express-session']);

/** The look-ups that stand where a well-known call takes its key, whether the model sees them or not. */
export function collectDirectLookUps(code: ProjectCode): readonly ts.Node[] {
  return code.files
    .flatMap((file) => collectNodes(file, ts.isCallExpression))
    .flatMap((call) => {
      const packageName = importedPackage(call.expression, code);
      if (packageName === undefined) return [];
      const index = keyArguments[`${packageName}#${importedName(call, code) ?? ''}`];
      const argument = index === undefined ? undefined : call.arguments[index];
      const options = keyPackages.has(packageName) ? call.arguments.flatMap(keyOptions) : [];
      return [argument, ...options].flatMap((key) => (key && readsEnvironment(key, code) ? [unwrap(key)] : []));
    });
}

function keyOptions(argument: ts.Expression): readonly ts.Expression[] {
  const inner = unwrap(argument);
  if (!ts.isObjectLiteralExpression(inner)) return [];
  return inner.properties
    .filter(ts.isPropertyAssignment)
    .filter((property) => keyProperties.has(property.name.getText()))
    .map((property) => property.initializer);
}

/** `process.env.KEY`, `config.get('KEY')`, and calls of the project's own functions that read the environment by name. */
function readsEnvironment(expression: ts.Expression, code: ProjectCode): boolean {
  const inner = unwrap(expression);
  if (inner.getText().startsWith('process.env')) return isLookUp(inner);
  if (!ts.isCallExpression(inner) || !inner.arguments.some(ts.isStringLiteralLike)) return false;
  if (importedPackage(inner.expression, code) === '@nestjs/config') return /^get/.test(calledName(inner) ?? '');
  return definitionsOf(inner.expression, code).some(
    (target) => isFunction(target) && returnedExpressions(target).some((value) => isRead(value, target, code)),
  );
}

function isRead(value: ts.Expression, around: ts.Node, code: ProjectCode): boolean {
  const inner = unwrap(value);
  if (inner.getText().startsWith('process.env[')) return true;
  const [declaration] = ts.isIdentifier(inner) ? (code.checker.getSymbolAtLocation(inner)?.declarations ?? []) : [];
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    isWithin(declaration, around) &&
    declaration.initializer !== undefined &&
    isRead(declaration.initializer, around, code)
  );
}
