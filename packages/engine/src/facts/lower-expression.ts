import type ts from 'typescript';
import { textOfToken } from './compiler.js';
import { SyntaxKind } from './compiler-enums.js';
import { limits } from '../limits.js';
import type { AwaitExpression, CallExpression, Expression, ObjectProperty, ThisExpression } from './file-facts.js';
import { lowerBinary } from './lower-binary.js';
import { lowerJsx } from './lower-jsx.js';
import { lowerKey } from './lower-key.js';
import { lowerTypes } from './lower-type.js';
import { complete, none, opaque } from './lowering.js';
import type { Draft, Lowering } from './lowering.js';
import { skipTransparent } from './skip-transparent.js';
import { startOf } from './start-of.js';
import { isOmittedExpression, isStringLiteralLike, isTemplateExpression } from './syntax.js';

const { ArrowFunction, ClassExpression, FunctionExpression, ImportKeyword } = SyntaxKind;
const {
  GetAccessor,
  MethodDeclaration,
  PropertyAssignment,
  SetAccessor,
  ShorthandPropertyAssignment,
  SpreadAssignment,
} = SyntaxKind;

type Lower = (lowering: Lowering, node: ts.Expression) => Expression;

/** By node kind: the members of the compiler's enum are not inlined, so a `switch` would compare one after the other. */
const lowerers: Lower[] = new Array<Lower>(SyntaxKind.Count).fill(lowerUnknown);

function on<Node extends ts.Expression>(
  kinds: readonly Node['kind'][],
  lower: (lowering: Lowering, node: Node) => Expression,
): void {
  for (const kind of kinds) lowerers[kind] = lower as Lower;
}

export function lowerExpression(lowering: Lowering, expression: ts.Expression): Expression {
  const node = skipTransparent(expression);
  if (lowering.depth >= limits.syntaxDepth) return lowerOpaque(lowering, node, 'deep');
  const lower = lowerers[node.kind] ?? lowerUnknown;
  lowering.depth++;
  const lowered = lower(lowering, node);
  lowering.depth--;
  return lowered;
}

/** As `lowerExpression`; a function or class that is the value itself takes the name. */
export function lowerNamed(lowering: Lowering, expression: ts.Expression, name: string | undefined): Expression {
  const node = skipTransparent(expression);
  const { kind } = node;
  const isNamed = kind === ArrowFunction || kind === FunctionExpression || kind === ClassExpression;
  if (!isNamed || lowering.depth >= limits.syntaxDepth) return lowerExpression(lowering, node);
  lowering.depth++;
  const lowered =
    kind === ClassExpression
      ? lowerClassExpression(lowering, node as ts.ClassExpression, name)
      : lowerFunctionExpression(lowering, node as ts.FunctionExpression, name);
  lowering.depth--;
  return lowered;
}

function lowerUnknown(lowering: Lowering, node: ts.Expression): Expression {
  return lowerOpaque(lowering, node, 'unknown');
}

function lowerOpaque(lowering: Lowering, node: ts.Expression, what: string): Expression {
  return opaque(startOf(lowering, node), node.end, what, none);
}

function lowerAll(lowering: Lowering, nodes: readonly ts.Expression[] | undefined): readonly Expression[] {
  if (nodes === undefined || nodes.length === 0) return none;
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined && !isOmittedExpression(first)) {
    return [lowerExpression(lowering, first)];
  }
  const expressions: Expression[] = [];
  for (const node of nodes) if (!isOmittedExpression(node)) expressions.push(lowerExpression(lowering, node));
  return complete(expressions);
}

