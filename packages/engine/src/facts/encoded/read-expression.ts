import type {
  AssignExpression,
  Expression,
  LiteralExpression,
  ObjectProperty,
  Pattern,
  PatternProperty,
} from '../file-facts.js';
import type { Draft } from '../lowering.js';
import type { FactsReader } from './facts-reader.js';
import { expressionKind, patternKind, propertyKind, scalarKind } from './kinds.js';
import { readTypes } from './read-type.js';

type Of<Kind extends Expression['kind']> = Draft<Extract<Expression, { kind: Kind }>>;

export function readExpression(from: FactsReader): Expression {
  const kind = from.byte();
  from.span();
  const { start, end } = from;
  switch (kind) {
    case expressionKind.literal:
      return readLiteral(from, start, end);
    case expressionKind.template: {
      const hasTag = from.byte() === 1;
      const made: Of<'template'> = {
        kind: 'template',
        start,
        end,
        texts: from.list(readText),
        parts: readExpressions(from),
      };
      if (hasTag) made.tag = readExpression(from);
      return made;
    }
    case expressionKind.name:
      return { kind: 'name', start, end, name: from.text() };
    case expressionKind.member: {
      const optional = from.byte() === 1;
      const object = readExpression(from);
      return { kind: 'member', start, end, object, property: from.text(), optional };
    }
    case expressionKind.index: {
      const optional = from.byte() === 1;
      const object = readExpression(from);
      return { kind: 'index', start, end, object, key: readExpression(from), optional };
    }
    case expressionKind.call: {
      const flags = from.byte();
      const callee = readExpression(from);
      const args = readExpressions(from);
      const made: Of<'call'> = {
        kind: 'call',
        start,
        end,
        callee,
        args,
        new: (flags & 1) > 0,
        optional: (flags & 2) > 0,
      };
      if ((flags & 4) > 0) made.typeArgs = readTypes(from);
      return made;
    }
    case expressionKind.function:
      return { kind: 'function', start, end, id: from.count() };
    case expressionKind.class:
      return { kind: 'class', start, end, id: from.count() };
    case expressionKind.object:
      return { kind: 'object', start, end, properties: from.list(readProperty) };
    case expressionKind.array:
      return { kind: 'array', start, end, items: readExpressions(from) };
    case expressionKind.spread:
      return { kind: 'spread', start, end, value: readExpression(from) };
    case expressionKind.binary: {
      const operator = from.text();
      const left = readExpression(from);
      return { kind: 'binary', start, end, operator, left, right: readExpression(from) };
    }
    case expressionKind.logical: {
      const operator = from.text() as Of<'logical'>['operator'];
      const left = readExpression(from);
      return { kind: 'logical', start, end, operator, left, right: readExpression(from) };
    }
    case expressionKind.unary: {
      const operator = from.text();
      return { kind: 'unary', start, end, operator, operand: readExpression(from) };
    }
    case expressionKind.conditional: {
      const test = readExpression(from);
      const whenTrue = readExpression(from);
      return { kind: 'conditional', start, end, test, whenTrue, whenFalse: readExpression(from) };
    }
    case expressionKind.assign:
      return readAssignment(from, start, end);
    case expressionKind.await: {
      const isYield = from.byte() === 1;
      const made: Of<'await'> = { kind: 'await', start, end, value: readExpression(from) };
      if (isYield) made.yield = true;
      return made;
    }
    case expressionKind.this:
      return from.byte() === 1 ? { kind: 'this', start, end, super: true } : { kind: 'this', start, end };
    case expressionKind.sequence:
      return { kind: 'sequence', start, end, items: readExpressions(from) };
    case expressionKind.import:
      return { kind: 'import', start, end, source: readExpression(from) };
    default: {
      const what = from.text();
      return { kind: 'opaque', start, end, what, parts: readExpressions(from) };
    }
  }
}

export function readExpressions(from: FactsReader): readonly Expression[] {
  return from.list(readExpression);
}

export function readOptional(from: FactsReader): Expression | undefined {
  return from.byte() === 1 ? readExpression(from) : undefined;
}

export function readText(from: FactsReader): string {
  return from.text();
}

function readAssignment(from: FactsReader, start: number, end: number): AssignExpression {
  const operator = from.text();
  const target = readPattern(from);
  return { kind: 'assign', start, end, operator, target, value: readExpression(from) };
}

export function readPattern(from: FactsReader): Pattern {
  const kind = from.byte();
  from.span();
  const { start, end } = from;
  switch (kind) {
    case patternKind.name:
      return { kind: 'name', start, end, name: from.text() };
    case patternKind.object: {
      const made: Draft<Extract<Pattern, { kind: 'object' }>> = {
        kind: 'object',
        start,
        end,
        properties: from.list(readPatternProperty),
      };
      const rest = readOptionalPattern(from);
      if (rest) made.rest = rest;
      return made;
    }
    case patternKind.array: {
      const made: Draft<Extract<Pattern, { kind: 'array' }>> = {
        kind: 'array',
        start,
        end,
        items: from.list(readItem),
      };
      const rest = readOptionalPattern(from);
      if (rest) made.rest = rest;
      return made;
    }
    case patternKind.default: {
      const target = readPattern(from);
      return { kind: 'default', start, end, target, value: readExpression(from) };
    }
    default:
      return { kind: 'target', start, end, target: readExpression(from) };
  }
}

export function readOptionalPattern(from: FactsReader): Pattern | undefined {
  return from.byte() === 1 ? readPattern(from) : undefined;
}

function readItem(from: FactsReader): Pattern | null {
  return readOptionalPattern(from) ?? null;
}

function readPatternProperty(from: FactsReader): PatternProperty {
  const key = readKey(from);
  return { key, value: readPattern(from) };
}

function readProperty(from: FactsReader): ObjectProperty {
  const kind = from.byte();
  from.span();
  const { start, end } = from;
  if (kind === propertyKind.spread) return { kind: 'spread', start, end, value: readExpression(from) };
  const key = readKey(from);
  const value = readExpression(from);
  if (kind === propertyKind.value) return { kind: 'value', start, end, key, value };
  return {
    kind: kind === propertyKind.getter ? 'getter' : 'setter',
    start,
    end,
    key,
    value: value as Extract<Expression, { kind: 'function' }>,
  };
}

function readKey(from: FactsReader): string | Expression {
  return from.byte() === 0 ? from.text() : readExpression(from);
}

function readLiteral(from: FactsReader, start: number, end: number): LiteralExpression {
  const scalar = from.byte();
  switch (scalar) {
    case scalarKind.text:
      return { kind: 'literal', start, end, value: from.text() };
    case scalarKind.whole:
      return { kind: 'literal', start, end, value: from.count() };
    case scalarKind.number:
      return { kind: 'literal', start, end, value: Number(from.text()) };
    case scalarKind.true:
      return { kind: 'literal', start, end, value: true };
    case scalarKind.false:
      return { kind: 'literal', start, end, value: false };
    case scalarKind.null:
      return { kind: 'literal', start, end, value: null };
    default:
      return {
        kind: 'literal',
        start,
        end,
        value: from.text(),
        type: scalar === scalarKind.bigint ? 'bigint' : 'regex',
      };
  }
}
