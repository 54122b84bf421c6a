import { ts } from 'ts-morph';
import { calledFunctions } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { calledName, isFunction, outermost, returnedExpressions, rootOf, unwrap, unwrapAwait } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';

/** Where a value comes from: what the caller has sent, what has been proved about the caller, or anything else. */
export type Origin = 'request' | 'subject' | 'other';

/** What the search for origins has to know beyond the code itself. */
export interface OriginContext {
  /** Members of a request that earlier layers write what they have proved to. */
  readonly provedMembers?: ReadonlySet<string>;
  /** What a parameter is called with. */
  readonly argumentFor?: (parameter: ts.ParameterDeclaration) => ts.Expression | undefined;
  /** A call whose result is to be taken for what the caller has sent. */
  readonly forgeable?: ts.Node;
}

const sentMembers = new Set([
  'headers',
  'header',
  'get',
  'query',
  'body',
  'params',
  'cookies',
  'url',
  'path',
  'method',
  'ip',
]);
const sentDecorators = new Set(['Param', 'Query', 'Body', 'Headers']);
const requestDecorators = new Set(['Req', 'Request']);
const plainNames = new Set(['undefined', 'String', 'Number', 'Boolean', 'Array']);
const defaultProvedMembers: ReadonlySet<string> = new Set(['user', 'auth', 'session', 'locals']);

/** The origins of all names that an expression is made of; none where it is made of literals. */
export function originsOf(
  expression: ts.Expression,
  code: ProjectCode,
  context: OriginContext = {},
  depth = 8,
): ReadonlySet<Origin> {
  if (depth === 0) return new Set(['other']);
  const origins = collectSources(expression, code).flatMap((source) =>
    originsOfSource(source, code, context, depth - 1),
  );
  return new Set(origins);
}

/** Whether an expression is made of nothing but what the caller has sent, and of literals: a test of it proves nothing. */
export function isSent(expression: ts.Expression, code: ProjectCode, context?: OriginContext): boolean {
  return [...originsOf(expression, code, context)].every((origin) => origin === 'request');
}

/** The names that an expression starts from, those of members aside, and the calls of the project's own functions. */
function collectSources(expression: ts.Expression, code: ProjectCode): readonly ts.Expression[] {
  const sources: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || (ts.isCallExpression(node) && calledFunctions(node, code).length > 0))
      sources.push(node);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node)) visit(node.initializer);
    else if (node.kind === ts.SyntaxKind.ThisKeyword) sources.push(node as ts.ThisExpression);
    else if (!isFunction(node)) ts.forEachChild(node, visit);
  };
  visit(expression);
  return sources;
}

function originsOfSource(
  source: ts.Expression,
  code: ProjectCode,
  context: OriginContext,
  depth: number,
): readonly Origin[] {
  if (ts.isCallExpression(source)) return originsOfCall(source, code, context, depth);
  return ts.isIdentifier(source) ? originsOfName(source, code, context, depth) : ['other'];
}

function originsOfName(
  name: ts.Identifier,
  code: ProjectCode,
  context: OriginContext,
  depth: number,
): readonly Origin[] {
  if (plainNames.has(name.text)) return [];
  const [declaration] = ts.isShorthandPropertyAssignment(name.parent)
    ? (code.checker.getShorthandAssignmentValueSymbol(name.parent)?.declarations ?? [])
    : (code.checker.getSymbolAtLocation(name)?.declarations ?? []);
  if (!declaration) return ['other'];
  if (ts.isParameter(declaration)) return originsOfParameter(declaration, firstMember(name), code, context, depth);
  if (ts.isBindingElement(declaration)) return originsOfBinding(declaration, code, context, depth);
  if (!ts.isVariableDeclaration(declaration)) return ['other'];
  if (isRequest(declaration.initializer)) return [originOfMember(firstMember(name), context)];
  const values = [declaration.initializer, ...assignedTo(declaration, code)].filter((value) => value !== undefined);
  if (values.length === 0) return ['other'];
  return values.flatMap((value): readonly Origin[] => {
    if (unwrapAwait(value) === context.forgeable) return ['request'];
    return [...originsOf(askedOf(value, code), code, context, depth)];
  });
}