on<ts.Identifier>([SyntaxKind.Identifier], (lowering, node) => {
  if (node.text === '') return lowerOpaque(lowering, node, 'missing');
  return { kind: 'name', start: startOf(lowering, node), end: node.end, name: node.text };
});
/** `#secret in object`. */
on<ts.Expression & ts.PrivateIdentifier>([SyntaxKind.PrivateIdentifier], (lowering, node) => {
  return { kind: 'name', start: startOf(lowering, node), end: node.end, name: node.text };
});
on<ts.ThisExpression>([SyntaxKind.ThisKeyword], (lowering, node) => {
  return { kind: 'this', start: startOf(lowering, node), end: node.end };
});
on<ts.SuperExpression>([SyntaxKind.SuperKeyword], (lowering, node): ThisExpression => {
  return { kind: 'this', start: startOf(lowering, node), end: node.end, super: true };
});

on<ts.StringLiteralLike>([SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral], (lowering, node) => {
  return { kind: 'literal', start: startOf(lowering, node), end: node.end, value: node.text };
});
on<ts.NumericLiteral>([SyntaxKind.NumericLiteral], (lowering, node) => {
  const start = startOf(lowering, node);
  const value = Number(node.text);
  // JSON has no infinity; `1e999` means the same as the name.
  if (!Number.isFinite(value)) return { kind: 'name', start, end: node.end, name: 'Infinity' };
  return { kind: 'literal', start, end: node.end, value };
});
on<ts.BigIntLiteral>([SyntaxKind.BigIntLiteral], (lowering, node) => {
  return {
    kind: 'literal',
    start: startOf(lowering, node),
    end: node.end,
    value: readDigits(node.text),
    type: 'bigint',
  };
});

/** The decimal digits of `0xffn`; what is malformed stays as it is. */
function readDigits(text: string): string {
  const digits = text.slice(0, -1);
  return /^0[box][\da-f]+$/iu.test(digits) ? BigInt(digits).toString() : digits;
}

on<ts.RegularExpressionLiteral>([SyntaxKind.RegularExpressionLiteral], (lowering, node) => {
  return { kind: 'literal', start: startOf(lowering, node), end: node.end, value: node.text, type: 'regex' };
});
on<ts.TrueLiteral>([SyntaxKind.TrueKeyword], (lowering, node) => {
  return { kind: 'literal', start: startOf(lowering, node), end: node.end, value: true };
});
on<ts.FalseLiteral>([SyntaxKind.FalseKeyword], (lowering, node) => {
  return { kind: 'literal', start: startOf(lowering, node), end: node.end, value: false };
});
on<ts.NullLiteral>([SyntaxKind.NullKeyword], (lowering, node) => {
  return { kind: 'literal', start: startOf(lowering, node), end: node.end, value: null };
});

on<ts.TemplateExpression>([SyntaxKind.TemplateExpression], lowerTemplate);
on<ts.TaggedTemplateExpression>([SyntaxKind.TaggedTemplateExpression], (lowering, node) => {
  const start = startOf(lowering, node);
  const tag = lowerExpression(lowering, node.tag);
  const { template } = node;
  return isTemplateExpression(template)
    ? { ...lowerTemplate(lowering, template), start, end: node.end, tag }
    : { kind: 'template', start, end: node.end, texts: [template.text], parts: none, tag };
});

function lowerTemplate(lowering: Lowering, node: ts.TemplateExpression): Extract<Expression, { kind: 'template' }> {
  const texts = [node.head.text];
  const parts: Expression[] = [];
  for (const { expression, literal } of node.templateSpans) {
    parts.push(lowerExpression(lowering, expression));
    texts.push(literal.text);
  }
  return {
    kind: 'template',
    start: startOf(lowering, node),
    end: node.end,
    texts: complete(texts),
    parts: complete(parts),
  };
}

