import type {
  ClassFacts,
  DirectiveFact,
  ExportFact,
  FileFacts,
  FunctionFacts,
  MemberFacts,
  ParameterFacts,
  TypeMember,
} from '../file-facts.js';
import type { Dictionary } from './dictionary.js';
import type { EncodedFacts } from './encoded-facts.js';
import { FactsWriter } from './facts-writer.js';
import { directiveKinds, exportKinds, memberKinds } from './kinds.js';
import { writeExpression, writeExpressions, writePattern } from './write-expression.js';
import { writeStatements } from './write-statement.js';
import { writeType, writeTypes } from './write-type.js';

/** Encodes the facts of one file after the other, with one dictionary. */
export class FactsEncoder {
  /** What it writes into is used over and over. */
  readonly #writer: FactsWriter;

  constructor(dictionary: Dictionary) {
    this.#writer = new FactsWriter(dictionary);
  }

  encode(facts: FileFacts): EncodedFacts {
    const writer = this.#writer;
    writer.part(0, () => {
      writeOutside(writer, facts);
    });
    writer.part(0, () => {
      writeTypeDeclarations(writer, facts);
    });
    for (const item of facts.functions) {
      writer.part(item.start, () => {
        writeWithin(writer, item);
      });
    }
    return { path: facts.path, ...writer.take(facts.lineStarts) };
  }
}

/** Everything but types and what is within functions. */
function writeOutside(to: FactsWriter, facts: FileFacts): void {
  to.count(facts.imports.length);
  for (const item of facts.imports) {
    to.span(item);
    to.text(item.source);
    to.text(item.imported);
    to.text(item.local);
    to.flags(item.typeOnly);
  }
  writeTexts(to, facts.required);
  to.count(facts.exports.length);
  for (const item of facts.exports) writeExport(to, item);
  writeStatements(to, facts.body);
  to.count(facts.functions.length);
  for (const item of facts.functions) writeFunction(to, item);
  to.count(facts.classes.length);
  for (const item of facts.classes) writeClass(to, item);
  to.count(facts.directives.length);
  for (const item of facts.directives) writeDirective(to, item);
  writeTexts(to, facts.prologue);
  to.count(facts.errors.length);
  for (const item of facts.errors) {
    to.span(item);
    to.text(item.message);
  }
}

function writeTypeDeclarations(to: FactsWriter, facts: FileFacts): void {
  const types = Object.entries(facts.types);
  to.count(types.length);
  for (const [name, members] of types) {
    to.text(name);
    to.count(members.length);
    for (const member of members) writeTypeMember(to, member);
  }
}

function writeTexts(to: FactsWriter, texts: readonly string[]): void {
  to.count(texts.length);
  for (const text of texts) to.text(text);
}

function writeExport(to: FactsWriter, item: ExportFact): void {
  to.byte(exportKinds.indexOf(item.kind));
  to.span(item);
  switch (item.kind) {
    case 'local':
      to.text(item.exported);
      to.text(item.local);
      return;
    case 'from':
      to.text(item.exported);
      to.text(item.imported);
      to.text(item.source);
      return;
    case 'star':
      to.text(item.source);
      return;
    case 'expression':
      to.flags(item.exported === '=');
      writeExpression(to, item.value);
      return;
  }
}

/** What a function says where it stands. */
function writeFunction(to: FactsWriter, item: FunctionFacts): void {
  const { name, body, returnType } = item;
  to.span(item);
  to.flags(
    name !== undefined,
    body !== undefined,
    item.async,
    item.generator,
    item.arrow,
    returnType !== undefined,
    item.prologue.length > 0,
  );
  if (name !== undefined) to.text(name);
  if (item.prologue.length > 0) writeTexts(to, item.prologue);
}

/** What is within a function: its parameters, the type that it returns, and its body. */
function writeWithin(to: FactsWriter, { parameters, returnType, body }: FunctionFacts): void {
  to.count(parameters.length);
  for (const parameter of parameters) writeParameter(to, parameter);
  if (returnType) writeType(to, returnType);
  if (body) writeStatements(to, body);
}

function writeParameter(to: FactsWriter, item: ParameterFacts): void {
  const { type, defaultValue } = item;
  to.span(item);
  to.flags(type !== undefined, defaultValue !== undefined, item.rest, item.optional, item.field);
  writePattern(to, item.pattern);
  if (type) writeType(to, type);
  if (defaultValue) writeExpression(to, defaultValue);
  writeExpressions(to, item.decorators);
}

function writeClass(to: FactsWriter, item: ClassFacts): void {
  const { name, superClass } = item;
  to.span(item);
  to.flags(name !== undefined, superClass !== undefined, item.abstract);
  if (name !== undefined) to.text(name);
  if (superClass) writeExpression(to, superClass);
  writeTypes(to, item.superTypeArguments);
  writeTypes(to, item.implements);
  writeExpressions(to, item.decorators);
  to.count(item.members.length);
  for (const member of item.members) writeMember(to, member);
}

function writeMember(to: FactsWriter, item: MemberFacts): void {
  const { type, value } = item;
  to.span(item);
  to.byte(memberKinds.indexOf(item.kind));
  to.flags(item.static, item.function !== undefined, value !== undefined, type !== undefined);
  to.text(item.name);
  if (item.function !== undefined) to.count(item.function);
  if (value) writeExpression(to, value);
  if (type) writeType(to, type);
  writeExpressions(to, item.decorators);
}

function writeTypeMember(to: FactsWriter, { name, type, optional }: TypeMember): void {
  to.text(name);
  to.flags(optional, type !== undefined);
  if (type) writeType(to, type);
}

function writeDirective(to: FactsWriter, item: DirectiveFact): void {
  to.span(item);
  to.byte(directiveKinds.indexOf(item.kind));
  writeTexts(to, item.rules);
  to.flags(item.reason !== undefined);
  if (item.reason !== undefined) to.text(item.reason);
}