/** `subjectOf(req)` is what it returns. */
function originsOfCall(
  call: ts.CallExpression,
  code: ProjectCode,
  context: OriginContext,
  depth: number,
): readonly Origin[] {
  const targets = calledFunctions(call, code).filter(isFunction);
  const origins = targets.flatMap((target) =>
    returnedExpressions(target).flatMap((value) => [
      ...originsOf(value, code, withinCall(context, call, target), depth),
    ]),
  );
  return origins.length > 0 ? origins : ['other'];
}

/** The context in which a function runs when a call of it does: its parameters are what the call hands over. */
export function withinCall(context: OriginContext, call: ts.CallExpression, target: FunctionNode): OriginContext {
  return {
    ...context,
    argumentFor: (parameter) =>
      parameter.parent === target
        ? call.arguments[target.parameters.indexOf(parameter)]
        : context.argumentFor?.(parameter),
  };
}

function originsOfParameter(
  parameter: ts.ParameterDeclaration,
  member: string | undefined,
  code: ProjectCode,
  context: OriginContext,
  depth: number,
): readonly Origin[] {
  const decorators = ts.getDecorators(parameter) ?? [];
  for (const { expression } of decorators) {
    const name = ts.isCallExpression(expression) ? (calledName(expression) ?? '') : '';
    if (sentDecorators.has(name)) return ['request'];
    if (!requestDecorators.has(name)) return ['subject'];
  }
  const own = originOfMember(member, context);
  if (own !== 'other' || decorators.length > 0) return [own];
  const argument = context.argumentFor?.(parameter);
  return argument && depth > 0 ? [...originsOf(argument, code, context, depth)] : ['other'];
}

/** `const { id } = req.params`, `({ user }, res) => …`. */
function originsOfBinding(
  element: ts.BindingElement,
  code: ProjectCode,
  context: OriginContext,
  depth: number,
): readonly Origin[] {
  const holder = element.parent.parent;
  const member = (element.propertyName ?? element.name).getText();
  if (ts.isParameter(holder)) return originsOfParameter(holder, member, code, context, depth);
  const value = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  if (!value) return ['other'];
  if (unwrapAwait(value) === context.forgeable) return ['request'];
  const inner = unwrapAwait(value);
  const isParameter =
    ts.isIdentifier(inner) && (code.checker.getSymbolAtLocation(inner)?.declarations?.some(ts.isParameter) ?? false);
  if (isParameter || isRequest(value)) return [originOfMember(member, context)];
  return [...originsOf(askedOf(value, code), code, context, depth)];
}

function originOfMember(member: string | undefined, { provedMembers }: OriginContext): Origin {
  if (member === undefined) return 'other';
  if (sentMembers.has(member)) return 'request';
  return (provedMembers ?? defaultProvedMembers).has(member) ? 'subject' : 'other';
}

/** `await prisma.order.findFirst(…)`: what a query gives comes from whatever it is asked of, and not from what it is asked. */
function askedOf(value: ts.Expression, code: ProjectCode): ts.Expression {
  const inner = unwrap(value);
  const call = ts.isAwaitExpression(inner) ? unwrapAwait(inner) : undefined;
  return call && ts.isCallExpression(call) && calledFunctions(call, code).length === 0 ? call.expression : value;
}

/** `context.switchToHttp().getRequest()`. */
function isRequest(value: ts.Expression | undefined): boolean {
  const inner = value && unwrapAwait(value);
  return inner !== undefined && ts.isCallExpression(inner) && calledName(inner) === 'getRequest';
}

/** What is assigned to a variable that is declared without a value. */
function assignedTo(variable: ts.VariableDeclaration, code: ProjectCode): readonly ts.Expression[] {
  if (variable.initializer || !ts.isIdentifier(variable.name)) return [];
  return code
    .referencesOf(variable.name)
    .flatMap(({ parent }) =>
      ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [parent.right] : [],
    );
}

/** `session` of `req.session.userId`. */
export function firstMember(expression: ts.Expression): string | undefined {
  const root = outermost(rootOf(expression));
  const { parent } = root;
  return ts.isPropertyAccessExpression(parent) && parent.expression === root ? parent.name.text : undefined;
}
