import type {
  CallExpression,
  ClassFacts,
  Expression,
  FileFacts,
  FunctionFacts,
  Pattern,
  Span,
  Statement,
} from '../facts/file-facts.js';

/** What the naming of a text asks of the linked program. */
export interface NamingHelp {
  /** Whether the call's result is its argument in another form, so that the result's name is the argument's. */
  converts(call: CallExpression): boolean;
  /** The name of a parameter of what is called, if it is a function of the project. */
  parameterOf(callee: Expression, index: number): string | undefined;
}

type Names = readonly string[];
const nameless: Names = [];

/**
 * How the project names a text that is written down: after the variable, property or parameter that holds it, as
 * `signingKey`, `jwtConstants.secret`. `undefined` where nothing does.
 */
export function nameOfText(file: FileFacts, text: Span, help: NamingHelp): string | undefined {
  const names = new TextNaming(file, text, help).find();
  return names && names.length > 0 ? names.join('.') : undefined;
}

/** Walks down to the text and keeps the names on the way; a search gives `undefined` where the text is not within. */
class TextNaming {
  constructor(
    readonly file: FileFacts,
    readonly text: Span,
    readonly help: NamingHelp,
  ) {}

  find(): Names | undefined {
    const inBody = this.#statements(this.file.body, undefined);
    if (inBody) return inBody;
    for (const item of this.file.exports) {
      if (item.kind === 'expression' && this.#holds(item.value)) return this.#expression(item.value, nameless);
    }
    return undefined;
  }

  #holds(span: Span): boolean {
    return span.start <= this.text.start && this.text.end <= span.end;
  }

