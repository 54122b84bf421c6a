/**
 * The lowered form of one file: what the language says, and nothing of what a library or a framework means by it.
 * All of it is data that stands for itself: `encoded/` keeps it as bytes, and reads a function when somebody asks for it.
 *
 * Offsets are UTF-16 code units from the start of the text after a byte order mark is removed; `end` is exclusive.
 * Parentheses, `as`, `satisfies`, `!` and type arguments of expressions other than calls leave no trace.
 */

export interface FileFacts {
  /** POSIX, relative to the analysed root. */
  readonly path: string;
  /** Offset of the first character of each line, ascending; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
  readonly imports: readonly ImportFact[];
  /** Literal specifiers of `require()` and `import()`, wherever they stand, each once. */
  readonly required: readonly string[];
  readonly exports: readonly ExportFact[];
  /** Top-level statements in order, imports and type declarations left out. */
  readonly body: readonly Statement[];
  /** Every function of the file; `FunctionExpression.id` and `FunctionStatement.id` are indexes into it. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  /** Interfaces and object type aliases by name, as far as their members are written out. */
  readonly types: Readonly<Record<string, readonly TypeMember[]>>;
  /** Comments that direct a linter: `eslint-disable…`, `eslint-enable`. */
  readonly directives: readonly DirectiveFact[];
  /** First lines of the file such as `'use strict'` and `'use server'`. */
  readonly prologue: readonly string[];
  readonly errors: readonly SyntaxErrorFact[];
  /** Functions within which a name or a text matches, by their indexes; there where that is known without reading them. */
  mentioning?(pattern: RegExp): ReadonlySet<number>;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SyntaxErrorFact extends Span {
  readonly message: string;
}

export interface DirectiveFact extends Span {
  readonly kind: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  /** Rule ids as written, empty for all rules. */
  readonly rules: readonly string[];
  /** The text behind ` -- `. */
  readonly reason?: string;
}

export interface ImportFact extends Span {
  readonly source: string;
  /** Name in the exporting module: `default`, `*` for a namespace, `=` for `import x = require()`, '' for a side effect. */
  readonly imported: string;
  /** Name in this module, '' for a side effect. */
  readonly local: string;
  readonly typeOnly: boolean;
}

/** Interfaces and type aliases are exported by name like values, and `export type { A }` like `export { A }`. */
export type ExportFact = Span &
  (
    | { readonly kind: 'local'; readonly exported: string; readonly local: string }
    | { readonly kind: 'from'; readonly exported: string; readonly imported: string; readonly source: string }
    | { readonly kind: 'star'; readonly source: string }
    /** `export default <expression>` (`exported` is `default`) and `export = <expression>` (`exported` is `=`). */
    | { readonly kind: 'expression'; readonly exported: 'default' | '='; readonly value: Expression }
  );

export interface TypeMember {
  readonly name: string;
  readonly type?: TypeReference;
  readonly optional: boolean;
}

/**
 * A type by name. Unions are `{ name: '|', args }`, intersections `{ name: '&', args }`, arrays `{ name: 'Array', args }`,
 * string literals `{ name: '"text"', args: [] }`, `typeof a.b` is `{ name: 'typeof a.b', args: [] }`, anything else that
 * has no name `{ name: '?', args: [] }`.
 */
export interface TypeReference {
  readonly name: string;
  readonly args: readonly TypeReference[];
}

/** Its span, and that of a class, begins behind the decorators. */
export interface FunctionFacts extends Span {
  /** As declared, or the name of the variable, property or method that it is the value of. */
  readonly name?: string;
  readonly parameters: readonly ParameterFacts[];
  /** `undefined` where there is none (overloads, abstract and ambient methods). An arrow's expression is one `return`. */
  readonly body?: readonly Statement[] | undefined;
  readonly async: boolean;
  readonly generator: boolean;
  /** Arrows keep the `this` of the function around them. */
  readonly arrow: boolean;
  readonly returnType?: TypeReference | undefined;
  /** First characters of the body that say more than code: `'use server'`. */
  readonly prologue: readonly string[];
}

export interface ParameterFacts extends Span {
  readonly pattern: Pattern;
  readonly type?: TypeReference;
  readonly defaultValue?: Expression;
  readonly rest: boolean;
  readonly optional: boolean;
  readonly decorators: readonly Expression[];
  /** `constructor(private readonly users: UserService)`: it is a field as well. */
  readonly field: boolean;
}

export interface ClassFacts extends Span {
  readonly name?: string;
  readonly superClass?: Expression;
  readonly superTypeArguments: readonly TypeReference[];
  readonly implements: readonly TypeReference[];
  readonly decorators: readonly Expression[];
  readonly abstract: boolean;
  readonly members: readonly MemberFacts[];
}

export interface MemberFacts extends Span {
  /**
   * Private names keep their `#`; a computed name that is not a literal is ''. So is that of `static { … }`: a static
   * field whose value is opaque, with the call of a function as its part.
   */
  readonly name: string;
  readonly kind: 'constructor' | 'method' | 'getter' | 'setter' | 'field';
  readonly static: boolean;
  /** Index into `FileFacts.functions`, for all but fields. */
  readonly function?: number;
  /** A field's initial value. */
  readonly value?: Expression;
  readonly type?: TypeReference;
  readonly decorators: readonly Expression[];
}

export type Pattern = Span &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'object'; readonly properties: readonly PatternProperty[]; readonly rest?: Pattern }
    | { readonly kind: 'array'; readonly items: readonly (Pattern | null)[]; readonly rest?: Pattern }
    /** `{ a = 1 }`, `[b = 2]`. */
    | { readonly kind: 'default'; readonly target: Pattern; readonly value: Expression }
    /** Assignment to something that is not a variable: `({ id: this.id } = row)`. */
    | { readonly kind: 'target'; readonly target: Expression }
  );

