import type { Statement, SwitchCase } from '../file-facts.js';
import type { Draft } from '../lowering.js';
import type { FactsReader } from './facts-reader.js';
import { loops, statementKind } from './kinds.js';
import { readExpression, readOptional, readOptionalPattern, readPattern } from './read-expression.js';
import { readType } from './read-type.js';

type Of<Kind extends Statement['kind']> = Draft<Extract<Statement, { kind: Kind }>>;

export function readStatements(from: FactsReader): readonly Statement[] {
  return from.list(readStatement);
}

function readStatement(from: FactsReader): Statement {
  const kind = from.byte();
  from.span();
  const { start, end } = from;
  switch (kind) {
    case statementKind.let: {
      const flags = from.byte();
      const made: Of<'let'> = { kind: 'let', start, end, const: (flags & 1) > 0, pattern: readPattern(from) };
      if ((flags & 2) > 0) made.var = true;
      if ((flags & 4) > 0) made.type = readType(from);
      if ((flags & 8) > 0) made.value = readExpression(from);
      return made;
    }
    case statementKind.expression:
      return { kind: 'expression', start, end, value: readExpression(from) };
    case statementKind.return: {
      const value = readOptional(from);
      return value ? { kind: 'return', start, end, value } : { kind: 'return', start, end };
    }
    case statementKind.throw:
      return { kind: 'throw', start, end, value: readExpression(from) };
    case statementKind.if: {
      const test = readExpression(from);
      const whenTrue = readStatements(from);
      return { kind: 'if', start, end, test, whenTrue, whenFalse: readStatements(from) };
    }
    case statementKind.loop:
      return readLoop(from, start, end);
    case statementKind.try:
      return readTry(from, start, end);
    case statementKind.switch: {
      const subject = readExpression(from);
      return { kind: 'switch', start, end, subject, cases: from.list(readCase) };
    }
    case statementKind.block: {
      const label = readLabel(from);
      const body = readStatements(from);
      return label === undefined ? { kind: 'block', start, end, body } : { kind: 'block', start, end, label, body };
    }
    case statementKind.function: {
      const name = from.text();
      return { kind: 'function', start, end, name, id: from.count() };
    }
    case statementKind.class: {
      const name = from.text();
      return { kind: 'class', start, end, name, id: from.count() };
    }
    default: {
      const label = readLabel(from);
      const jump = kind === statementKind.break ? 'break' : 'continue';
      return label === undefined ? { kind: jump, start, end } : { kind: jump, start, end, label };
    }
  }
}

function readLoop(from: FactsReader, start: number, end: number): Statement {
  const loop = loops[from.byte()] ?? 'for';
  const isAwaited = from.byte() === 1;
  const init = readStatements(from);
  const test = readOptional(from);
  const update = readOptional(from);
  const each = readOptionalPattern(from);
  const over = readOptional(from);
  const made: Of<'loop'> = { kind: 'loop', start, end, loop, init, await: isAwaited, body: readStatements(from) };
  if (test) made.test = test;
  if (update) made.update = update;
  if (each) made.each = each;
  if (over) made.over = over;
  return made;
}

function readTry(from: FactsReader, start: number, end: number): Statement {
  const flags = from.byte();
  const made: Of<'try'> = { kind: 'try', start, end, block: readStatements(from) };
  const parameter = readOptionalPattern(from);
  if (parameter) made.parameter = parameter;
  if ((flags & 1) > 0) made.handler = readStatements(from);
  if ((flags & 2) > 0) made.finalizer = readStatements(from);
  return made;
}

function readCase(from: FactsReader): SwitchCase {
  const test = readOptional(from);
  const body = readStatements(from);
  return test ? { test, body } : { body };
}

function readLabel(from: FactsReader): string | undefined {
  return from.byte() === 1 ? from.text() : undefined;
}