  #statements(statements: readonly Statement[], owner: string | undefined): Names | undefined {
    for (const statement of statements) {
      // A class begins behind its decorators.
      const found =
        this.#holds(statement) || statement.kind === 'class' ? this.#statement(statement, owner) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** @param owner The function that a `return` gives its value to. */
  #statement(statement: Statement, owner: string | undefined): Names | undefined {
    switch (statement.kind) {
      case 'let':
        return (
          this.#pattern(statement.pattern) ??
          this.#within(statement.value, statement.pattern.kind === 'name' ? [statement.pattern.name] : nameless)
        );
      case 'expression':
      case 'throw':
        return this.#within(statement.value, nameless);
      case 'return':
        return this.#within(
          statement.value,
          owner === undefined || statement.value?.kind === 'object' ? nameless : [`${owner}()`],
        );
      case 'if':
        return (
          this.#within(statement.test, nameless) ??
          this.#statements([...statement.whenTrue, ...statement.whenFalse], owner)
        );
      case 'loop':
        return (
          this.#within(statement.test, nameless) ??
          this.#within(statement.update, nameless) ??
          this.#within(statement.over, nameless) ??
          this.#statements([...statement.init, ...statement.body], owner)
        );
      case 'try':
        return this.#statements(
          [...statement.block, ...(statement.handler ?? []), ...(statement.finalizer ?? [])],
          owner,
        );
      case 'switch':
        return (
          this.#within(statement.subject, nameless) ??
          this.#statements(
            statement.cases.flatMap((item) => item.body),
            owner,
          )
        );
      case 'block':
        return this.#statements(statement.body, owner);
      case 'function':
        return this.#function(this.file.functions[statement.id]);
      case 'class':
        return this.#class(this.file.classes[statement.id]);
      default:
        return undefined;
    }
  }

  #within(expression: Expression | undefined, names: Names): Names | undefined {
    return expression && this.#holds(expression) ? this.#expression(expression, names) : undefined;
  }

  #first(expressions: Iterable<Expression>, names: Names): Names | undefined {
    for (const expression of expressions) if (this.#holds(expression)) return this.#expression(expression, names);
    return undefined;
  }

  /** @param names What the expression's value is called. */
  #expression(expression: Expression, names: Names): Names | undefined {
    switch (expression.kind) {
      case 'object':
        for (const property of expression.properties) {
          if (!this.#holds(property)) continue;
          return this.#within(
            property.value,
            property.kind !== 'spread' && typeof property.key === 'string' ? [...names, property.key] : names,
          );
        }
        return names;
      case 'array': {
        const item = expression.items.find((candidate) => this.#holds(candidate));
        return item ? this.#expression(item, item.kind === 'object' ? nameless : names) : names;
      }
      case 'call':
        return this.#call(expression, names);
      case 'function':
        return this.#function(this.file.functions[expression.id]);
      case 'class':
        return this.#class(this.file.classes[expression.id]);
      case 'assign':
        return this.#pattern(expression.target) ?? this.#within(expression.value, namesOfTarget(expression.target));
      case 'template':
        return this.#first(expression.parts, names) ?? names;
      case 'conditional':
        return (
          this.#within(expression.test, nameless) ?? this.#first([expression.whenTrue, expression.whenFalse], names)
        );
      case 'logical':
        return this.#first([expression.left, expression.right], names);
      case 'binary':
        return expression.operator === '+'
          ? (this.#first([expression.left, expression.right], names) ?? names)
          : nameless;
      case 'await':
      case 'spread':
        return this.#expression(expression.value, names);
      case 'sequence':
        return this.#first(expression.items, names);
      case 'member':
      case 'index':
        return this.#within(expression.object, names) ?? nameless;
      default:
        return expression.kind === 'literal' ? names : nameless;
    }
  }

  #call(call: CallExpression, names: Names): Names | undefined {
    const { callee, args } = call;
    // A method of the text itself, or of what is made of it.
    if (this.#holds(callee)) return this.#expression(callee, names);
    const index = args.findIndex((argument) => this.#holds(argument));
    const argument = args[index];
    if (!argument) return names;
    const ofObject = callee.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'Object';
    if (ofObject || this.help.converts(call)) return this.#expression(argument, names);
    const isPlain =
      argument.kind === 'literal' ||
      argument.kind === 'template' ||
      argument.kind === 'logical' ||
      argument.kind === 'call';
    const parameter = isPlain ? this.help.parameterOf(callee, index) : undefined;
    return this.#expression(argument, parameter === undefined ? nameless : [parameter]);
  }

  #function(facts: FunctionFacts | undefined): Names | undefined {
    for (const { defaultValue, pattern } of facts?.parameters ?? []) {
      const found =
        this.#pattern(pattern) ?? this.#within(defaultValue, pattern.kind === 'name' ? [pattern.name] : nameless);
      if (found) return found;
    }
    return this.#statements(facts?.body ?? [], facts?.name);
  }

  #class(facts: ClassFacts | undefined): Names | undefined {
    for (const member of facts?.members ?? []) {
      const found =
        this.#first(member.decorators, nameless) ??
        (member.function === undefined
          ? this.#within(member.value, facts?.name === undefined ? [member.name] : [facts.name, member.name])
          : this.#holds(member)
            ? this.#function(this.file.functions[member.function])
            : undefined);
      if (found) return found;
    }
    return this.#first(facts?.decorators ?? [], nameless);
  }

  /** `{ secret = 'text' }`. */
  #pattern(pattern: Pattern): Names | undefined {
    if (!this.#holds(pattern)) return undefined;
    switch (pattern.kind) {
      case 'default':
        return (
          this.#pattern(pattern.target) ??
          this.#within(pattern.value, pattern.target.kind === 'name' ? [pattern.target.name] : nameless)
        );
      case 'object':
        for (const { value } of pattern.properties) {
          const found = this.#pattern(value);
          if (found) return found;
        }
        return undefined;
      case 'array':
        for (const item of pattern.items) {
          const found = item && this.#pattern(item);
          if (found) return found;
        }
        return undefined;
      default:
        return undefined;
    }
  }
}

/** `config.secret = 'text'`, `exports.secret = 'text'`. */
function namesOfTarget(pattern: Pattern): Names {
  if (pattern.kind === 'name') return [pattern.name];
  return pattern.kind === 'target' ? namesOfMember(pattern.target) : nameless;
}

function namesOfMember(expression: Expression): Names {
  if (expression.kind === 'name')
    return expression.name === 'exports' || expression.name === 'module' ? nameless : [expression.name];
  if (expression.kind !== 'member') return nameless;
  const isExports =
    expression.object.kind === 'name' && expression.object.name === 'module' && expression.property === 'exports';
  return isExports ? nameless : [...namesOfMember(expression.object), expression.property];
}
