import type {
  ClassFacts,
  DirectiveFact,
  ExportFact,
  FileFacts,
  FunctionFacts,
  ImportFact,
  MemberFacts,
  ParameterFacts,
  Statement,
  SyntaxErrorFact,
  TypeMember,
  TypeReference,
} from '../file-facts.js';
import { none, type Draft } from '../lowering.js';
import type { EncodedFacts } from './encoded-facts.js';
import { firstFunctionPart, outsidePart, typesPart } from './encoded-facts.js';
import { EncodedParts } from './encoded-parts.js';
import type { FactsReader } from './facts-reader.js';
import { FactsReading } from './facts-reading.js';
import { directiveKinds, exportKinds, memberKinds } from './kinds.js';
import { readExpression, readExpressions, readPattern, readText } from './read-expression.js';
import { readStatements } from './read-statement.js';
import { readType, readTypes } from './read-type.js';

/** The facts again, each part as soon as it is asked for: most functions of a project never are. */
export function decodeFacts(encoded: EncodedFacts): DecodedFacts {
  return new DecodedFacts(encoded);
}

export class DecodedFacts implements FileFacts {
  readonly path: string;
  readonly imports: FileFacts['imports'];
  readonly required: FileFacts['required'];
  readonly exports: FileFacts['exports'];
  readonly body: FileFacts['body'];
  readonly functions: readonly DecodedFunction[];
  readonly classes: FileFacts['classes'];
  readonly directives: FileFacts['directives'];
  readonly prologue: FileFacts['prologue'];
  readonly errors: FileFacts['errors'];
  private readonly parts: EncodedParts;
  private readLines: FileFacts['lineStarts'] | undefined;
  private readTypes: FileFacts['types'] | undefined;

  constructor(encoded: EncodedFacts) {
    const parts = new EncodedParts(encoded);
    const outside = parts.reader(outsidePart, 0);
    let part = firstFunctionPart;
    this.path = encoded.path;
    this.imports = outside.list(readImport);
    this.required = outside.list(readText);
    this.exports = outside.list(readExport);
    this.body = readStatements(outside);
    this.functions = outside.list((from) => readFunction(from, parts, part++));
    this.classes = outside.list(readClass);
    this.directives = outside.list(readDirective);
    this.prologue = outside.list(readText);
    this.errors = outside.list(readError);
    this.parts = parts;
  }

  get lineStarts(): FileFacts['lineStarts'] {
    return (this.readLines ??= this.parts.lineStarts());
  }

  get types(): FileFacts['types'] {
    return (this.readTypes ??= Object.fromEntries(this.parts.reader(typesPart, 0).list(readNamedType)));
  }

  mentioning(pattern: RegExp): ReadonlySet<number> {
    const functions = this.parts.mentioning(pattern).filter((part) => part >= firstFunctionPart);
    return new Set(functions.map((part) => part - firstFunctionPart));
  }

  /** What has been read. */
  get reading(): FactsReading {
    return new FactsReading(this.parts, this.functions, this.readTypes !== undefined);
  }
}

/** What is within a function, as far as it has been read. */
interface Within {
  readonly parameters: readonly ParameterFacts[];
  readonly returnType: TypeReference | undefined;
  /** Stands before the body, until that is read. */
  rest: FactsReader | undefined;
  body: readonly Statement[] | undefined;
}

/** What a function says in one byte. */
const functionFlags = { named: 1, body: 2, async: 4, generator: 8, arrow: 16, returnType: 32, prologue: 64 };

/** Most of the functions of a project are never read: there are many of these, so they hold little. */
class DecodedFunction implements FunctionFacts {
  readonly name?: string;
  private within: Within | undefined = undefined;

  constructor(
    readonly start: number,
    readonly end: number,
    name: string | undefined,
    readonly prologue: readonly string[],
    private readonly flags: number,
    private readonly parts: EncodedParts,
    private readonly part: number,
  ) {
    // The same form for all of them, so that those who read them meet one.
    this.name = name as string;
  }

  /** Whether anything within it has been. */
  get isRead(): boolean {
    return this.within !== undefined;
  }

  get async(): boolean {
    return (this.flags & functionFlags.async) > 0;
  }

  get generator(): boolean {
    return (this.flags & functionFlags.generator) > 0;
  }

  get arrow(): boolean {
    return (this.flags & functionFlags.arrow) > 0;
  }

  get parameters(): readonly ParameterFacts[] {
    return (this.within ??= this.readWithin()).parameters;
  }

  get returnType(): TypeReference | undefined {
    return (this.within ??= this.readWithin()).returnType;
  }