export interface PatternProperty {
  /** An expression where the key is computed. */
  readonly key: string | Expression;
  readonly value: Pattern;
}

export type Expression =
  | LiteralExpression
  | TemplateExpression
  | NameExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | FunctionExpression
  | ClassExpression
  | ObjectExpression
  | ArrayExpression
  | SpreadExpression
  | BinaryExpression
  | LogicalExpression
  | UnaryExpression
  | ConditionalExpression
  | AssignExpression
  | AwaitExpression
  | ThisExpression
  | SequenceExpression
  | ImportExpression
  | OpaqueExpression;

export interface LiteralExpression extends Span {
  readonly kind: 'literal';
  /**
   * A big integer is its decimal text with `type: 'bigint'`, a regular expression is as written, `/a/i`, with
   * `type: 'regex'`. Neighbouring strings of a sum are one: `'a' + 'b'` is `'ab'`.
   */
  readonly value: string | number | boolean | null;
  readonly type?: 'bigint' | 'regex';
}
/** `a${b}c`: `texts` has one more entry than `parts`. With a `tag` it is a call in disguise. A template without holes and tag is a literal. */
export interface TemplateExpression extends Span {
  readonly kind: 'template';
  readonly texts: readonly string[];
  readonly parts: readonly Expression[];
  readonly tag?: Expression;
}
/** `undefined` is a name like any other. */
export interface NameExpression extends Span {
  readonly kind: 'name';
  readonly name: string;
}
export interface MemberExpression extends Span {
  readonly kind: 'member';
  readonly object: Expression;
  /** Private names keep their `#`. */
  readonly property: string;
  readonly optional: boolean;
}
/** `a[b]`; a literal string key is a member instead. */
export interface IndexExpression extends Span {
  readonly kind: 'index';
  readonly object: Expression;
  readonly key: Expression;
  readonly optional: boolean;
}
export interface CallExpression extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Expression[];
  readonly new: boolean;
  readonly optional: boolean;
  readonly typeArgs?: readonly TypeReference[];
}
export interface FunctionExpression extends Span {
  readonly kind: 'function';
  readonly id: number;
}
export interface ClassExpression extends Span {
  readonly kind: 'class';
  readonly id: number;
}
export interface ObjectExpression extends Span {
  readonly kind: 'object';
  readonly properties: readonly ObjectProperty[];
}
export type ObjectProperty = Span &
  (
    | { readonly kind: 'value'; readonly key: string | Expression; readonly value: Expression }
    | { readonly kind: 'getter' | 'setter'; readonly key: string | Expression; readonly value: FunctionExpression }
    | { readonly kind: 'spread'; readonly value: Expression }
  );
