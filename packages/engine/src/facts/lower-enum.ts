import type ts from 'typescript';
import type { Expression, LetStatement, ObjectProperty } from './file-facts.js';
import { lowerKey } from './lower-key.js';
import { complete, none, opaque } from './lowering.js';
import type { Lowering } from './lowering.js';
import { startOf } from './start-of.js';

/** An enum as the constant object that it is at run time, without the way back from value to name. */
export function lowerEnum(lowering: Lowering, node: ts.EnumDeclaration): LetStatement {
  const start = startOf(lowering, node);
  const nameStart = startOf(lowering, node.name);
  const properties: ObjectProperty[] = [];
  let next: number | undefined = 0;
  for (const member of node.members) {
    const memberStart = startOf(lowering, member);
    const key = lowerKey(lowering, member.name);
    const value: Expression =
      member.initializer === undefined
        ? lowerImplicit(memberStart, member.end, next)
        : lowering.lowerExpression(member.initializer);
    const number = readNumber(value);
    next = number === undefined ? undefined : number + 1;
    properties.push({ kind: 'value', start: memberStart, end: member.end, key, value });
  }
  return {
    kind: 'let',
    start,
    end: node.end,
    const: true,
    pattern: { kind: 'name', start: nameStart, end: node.name.end, name: node.name.text },
    value: { kind: 'object', start: node.name.end, end: node.end, properties: complete(properties) },
  };
}

/** A member without an initial value counts on from the one before it, where that one is a written number. */
function lowerImplicit(start: number, end: number, value: number | undefined): Expression {
  return value === undefined ? opaque(start, end, 'enum', none) : { kind: 'literal', start, end, value };
}

function readNumber(value: Expression): number | undefined {
  if (value.kind === 'literal') return typeof value.value === 'number' ? value.value : undefined;
  if (value.kind !== 'unary' || value.operator !== '-') return undefined;
  const operand = readNumber(value.operand);
  return operand === undefined ? undefined : -operand;
}