  get body(): readonly Statement[] | undefined {
    const within = (this.within ??= this.readWithin());
    if (within.rest) {
      within.body = readStatements(within.rest);
      within.rest = undefined;
    }
    return within.body;
  }

  private readWithin(): Within {
    const { flags } = this;
    const reader = this.parts.reader(this.part, this.start);
    const parameters = reader.list(readParameter);
    const returnType = (flags & functionFlags.returnType) > 0 ? readType(reader) : undefined;
    return { parameters, returnType, rest: (flags & functionFlags.body) > 0 ? reader : undefined, body: undefined };
  }
}

function readFunction(from: FactsReader, parts: EncodedParts, part: number): DecodedFunction {
  from.span();
  const { start, end } = from;
  const flags = from.byte();
  const name = (flags & functionFlags.named) > 0 ? from.text() : undefined;
  const prologue = (flags & functionFlags.prologue) > 0 ? from.list(readText) : none;
  return new DecodedFunction(start, end, name, prologue, flags, parts, part);
}

function readImport(from: FactsReader): ImportFact {
  from.span();
  const { start, end } = from;
  const source = from.text();
  const imported = from.text();
  return { start, end, source, imported, local: from.text(), typeOnly: from.byte() === 1 };
}

function readExport(from: FactsReader): ExportFact {
  const kind = exportKinds[from.byte()];
  from.span();
  const { start, end } = from;
  switch (kind) {
    case 'local': {
      const exported = from.text();
      return { kind, start, end, exported, local: from.text() };
    }
    case 'from': {
      const exported = from.text();
      const imported = from.text();
      return { kind, start, end, exported, imported, source: from.text() };
    }
    case 'expression':
      return { kind, start, end, exported: from.byte() === 1 ? '=' : 'default', value: readExpression(from) };
    default:
      return { kind: 'star', start, end, source: from.text() };
  }
}

function readParameter(from: FactsReader): ParameterFacts {
  from.span();
  const { start, end } = from;
  const flags = from.byte();
  const pattern = readPattern(from);
  const type = (flags & 1) > 0 ? readType(from) : undefined;
  const defaultValue = (flags & 2) > 0 ? readExpression(from) : undefined;
  const made: Draft<ParameterFacts> = {
    start,
    end,
    decorators: readExpressions(from),
    pattern,
    rest: (flags & 4) > 0,
    optional: (flags & 8) > 0,
    field: (flags & 16) > 0,
  };
  if (type) made.type = type;
  if (defaultValue) made.defaultValue = defaultValue;
  return made;
}

function readClass(from: FactsReader): ClassFacts {
  from.span();
  const { start, end } = from;
  const flags = from.byte();
  const name = (flags & 1) > 0 ? from.text() : undefined;
  const superClass = (flags & 2) > 0 ? readExpression(from) : undefined;
  const made: Draft<ClassFacts> = {
    start,
    end,
    superTypeArguments: readTypes(from),
    implements: readTypes(from),
    decorators: readExpressions(from),
    abstract: (flags & 4) > 0,
    members: from.list(readMember),
  };
  if (name !== undefined) made.name = name;
  if (superClass) made.superClass = superClass;
  return made;
}

function readMember(from: FactsReader): MemberFacts {
  from.span();
  const { start, end } = from;
  const kind = memberKinds[from.byte()] ?? 'field';
  const flags = from.byte();
  const name = from.text();
  const id = (flags & 2) > 0 ? from.count() : undefined;
  const value = (flags & 4) > 0 ? readExpression(from) : undefined;
  const type = (flags & 8) > 0 ? readType(from) : undefined;
  const made: Draft<MemberFacts> = {
    start,
    end,
    name,
    kind,
    static: (flags & 1) > 0,
    decorators: readExpressions(from),
  };
  if (id !== undefined) made.function = id;
  if (value) made.value = value;
  if (type) made.type = type;
  return made;
}

function readNamedType(from: FactsReader): readonly [string, readonly TypeMember[]] {
  const name = from.text();
  return [name, from.list(readTypeMember)];
}

function readTypeMember(from: FactsReader): TypeMember {
  const name = from.text();
  const flags = from.byte();
  const optional = (flags & 1) > 0;
  return (flags & 2) > 0 ? { name, type: readType(from), optional } : { name, optional };
}

function readDirective(from: FactsReader): DirectiveFact {
  from.span();
  const { start, end } = from;
  const kind = directiveKinds[from.byte()] ?? 'disable';
  const rules = from.list(readText);
  return from.byte() === 1 ? { start, end, kind, rules, reason: from.text() } : { start, end, kind, rules };
}

function readError(from: FactsReader): SyntaxErrorFact {
  from.span();
  const { start, end } = from;
  return { start, end, message: from.text() };
}
