import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';
import { limits } from '../limits.js';
import type { TypeMember, TypeReference } from './file-facts.js';
import { none } from './lowering.js';
import type { Draft } from './lowering.js';
import {
  isIdentifier,
  isMemberName,
  isMethodSignature,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertySignature,
  isQualifiedName,
  isStringLiteralLike,
} from './syntax.js';

const unknownType: TypeReference = Object.freeze({ name: '?', args: none });

/** Types without arguments are most types, and few distinct ones: files share them. */
const plainTypes = new Map<string, TypeReference>();
const plainTypesKept = 20_000;

function typeOf(name: string, args: readonly TypeReference[]): TypeReference {
  if (args.length > 0) return { name, args };
  let known = plainTypes.get(name);
  if (known === undefined) {
    if (plainTypes.size >= plainTypesKept) plainTypes.clear();
    plainTypes.set(name, (known = Object.freeze({ name, args: none })));
  }
  return known;
}

type LowerType = (node: ts.TypeNode, depth: number) => TypeReference;

const lowerers: LowerType[] = new Array<LowerType>(SyntaxKind.Count).fill(() => unknownType);

function on<Node extends ts.TypeNode>(kind: Node['kind'], lower: (node: Node, depth: number) => TypeReference): void {
  lowerers[kind] = lower as LowerType;
}

const keywords = {
  any: SyntaxKind.AnyKeyword,
  unknown: SyntaxKind.UnknownKeyword,
  never: SyntaxKind.NeverKeyword,
  void: SyntaxKind.VoidKeyword,
  undefined: SyntaxKind.UndefinedKeyword,
  object: SyntaxKind.ObjectKeyword,
  string: SyntaxKind.StringKeyword,
  number: SyntaxKind.NumberKeyword,
  bigint: SyntaxKind.BigIntKeyword,
  boolean: SyntaxKind.BooleanKeyword,
  symbol: SyntaxKind.SymbolKeyword,
  this: SyntaxKind.ThisType,
};
for (const [name, kind] of Object.entries(keywords)) {
  const keyword = Object.freeze({ name, args: none });
  lowerers[kind] = () => keyword;
}

on<ts.TypeReferenceNode>(SyntaxKind.TypeReference, (node, depth) => {
  return typeOf(readEntityName(node.typeName), lowerTypes(node.typeArguments, depth));
});
on<ts.ArrayTypeNode>(SyntaxKind.ArrayType, (node, depth) => {
  return { name: 'Array', args: [lowerType(node.elementType, depth)] };
});
on<ts.UnionTypeNode>(SyntaxKind.UnionType, (node, depth) => ({ name: '|', args: lowerTypes(node.types, depth) }));
on<ts.IntersectionTypeNode>(SyntaxKind.IntersectionType, (node, depth) => {
  return { name: '&', args: lowerTypes(node.types, depth) };
});
on<ts.ParenthesizedTypeNode>(SyntaxKind.ParenthesizedType, (node, depth) => lowerType(node.type, depth));
on<ts.TypeOperatorNode>(SyntaxKind.TypeOperator, (node, depth) => {
  return node.operator === SyntaxKind.ReadonlyKeyword ? lowerType(node.type, depth) : unknownType;
});
on<ts.TypeQueryNode>(SyntaxKind.TypeQuery, (node, depth) => {
  return typeOf(`typeof ${readEntityName(node.exprName)}`, lowerTypes(node.typeArguments, depth));
});
on<ts.LiteralTypeNode>(SyntaxKind.LiteralType, ({ literal }) => {
  if (isStringLiteralLike(literal)) return typeOf(`"${literal.text}"`, none);
  if (isNumericLiteral(literal)) return typeOf(literal.text, none);
  switch (literal.kind) {
    case SyntaxKind.NullKeyword:
      return typeOf('null', none);
    case SyntaxKind.TrueKeyword:
      return typeOf('true', none);
    case SyntaxKind.FalseKeyword:
      return typeOf('false', none);
    default:
      return unknownType;
  }
});
on<ts.ExpressionWithTypeArguments>(SyntaxKind.ExpressionWithTypeArguments, (node, depth) => {
  const name = readDottedName(node.expression);
  return name === undefined ? unknownType : typeOf(name, lowerTypes(node.typeArguments, depth));
});

export function lowerType(node: ts.TypeNode, depth = 0): TypeReference {
  return depth > limits.syntaxDepth ? unknownType : (lowerers[node.kind] ?? (() => unknownType))(node, depth + 1);
}

export function lowerTypes(nodes: readonly ts.TypeNode[] | undefined, depth = 0): readonly TypeReference[] {
  return nodes === undefined || nodes.length === 0 ? none : nodes.map((node) => lowerType(node, depth));
}

/** The members of an interface or an object type that have a name. */
export function lowerTypeMembers(nodes: readonly ts.TypeElement[]): TypeMember[] {
  const members: TypeMember[] = [];
  for (const node of nodes) {
    if (!isPropertySignature(node) && !isMethodSignature(node)) continue;
    if (!isMemberName(node.name) && !isStringLiteralLike(node.name)) continue;
    const member: Draft<TypeMember> = { name: node.name.text, optional: node.questionToken !== undefined };
    if (isPropertySignature(node) && node.type !== undefined) member.type = lowerType(node.type);
    members.push(member);
  }
  return members;
}

function readEntityName(node: ts.EntityName): string {
  const names: string[] = [];
  let name = node;
  for (; isQualifiedName(name); name = name.left) names.push(name.right.text);
  return names.length === 0 ? name.text : [name.text, ...names.reverse()].join('.');
}

function readDottedName(node: ts.Expression): string | undefined {
  const names: string[] = [];
  let name = node;
  for (; isPropertyAccessExpression(name); name = name.expression) names.push(name.name.text);
  return isIdentifier(name) ? [name.text, ...names.reverse()].join('.') : undefined;
}
