import type { Expression, LiteralExpression, ObjectProperty, Pattern } from '../file-facts.js';
import type { FactsWriter } from './facts-writer.js';
import { expressionKind, patternKind, propertyKind, scalarKind } from './kinds.js';
import { writeTypes } from './write-type.js';

export function writeExpression(to: FactsWriter, expression: Expression): void {
  to.byte(expressionKind[expression.kind]);
  to.span(expression);
  switch (expression.kind) {
    case 'literal':
      writeScalar(to, expression);
      return;
    case 'template':
      to.flags(expression.tag !== undefined);
      to.count(expression.texts.length);
      for (const text of expression.texts) to.text(text);
      writeExpressions(to, expression.parts);
      if (expression.tag) writeExpression(to, expression.tag);
      return;
    case 'name':
      to.text(expression.name);
      return;
    case 'member':
      to.flags(expression.optional);
      writeExpression(to, expression.object);
      to.text(expression.property);
      return;
    case 'index':
      to.flags(expression.optional);
      writeExpression(to, expression.object);
      writeExpression(to, expression.key);
      return;
    case 'call':
      to.flags(expression.new, expression.optional, expression.typeArgs !== undefined);
      writeExpression(to, expression.callee);
      writeExpressions(to, expression.args);
      if (expression.typeArgs) writeTypes(to, expression.typeArgs);
      return;
    case 'function':
    case 'class':
      to.count(expression.id);
      return;
    case 'object':
      to.count(expression.properties.length);
      for (const property of expression.properties) writeProperty(to, property);
      return;
    case 'array':
    case 'sequence':
      writeExpressions(to, expression.items);
      return;
    case 'spread':
      writeExpression(to, expression.value);
      return;
    case 'binary':
    case 'logical':
      to.text(expression.operator);
      writeExpression(to, expression.left);
      writeExpression(to, expression.right);
      return;
    case 'unary':
      to.text(expression.operator);
      writeExpression(to, expression.operand);
      return;
    case 'conditional':
      writeExpression(to, expression.test);
      writeExpression(to, expression.whenTrue);
      writeExpression(to, expression.whenFalse);
      return;
    case 'assign':
      to.text(expression.operator);
      writePattern(to, expression.target);
      writeExpression(to, expression.value);
      return;
    case 'await':
      to.flags(expression.yield === true);
      writeExpression(to, expression.value);
      return;
    case 'this':
      to.flags(expression.super === true);
      return;
    case 'import':
      writeExpression(to, expression.source);
      return;
    case 'opaque':
      to.text(expression.what);
      writeExpressions(to, expression.parts);
      return;
  }
}

export function writeExpressions(to: FactsWriter, expressions: readonly Expression[]): void {
  to.count(expressions.length);
  for (const expression of expressions) writeExpression(to, expression);
}

export function writeOptional(to: FactsWriter, expression: Expression | undefined): void {
  to.flags(expression !== undefined);
  if (expression) writeExpression(to, expression);
}

export function writePattern(to: FactsWriter, pattern: Pattern): void {
  to.byte(patternKind[pattern.kind]);
  to.span(pattern);
  switch (pattern.kind) {
    case 'name':
      to.text(pattern.name);
      return;
    case 'object':
      to.count(pattern.properties.length);
      for (const { key, value } of pattern.properties) {
        writeKey(to, key);
        writePattern(to, value);
      }
      writeOptionalPattern(to, pattern.rest);
      return;
    case 'array':
      to.count(pattern.items.length);
      for (const item of pattern.items) writeOptionalPattern(to, item ?? undefined);
      writeOptionalPattern(to, pattern.rest);
      return;
    case 'default':
      writePattern(to, pattern.target);
      writeExpression(to, pattern.value);
      return;
    case 'target':
      writeExpression(to, pattern.target);
      return;
  }
}

export function writeOptionalPattern(to: FactsWriter, pattern: Pattern | undefined): void {
  to.flags(pattern !== undefined);
  if (pattern) writePattern(to, pattern);
}

function writeProperty(to: FactsWriter, property: ObjectProperty): void {
  to.byte(propertyKind[property.kind]);
  to.span(property);
  if (property.kind !== 'spread') writeKey(to, property.key);
  writeExpression(to, property.value);
}

function writeKey(to: FactsWriter, key: string | Expression): void {
  to.flags(typeof key !== 'string');
  if (typeof key === 'string') to.text(key);
  else writeExpression(to, key);
}

/** The largest number that is written as a whole one: ports, sizes, times. Larger ones are words, as words are not kept on disk, and keys may be numbers. */
const largestWhole = 0xffff;

function writeScalar(to: FactsWriter, { value, type }: LiteralExpression): void {
  if (typeof value === 'string') {
    to.byte(type === undefined ? scalarKind.text : scalarKind[type]);
    to.text(value);
  } else if (typeof value === 'number') {
    const isWhole = Number.isInteger(value) && value >= 0 && value <= largestWhole && !Object.is(value, -0);
    to.byte(isWhole ? scalarKind.whole : scalarKind.number);
    if (isWhole) to.count(value);
    else to.text(Object.is(value, -0) ? '-0' : String(value));
  } else to.byte(value === null ? scalarKind.null : value ? scalarKind.true : scalarKind.false);
}