on<ts.PropertyAccessExpression>([SyntaxKind.PropertyAccessExpression], (lowering, node) => ({
  kind: 'member',
  start: startOf(lowering, node),
  end: node.end,
  object: lowerExpression(lowering, node.expression),
  property: node.name.text,
  optional: node.questionDotToken !== undefined,
}));
on<ts.ElementAccessExpression>([SyntaxKind.ElementAccessExpression], (lowering, node) => {
  const start = startOf(lowering, node);
  const { end } = node;
  const object = lowerExpression(lowering, node.expression);
  const optional = node.questionDotToken !== undefined;
  const key = skipTransparent(node.argumentExpression);
  return isStringLiteralLike(key)
    ? { kind: 'member', start, end, object, property: key.text, optional }
    : { kind: 'index', start, end, object, key: lowerExpression(lowering, key), optional };
});
on<ts.CallExpression>([SyntaxKind.CallExpression], (lowering, node) => {
  const start = startOf(lowering, node);
  if (node.expression.kind === ImportKeyword) return lowerDynamicImport(lowering, node, start);
  const call: Draft<CallExpression> = {
    kind: 'call',
    start,
    end: node.end,
    callee: lowerExpression(lowering, node.expression),
    args: lowerAll(lowering, node.arguments),
    new: false,
    optional: node.questionDotToken !== undefined,
  };
  if (node.typeArguments !== undefined) call.typeArgs = lowerTypes(node.typeArguments);
  if (call.callee.kind === 'name' && call.callee.name === 'require') addRequired(lowering, call.args[0]);
  return call;
});
on<ts.NewExpression>([SyntaxKind.NewExpression], (lowering, node) => {
  const call: Draft<CallExpression> = {
    kind: 'call',
    start: startOf(lowering, node),
    end: node.end,
    callee: lowerExpression(lowering, node.expression),
    args: lowerAll(lowering, node.arguments),
    new: true,
    optional: false,
  };
  if (node.typeArguments !== undefined) call.typeArgs = lowerTypes(node.typeArguments);
  return call;
});

function lowerDynamicImport(lowering: Lowering, node: ts.CallExpression, start: number): Expression {
  const [argument] = node.arguments;
  const source =
    argument === undefined ? opaque(node.end, node.end, 'missing', none) : lowerExpression(lowering, argument);
  addRequired(lowering, source);
  return { kind: 'import', start, end: node.end, source };
}

function addRequired(lowering: Lowering, source: Expression | undefined): void {
  if (source?.kind === 'literal' && typeof source.value === 'string') lowering.required.add(source.value);
}

on<ts.ArrowFunction | ts.FunctionExpression>([ArrowFunction, FunctionExpression], (lowering, node) =>
  lowerFunctionExpression(lowering, node, undefined),
);
on<ts.ClassExpression>([ClassExpression], (lowering, node) => lowerClassExpression(lowering, node, undefined));

function lowerFunctionExpression(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration,
  name: string | undefined,
): Extract<Expression, { kind: 'function' }> {
  const start = startOf(lowering, node);
  return { kind: 'function', start, end: node.end, id: lowering.lowerFunction(node, name) };
}

function lowerClassExpression(lowering: Lowering, node: ts.ClassExpression, name: string | undefined): Expression {
  const start = startOf(lowering, node);
  return { kind: 'class', start, end: node.end, id: lowering.lowerClass(node, name) };
}

on<ts.ObjectLiteralExpression>([SyntaxKind.ObjectLiteralExpression], (lowering, node) => {
  const properties: ObjectProperty[] = [];
  for (const property of node.properties) properties.push(lowerProperty(lowering, property));
  return { kind: 'object', start: startOf(lowering, node), end: node.end, properties: complete(properties) };
});

