import type { Statement } from '../file-facts.js';
import type { FactsWriter } from './facts-writer.js';
import { loops, statementKind } from './kinds.js';
import { writeExpression, writeOptional, writeOptionalPattern, writePattern } from './write-expression.js';
import { writeType } from './write-type.js';

export function writeStatements(to: FactsWriter, statements: readonly Statement[]): void {
  to.count(statements.length);
  for (const statement of statements) writeStatement(to, statement);
}

function writeStatement(to: FactsWriter, statement: Statement): void {
  to.byte(statementKind[statement.kind]);
  to.span(statement);
  switch (statement.kind) {
    case 'let': {
      const { type, value } = statement;
      to.flags(statement.const, statement.var === true, type !== undefined, value !== undefined);
      writePattern(to, statement.pattern);
      if (type) writeType(to, type);
      if (value) writeExpression(to, value);
      return;
    }
    case 'expression':
    case 'throw':
      writeExpression(to, statement.value);
      return;
    case 'return':
      writeOptional(to, statement.value);
      return;
    case 'if':
      writeExpression(to, statement.test);
      writeStatements(to, statement.whenTrue);
      writeStatements(to, statement.whenFalse);
      return;
    case 'loop':
      to.byte(loops.indexOf(statement.loop));
      to.flags(statement.await);
      writeStatements(to, statement.init);
      writeOptional(to, statement.test);
      writeOptional(to, statement.update);
      writeOptionalPattern(to, statement.each);
      writeOptional(to, statement.over);
      writeStatements(to, statement.body);
      return;
    case 'try':
      to.flags(statement.handler !== undefined, statement.finalizer !== undefined);
      writeStatements(to, statement.block);
      writeOptionalPattern(to, statement.parameter);
      if (statement.handler) writeStatements(to, statement.handler);
      if (statement.finalizer) writeStatements(to, statement.finalizer);
      return;
    case 'switch':
      writeExpression(to, statement.subject);
      to.count(statement.cases.length);
      for (const { test, body } of statement.cases) {
        writeOptional(to, test);
        writeStatements(to, body);
      }
      return;
    case 'block':
      writeLabel(to, statement.label);
      writeStatements(to, statement.body);
      return;
    case 'function':
    case 'class':
      to.text(statement.name);
      to.count(statement.id);
      return;
    case 'break':
    case 'continue':
      writeLabel(to, statement.label);
      return;
  }
}

function writeLabel(to: FactsWriter, label: string | undefined): void {
  to.flags(label !== undefined);
  if (label !== undefined) to.text(label);
}
