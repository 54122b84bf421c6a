import type { Expression, FileFacts, FunctionFacts, Pattern, Statement } from '../../facts/file-facts.js';

/** Visits every expression of these statements, the outer before the inner. Functions and classes are not entered. */
export function visitExpressions(statements: readonly Statement[], visit: (expression: Expression) => void): void {
  for (const statement of statements) visitExpressionsOf(statement, visit);
}

function visitExpressionsOf(statement: Statement, visit: (expression: Expression) => void): void {
  switch (statement.kind) {
    case 'let':
      visitPattern(statement.pattern, visit);
      visitWithin(statement.value, visit);
      return;
    case 'expression':
    case 'throw':
    case 'return':
      visitWithin(statement.value, visit);
      return;
    case 'if':
      visitWithin(statement.test, visit);
      break;
    case 'loop':
      visitWithin(statement.test, visit);
      visitWithin(statement.update, visit);
      visitWithin(statement.over, visit);
      break;
    case 'switch':
      visitWithin(statement.subject, visit);
      for (const each of statement.cases) visitWithin(each.test, visit);
      break;
    default:
  }
  for (const block of blocksOf(statement)) visitExpressions(block, visit);
}

/** Visits an expression and all within it. */
export function visitWithin(expression: Expression | undefined, visit: (expression: Expression) => void): void {
  if (expression === undefined) return;
  visit(expression);
  switch (expression.kind) {
    case 'template':
      visitWithin(expression.tag, visit);
      visitAll(expression.parts, visit);
      return;
    case 'member':
      visitWithin(expression.object, visit);
      return;
    case 'index':
      visitWithin(expression.object, visit);
      visitWithin(expression.key, visit);
      return;
    case 'call':
      visitWithin(expression.callee, visit);
      visitAll(expression.args, visit);
      return;
    case 'object':
      for (const property of expression.properties) {
        if (property.kind !== 'spread' && typeof property.key !== 'string') visitWithin(property.key, visit);
        visitWithin(property.value, visit);
      }
      return;
    case 'array':
    case 'sequence':
      visitAll(expression.items, visit);
      return;
    case 'spread':
    case 'await':
      visitWithin(expression.value, visit);
      return;
    case 'binary':
    case 'logical':
      visitWithin(expression.left, visit);
      visitWithin(expression.right, visit);
      return;
    case 'unary':
      visitWithin(expression.operand, visit);
      return;
    case 'conditional':
      visitWithin(expression.test, visit);
      visitWithin(expression.whenTrue, visit);
      visitWithin(expression.whenFalse, visit);
      return;
    case 'assign':
      visitPattern(expression.target, visit);
      visitWithin(expression.value, visit);
      return;
    case 'import':
      visitWithin(expression.source, visit);
      return;
    case 'opaque':
      visitAll(expression.parts, visit);
      return;
    default:
  }
}

function visitAll(expressions: readonly Expression[], visit: (expression: Expression) => void): void {
  for (const expression of expressions) visitWithin(expression, visit);
}

/** The expressions of a pattern: defaults, and what is assigned to. */
function visitPattern(pattern: Pattern, visit: (expression: Expression) => void): void {
  switch (pattern.kind) {
    case 'default':
      visitPattern(pattern.target, visit);
      visitWithin(pattern.value, visit);
      return;
    case 'target':
      visitWithin(pattern.target, visit);
      return;
    case 'object':
      for (const property of pattern.properties) visitPattern(property.value, visit);
      return;
    case 'array':
      for (const item of pattern.items) if (item) visitPattern(item, visit);
      return;
    default:
  }
}

/** Visits every statement, nested ones too. Functions are not entered. */
export function visitStatements(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    for (const block of blocksOf(statement)) visitStatements(block, visit);
  }
}

/** Visits every expression of a file that stands in no function. */
export function visitTopLevel(facts: FileFacts, visit: (expression: Expression) => void): void {
  visitExpressions(facts.body, visit);
  for (const entry of facts.exports) if (entry.kind === 'expression') visitWithin(entry.value, visit);
  for (const { members } of facts.classes) {
    for (const { value } of members) if (value) visitWithin(value, visit);
  }
}

/**
 * Visits every expression of a file; `functionId` is the function that it stands in, undefined at the top level.
 *
 * @param word Functions within which no such word stands are left out, where that is known without reading them.
 */
export function visitFile(
  facts: FileFacts,
  visit: (expression: Expression, functionId: number | undefined) => void,
  word?: RegExp,
): void {
  visitTopLevel(facts, (expression) => {
    visit(expression, undefined);
  });
  const within = word && facts.mentioning?.(word);
  if (within?.size === 0) return;
  facts.functions.forEach((fn, id) => {
    if (within && !within.has(id)) return;
    visitExpressions(fn.body ?? [], (expression) => {
      visit(expression, id);
    });
  });
}

/** A function and those that stand within it. */
export function allFunctions(file: FileFacts, fn: FunctionFacts): readonly FunctionFacts[] {
  const found = new Set([fn]);
  // The set grows while it is read.
  for (const each of found) {
    visitExpressions(each.body ?? [], (expression) => {
      const inner = expression.kind === 'function' ? file.functions[expression.id] : undefined;
      if (inner) found.add(inner);
    });
  }
  return [...found];
}

const noBlocks: readonly (readonly Statement[])[] = [];

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
      return noBlocks;
  }
}