function lowerProperty(lowering: Lowering, node: ts.ObjectLiteralElementLike): ObjectProperty {
  const start = startOf(lowering, node);
  const { end } = node;
  if (node.kind === SpreadAssignment) {
    return { kind: 'spread', start, end, value: lowerExpression(lowering, node.expression) };
  }
  if (node.kind === ShorthandPropertyAssignment) {
    return { kind: 'value', start, end, key: node.name.text, value: lowerExpression(lowering, node.name) };
  }
  const key = lowerKey(lowering, node.name);
  const name = typeof key === 'string' ? key : undefined;
  switch (node.kind) {
    case PropertyAssignment:
      return { kind: 'value', start, end, key, value: lowerNamed(lowering, node.initializer, name) };
    case MethodDeclaration:
      return { kind: 'value', start, end, key, value: lowerFunctionExpression(lowering, node, name) };
    case GetAccessor:
      return { kind: 'getter', start, end, key, value: lowerFunctionExpression(lowering, node, name) };
    case SetAccessor:
      return { kind: 'setter', start, end, key, value: lowerFunctionExpression(lowering, node, name) };
  }
}

on<ts.ArrayLiteralExpression>([SyntaxKind.ArrayLiteralExpression], (lowering, node) => {
  return { kind: 'array', start: startOf(lowering, node), end: node.end, items: lowerAll(lowering, node.elements) };
});
on<ts.SpreadElement>([SyntaxKind.SpreadElement], (lowering, node) => {
  const start = startOf(lowering, node);
  return { kind: 'spread', start, end: node.end, value: lowerExpression(lowering, node.expression) };
});

on<ts.BinaryExpression>([SyntaxKind.BinaryExpression], lowerBinary);
on<ts.ConditionalExpression>([SyntaxKind.ConditionalExpression], (lowering, node) => ({
  kind: 'conditional',
  start: startOf(lowering, node),
  end: node.end,
  test: lowerExpression(lowering, node.condition),
  whenTrue: lowerExpression(lowering, node.whenTrue),
  whenFalse: lowerExpression(lowering, node.whenFalse),
}));

on<ts.PrefixUnaryExpression>([SyntaxKind.PrefixUnaryExpression], (lowering, node) =>
  lowerUnary(lowering, node, textOfToken(node.operator), node.operand),
);
on<ts.PostfixUnaryExpression>([SyntaxKind.PostfixUnaryExpression], (lowering, node) =>
  lowerUnary(lowering, node, textOfToken(node.operator), node.operand),
);
on<ts.TypeOfExpression>([SyntaxKind.TypeOfExpression], (lowering, node) =>
  lowerUnary(lowering, node, 'typeof', node.expression),
);
on<ts.VoidExpression>([SyntaxKind.VoidExpression], (lowering, node) =>
  lowerUnary(lowering, node, 'void', node.expression),
);
on<ts.DeleteExpression>([SyntaxKind.DeleteExpression], (lowering, node) =>
  lowerUnary(lowering, node, 'delete', node.expression),
);

function lowerUnary(lowering: Lowering, node: ts.Expression, operator: string, operand: ts.Expression): Expression {
  const start = startOf(lowering, node);
  return { kind: 'unary', start, end: node.end, operator, operand: lowerExpression(lowering, operand) };
}

on<ts.AwaitExpression>([SyntaxKind.AwaitExpression], (lowering, node) => {
  const start = startOf(lowering, node);
  return { kind: 'await', start, end: node.end, value: lowerExpression(lowering, node.expression) };
});
on<ts.YieldExpression>([SyntaxKind.YieldExpression], (lowering, node): AwaitExpression => {
  const start = startOf(lowering, node);
  const { end } = node;
  const value: Expression =
    node.expression === undefined
      ? { kind: 'name', start, end, name: 'undefined' }
      : lowerExpression(lowering, node.expression);
  return { kind: 'await', start, end, value, yield: true };
});

on<ts.MetaProperty>([SyntaxKind.MetaProperty], (lowering, node) =>
  lowerOpaque(lowering, node, `${node.keywordToken === ImportKeyword ? 'import' : 'new'}.${node.name.text}`),
);
on<ts.JsxElement>([SyntaxKind.JsxElement], lowerJsx);
on<ts.JsxSelfClosingElement>([SyntaxKind.JsxSelfClosingElement], lowerJsx);
on<ts.JsxFragment>([SyntaxKind.JsxFragment], lowerJsx);
