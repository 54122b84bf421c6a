import type { Expression, FileFacts, Pattern, Statement } from '../../facts/file-facts.js';

/** Visits every expression of these statements, the outer before the inner. Functions and classes are not entered. */
export function visitExpressions(statements: readonly Statement[], visit: (expression: Expression) => void): void {
  for (const statement of statements) {
    for (const expression of expressionsOf(statement)) visitWithin(expression, visit);
    for (const block of blocksOf(statement)) visitExpressions(block, visit);
  }
}

/** Visits an expression and all within it. */
export function visitWithin(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) visitWithin(part, visit);
}

/** Visits every statement, nested ones too. Functions are not entered. */
export function visitStatements(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    for (const block of blocksOf(statement)) visitStatements(block, visit);
  }
}

/** Visits every expression of a file; `functionId` is the function that it stands in, undefined at the top level. */
export function visitFile(
  facts: FileFacts,
  visit: (expression: Expression, functionId: number | undefined) => void,
): void {
  const atTop = (expression: Expression): void => {
    visit(expression, undefined);
  };
  visitExpressions(facts.body, atTop);
  for (const entry of facts.exports) if (entry.kind === 'expression') visitWithin(entry.value, atTop);
  for (const { members } of facts.classes) {
    for (const { value } of members) if (value) visitWithin(value, atTop);
  }
  facts.functions.forEach((fn, id) => {
    visitExpressions(fn.body ?? [], (expression) => {
      visit(expression, id);
    });
  });
}

function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'let':
      return [...valuesOf(statement.pattern), ...some(statement.value)];
    case 'expression':
    case 'throw':
      return [statement.value];
    case 'return':
      return some(statement.value);
    case 'if':
      return [statement.test];
    case 'loop':
      return [...some(statement.test), ...some(statement.update), ...some(statement.over)];
    case 'switch':
      return [statement.subject, ...statement.cases.flatMap((each) => some(each.test))];
    default:
      return [];
  }
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [statement.whenTrue, statement.whenFalse];
    case 'loop':
      return [statement.init, statement.body];
    case 'try':
      return [statement.block, statement.handler ?? [], statement.finalizer ?? []];
    case 'switch':
      return statement.cases.map((each) => each.body);
    case 'block':
      return [statement.body];
    default:
      return [];
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'template':
      return [...some(expression.tag), ...expression.parts];
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.key];
    case 'call':
      return [expression.callee, ...expression.args];
    case 'object':
      return expression.properties.flatMap((property) =>
        property.kind !== 'spread' && typeof property.key !== 'string'
          ? [property.key, property.value]
          : [property.value],
      );
    case 'array':
    case 'sequence':
      return expression.items;
    case 'spread':
    case 'await':
      return [expression.value];
    case 'binary':
    case 'logical':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'conditional':
      return [expression.test, expression.whenTrue, expression.whenFalse];
    case 'assign':
      return [...valuesOf(expression.target), expression.value];
    case 'import':
      return [expression.source];
    case 'opaque':
      return expression.parts;
    default:
      return [];
  }
}

function valuesOf(pattern: Pattern): readonly Expression[] {
  switch (pattern.kind) {
    case 'default':
      return [...valuesOf(pattern.target), pattern.value];
    case 'target':
      return [pattern.target];
    case 'object':
      return pattern.properties.flatMap((property) => valuesOf(property.value));
    case 'array':
      return pattern.items.flatMap((item) => (item ? valuesOf(item) : []));
    case 'name':
      return [];
  }
}

function some<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
