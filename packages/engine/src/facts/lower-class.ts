import type ts from 'typescript';
import { SyntaxKind } from './compiler-enums.js';
import type { ClassFacts, Expression, MemberFacts } from './file-facts.js';
import { isOverload } from './is-overload.js';
import { lowerDecorators } from './lower-decorators.js';
import { lowerStaticBlock } from './lower-function.js';
import { lowerType, lowerTypes } from './lower-type.js';
import { complete, none, opaque } from './lowering.js';
import type { Draft, Lowering } from './lowering.js';
import { startBehindDecorators, startOf } from './start-of.js';
import { isComputedPropertyName, isNumericLiteral, isStringLiteralLike } from './syntax.js';

const {
  AbstractKeyword,
  ClassStaticBlockDeclaration,
  Constructor,
  ExtendsKeyword,
  GetAccessor,
  ImplementsKeyword,
  MethodDeclaration,
  PropertyDeclaration,
  SetAccessor,
  StaticKeyword,
} = SyntaxKind;

/** Returns the class's index in the file. */
export function lowerClass(lowering: Lowering, node: ts.ClassLikeDeclaration, name: string | undefined): number {
  const members: MemberFacts[] = [];
  const facts: Draft<ClassFacts> = {
    start: startBehindDecorators(lowering, node),
    end: node.end,
    superTypeArguments: none,
    implements: none,
    decorators: none,
    abstract: hasModifier(node, AbstractKeyword),
    members: none,
  };
  const declared = node.name?.text ?? name;
  if (declared !== undefined && declared !== '') facts.name = declared;
  const id = lowering.classes.push(facts) - 1;
  facts.decorators = lowerDecorators(lowering, node.modifiers);
  for (const clause of node.heritageClauses ?? none) {
    const [first] = clause.types;
    if (clause.token === ExtendsKeyword && first !== undefined) {
      facts.superClass = lowering.lowerExpression(first.expression);
      facts.superTypeArguments = lowerTypes(first.typeArguments);
    } else if (clause.token === ImplementsKeyword) facts.implements = lowerTypes(clause.types);
  }
  node.members.forEach((member, index) => {
    const lowered = lowerMember(lowering, member, node.members[index + 1]);
    if (lowered !== undefined) members.push(lowered);
  });
  facts.members = complete(members);
  return id;
}

function lowerMember(
  lowering: Lowering,
  node: ts.ClassElement,
  next: ts.ClassElement | undefined,
): MemberFacts | undefined {
  switch (node.kind) {
    case PropertyDeclaration:
      return lowerField(lowering, node as ts.PropertyDeclaration);
    case MethodDeclaration:
      return lowerMethod(lowering, node as ts.MethodDeclaration, 'method', next);
    case Constructor:
      return lowerMethod(lowering, node as ts.ConstructorDeclaration, 'constructor', next);
    case GetAccessor:
      return lowerMethod(lowering, node as ts.GetAccessorDeclaration, 'getter', undefined);
    case SetAccessor:
      return lowerMethod(lowering, node as ts.SetAccessorDeclaration, 'setter', undefined);
    case ClassStaticBlockDeclaration:
      return lowerStaticMember(lowering, node as ts.ClassStaticBlockDeclaration);
    default:
      return undefined;
  }
}

type MethodNode = ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration;

function lowerMethod(
  lowering: Lowering,
  node: MethodNode,
  kind: Exclude<MemberFacts['kind'], 'field'>,
  next: ts.ClassElement | undefined,
): MemberFacts | undefined {
  if (isOverload(node, next)) return undefined;
  const name = node.name === undefined ? 'constructor' : readMemberName(node.name);
  return {
    start: startOf(lowering, node),
    end: node.end,
    name,
    kind,
    static: hasModifier(node, StaticKeyword),
    decorators: lowerDecorators(lowering, node.modifiers),
    function: lowering.lowerFunction(node, name),
  };
}

function lowerField(lowering: Lowering, node: ts.PropertyDeclaration): MemberFacts {
  const name = readMemberName(node.name);
  const member: Draft<MemberFacts> = {
    start: startOf(lowering, node),
    end: node.end,
    name,
    kind: 'field',
    static: hasModifier(node, StaticKeyword),
    decorators: lowerDecorators(lowering, node.modifiers),
  };
  if (node.type !== undefined) member.type = lowerType(node.type);
  if (node.initializer !== undefined) member.value = lowering.lowerNamed(node.initializer, name);
  return member;
}

/** `static { … }` runs once, with the class as `this`: a nameless static field whose value is the call of a function. */
function lowerStaticMember(lowering: Lowering, node: ts.ClassStaticBlockDeclaration): MemberFacts {
  const start = startOf(lowering, node);
  const { end } = node;
  const callee: Expression = { kind: 'function', start, end, id: lowerStaticBlock(lowering, node) };
  const call: Expression = { kind: 'call', start, end, callee, args: none, new: false, optional: false };
  const value = opaque(start, end, 'static', [call]);
  return { start, end, name: '', kind: 'field', static: true, decorators: none, value };
}

function readMemberName(node: ts.PropertyName): string {
  if (!isComputedPropertyName(node)) return node.text;
  const { expression } = node;
  return isStringLiteralLike(expression) || isNumericLiteral(expression) ? expression.text : '';
}

function hasModifier(
  node: { readonly modifiers?: readonly ts.ModifierLike[] | undefined },
  kind: ts.SyntaxKind,
): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}