export interface ArrayExpression extends Span {
  readonly kind: 'array';
  /** Holes are left out. */
  readonly items: readonly Expression[];
}
export interface SpreadExpression extends Span {
  readonly kind: 'spread';
  readonly value: Expression;
}
export interface BinaryExpression extends Span {
  readonly kind: 'binary';
  /** `===`, `!==`, `==`, `!=`, `<`, `+`, `in`, `instanceof`, … as written. */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface LogicalExpression extends Span {
  readonly kind: 'logical';
  readonly operator: '&&' | '||' | '??';
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryExpression extends Span {
  readonly kind: 'unary';
  /** `!`, `-`, `+`, `~`, `typeof`, `void`, `delete`, `++`, `--`. */
  readonly operator: string;
  readonly operand: Expression;
}
export interface ConditionalExpression extends Span {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}
export interface AssignExpression extends Span {
  readonly kind: 'assign';
  /** `=`, `+=`, `||=`, … */
  readonly operator: string;
  readonly target: Pattern;
  readonly value: Expression;
}
/** `await x`, and `yield x` with `yield: true`. */
export interface AwaitExpression extends Span {
  readonly kind: 'await';
  readonly value: Expression;
  readonly yield?: true;
}
/** `this`, and `super` with `super: true`. */
export interface ThisExpression extends Span {
  readonly kind: 'this';
  readonly super?: true;
}
export interface SequenceExpression extends Span {
  readonly kind: 'sequence';
  readonly items: readonly Expression[];
}
/** `import(source)`. `require(source)` stays a call: it can be shadowed. */
export interface ImportExpression extends Span {
  readonly kind: 'import';
  readonly source: Expression;
}
/**
 * What has no form of its own here (JSX, `import.meta`, `new.target`, too deep nesting): only the expressions within it
 * are kept. Chains of more than 200 operators are `deep` too, with their operands as parts.
 */
export interface OpaqueExpression extends Span {
  readonly kind: 'opaque';
  /** `import.meta`, `new.target`, `jsx`, `static`, `deep`, `missing` (a syntax error), … */
  readonly what: string;
  readonly parts: readonly Expression[];
}

export type Statement =
  | LetStatement
  | ExpressionStatement
  | ReturnStatement
  | ThrowStatement
  | IfStatement
  | LoopStatement
  | TryStatement
  | SwitchStatement
  | BlockStatement
  | FunctionStatement
  | ClassStatement
  | JumpStatement;

/** One declarator of `const`, `let`, `var`, `using`. An enum is a `const` with an object; a namespace is a block. */
export interface LetStatement extends Span {
  readonly kind: 'let';
  readonly const: boolean;
  /** Set for `var`: the name belongs to the whole function, not to the block. */
  readonly var?: true;
  readonly pattern: Pattern;
  readonly type?: TypeReference;
  readonly value?: Expression;
}
export interface ExpressionStatement extends Span {
  readonly kind: 'expression';
  readonly value: Expression;
}
export interface ReturnStatement extends Span {
  readonly kind: 'return';
  readonly value?: Expression;
}
export interface ThrowStatement extends Span {
  readonly kind: 'throw';
  readonly value: Expression;
}
export interface IfStatement extends Span {
  readonly kind: 'if';
  readonly test: Expression;
  readonly whenTrue: readonly Statement[];
  readonly whenFalse: readonly Statement[];
}
export interface LoopStatement extends Span {
  readonly kind: 'loop';
  readonly loop: 'for' | 'while' | 'do' | 'of' | 'in';
  /** `for (init; …)`. */
  readonly init: readonly Statement[];
  /** `while (test)`, `for (…; test; …)`. */
  readonly test?: Expression;
  readonly update?: Expression;
  /** `for (each of over)`. */
  readonly each?: Pattern;
  readonly over?: Expression;
  readonly await: boolean;
  readonly body: readonly Statement[];
}
export interface TryStatement extends Span {
  readonly kind: 'try';
  readonly block: readonly Statement[];
  readonly parameter?: Pattern;
  readonly handler?: readonly Statement[];
  readonly finalizer?: readonly Statement[];
}
export interface SwitchStatement extends Span {
  readonly kind: 'switch';
  readonly subject: Expression;
  readonly cases: readonly SwitchCase[];
}
export interface SwitchCase {
  /** `undefined` for `default:`. */
  readonly test?: Expression;
  readonly body: readonly Statement[];
}
/** Also labelled statements and namespaces. */
export interface BlockStatement extends Span {
  readonly kind: 'block';
  readonly label?: string;
  readonly body: readonly Statement[];
}
export interface FunctionStatement extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly id: number;
}
export interface ClassStatement extends Span {
  readonly kind: 'class';
  readonly name: string;
  readonly id: number;
}
export interface JumpStatement extends Span {
  readonly kind: 'break' | 'continue';
  readonly label?: string;
}
