import type {
  ClassFacts,
  Expression,
  FileFacts,
  FunctionFacts,
  ObjectExpression,
  ObjectProperty,
  Pattern,
} from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import { collectCalls } from './call-site.js';
import type { CallSite } from './call-site.js';
import { visitStatements, visitTopLevel } from './walk-facts.js';

/** The file that a module specifier means, undefined where it is none of the project's files. */
export type Resolve = (from: string, specifier: string) => string | undefined;

/** What an expression stands for, followed through names, imports and members. */
export type Meaning =
  | { readonly kind: 'package'; readonly source: string; readonly path: readonly string[] }
  | { readonly kind: 'module'; readonly file: FileFacts }
  | { readonly kind: 'class'; readonly file: FileFacts; readonly class: ClassFacts }
  | { readonly kind: 'function'; readonly file: FileFacts; readonly function: FunctionFacts }
  | { readonly kind: 'value'; readonly file: FileFacts; readonly value: Expression };

/** A property of an object literal, in the file in which it is written. */
export interface WrittenProperty {
  readonly file: FileFacts;
  readonly key: string;
  readonly value: Expression;
  readonly property: ObjectProperty;
}

type Binding =
  | { readonly kind: 'import'; readonly source: string; readonly imported: string }
  | { readonly kind: 'class' | 'function'; readonly id: number }
  | { readonly kind: 'value'; readonly value: Expression };

/**
 * Follows names over files, as far as model declarations need it: each name of a file means one thing, wherever it is
 * declared; a name that is declared twice means what it means at the top level.
 */
export class DeclarationFiles {
  private readonly files = new Map<string, FileFacts>();
  private readonly bindings = new Map<FileFacts, ReadonlyMap<string, Binding>>();
  private readonly innerBindings = new Map<FileFacts, ReadonlyMap<string, Binding | undefined>>();
  private readonly calls = new Map<FileFacts, readonly CallSite[]>();
  private readonly answers = new Map<Binding, Meaning | undefined>();
  private readonly properties = new Map<ObjectExpression, readonly WrittenProperty[]>();
  private readonly assignedExports = new Map<FileFacts, ReadonlyMap<string, Expression>>();

  /** @param resolve The path of the file that a specifier means in the file `from`; undefined for packages. */
  constructor(
    files: Iterable<FileFacts>,
    private readonly resolve: Resolve,
  ) {
    for (const file of files) this.files.set(file.path, file);
  }

  all(): Iterable<FileFacts> {
    return this.files.values();
  }

  /** All calls of a file. */
  callsOf(file: FileFacts): readonly CallSite[] {
    const calls = this.calls.get(file) ?? collectCalls(file);
    this.calls.set(file, calls);
    return calls;
  }

  /** Those calls of a file that stand where such a word does, and maybe others. */
  callsNear(file: FileFacts, word: RegExp): readonly CallSite[] {
    return this.calls.get(file) ?? collectCalls(file, word);
  }

  follow(file: FileFacts, expression: Expression, steps: number = limits.declarationSteps): Meaning | undefined {
    if (steps <= 0) return undefined;
    switch (expression.kind) {
      case 'name': {
        const binding = this.bindingOf(file, expression.name);
        return (
          binding &&
          (steps === limits.declarationSteps
            ? this.followKnown(file, binding)
            : this.followBinding(file, binding, steps - 1))
        );
      }
      case 'member':
        return this.followMember(this.follow(file, expression.object, steps), expression.property, steps - 1);
      case 'call': {
        const source = requiredSource(expression);
        return source === undefined
          ? { kind: 'value', file, value: expression }
          : this.followImport(file, source, '=', steps - 1);
      }
      case 'class': {
        const found = file.classes[expression.id];
        return found && { kind: 'class', file, class: found };
      }
      case 'function': {
        const found = file.functions[expression.id];
        return found && { kind: 'function', file, function: found };
      }
      case 'await':
        return this.follow(file, expression.value, steps);
      default:
        return { kind: 'value', file, value: expression };
    }
  }

  /** The properties of the object that an expression stands for, spread objects included; undefined where it is no object. */
  findProperties(file: FileFacts, expression: Expression | undefined): readonly WrittenProperty[] | undefined {
    const meaning = expression && this.follow(file, expression);
    if (meaning?.kind !== 'value' || meaning.value.kind !== 'object') return undefined;
    const known = this.properties.get(meaning.value);
    if (known) return known;
    // An object that spreads itself gets nothing from it.
    this.properties.set(meaning.value, []);
    const byKey = new Map<string, WrittenProperty>();
    for (const property of meaning.value.properties) {
      if (property.kind === 'spread') {
        for (const each of this.findProperties(meaning.file, property.value) ?? []) byKey.set(each.key, each);
      } else if (typeof property.key === 'string') {
        byKey.set(property.key, { file: meaning.file, key: property.key, value: property.value, property });
      }
    }
    const properties = [...byKey.values()];
    this.properties.set(meaning.value, properties);
    return properties;
  }

  /** A class and its ancestors, as far as they stand in the project, the class first. Of a mixin's call the arguments count. */
  lineage(file: FileFacts, declared: ClassFacts): readonly { readonly file: FileFacts; readonly class: ClassFacts }[] {
    const line = [{ file, class: declared }];
    // The line grows while it is read.
    for (const { file: here, class: child } of line) {
      const parents =
        child.superClass?.kind === 'call' ? child.superClass.args : child.superClass ? [child.superClass] : [];
      for (const parent of parents) {
        const meaning = this.follow(here, parent);
        if (meaning?.kind !== 'class' || line.some((each) => each.class === meaning.class)) continue;
        line.push({ file: meaning.file, class: meaning.class });
      }
    }
    return line;
  }

  /** Decorators name the same few imports over and over. Only answers to a whole question are kept, so that no order of questions shows. */
  private followKnown(file: FileFacts, binding: Binding): Meaning | undefined {
    if (this.answers.has(binding)) return this.answers.get(binding);
    const meaning = this.followBinding(file, binding, limits.declarationSteps - 1);
    this.answers.set(binding, meaning);
    return meaning;
  }

  private followBinding(file: FileFacts, binding: Binding, steps: number): Meaning | undefined {
    switch (binding.kind) {
      case 'import':
        return this.followImport(file, binding.source, binding.imported, steps);
      case 'value':
        return this.follow(file, binding.value, steps);
      case 'class': {
        const found = file.classes[binding.id];
        return found && { kind: 'class', file, class: found };
      }
      case 'function': {
        const found = file.functions[binding.id];
        return found && { kind: 'function', file, function: found };
      }
    }
  }

  private followMember(owner: Meaning | undefined, property: string, steps: number): Meaning | undefined {
    switch (owner?.kind) {
      case 'package':
        // `require('x').default` and `import x from 'x'` are one thing to the libraries read here.
        return property === 'default' ? owner : { ...owner, path: [...owner.path, property] };
      case 'module':
        return this.findExport(owner.file, property, steps);
      case 'value': {
        const value = this.findProperties(owner.file, owner.value)?.find((each) => each.key === property);
        return value && this.follow(value.file, value.value, steps);
      }
      default:
        return undefined;
    }
  }

  private followImport(file: FileFacts, source: string, imported: string, steps: number): Meaning | undefined {
    const path = this.resolve(file.path, source);
    const target = path === undefined ? undefined : this.files.get(path);
    if (target) return this.findExport(target, imported, steps);
    if (source.startsWith('.') || source.startsWith('/')) return undefined;
    return { kind: 'package', source, path: ['default', '*', '='].includes(imported) ? [] : [imported] };
  }

  /** An export of a file, or of the files and packages that it hands on whole by `export *`. */
  private findExport(file: FileFacts, name: string, steps: number): Meaning | undefined {
    if (steps <= 0) return undefined;
    const handedOn = new Set([file]);
    let library: Meaning | undefined;
    // The set grows while it is read.
    for (const each of handedOn) {
      const own = this.findOwnExport(each, name, steps);
      if (own) return own;
      for (const entry of each.exports) {
        if (entry.kind !== 'star') continue;
        const whole = this.followImport(each, entry.source, '*', steps - 1);
        if (whole?.kind === 'module') handedOn.add(whole.file);
        else if (whole) library ??= this.followMember(whole, name, steps - 1);
      }
    }
    return library;
  }

  private findOwnExport(file: FileFacts, name: string, steps: number): Meaning | undefined {
    const whole = this.exportsOf(file).get('=');
    if (name === '*' || name === '=') return whole ? this.follow(file, whole, steps - 1) : { kind: 'module', file };
    for (const entry of file.exports) {
      if (entry.kind === 'star' || entry.exported !== name) continue;
      if (entry.kind === 'expression') return this.follow(file, entry.value, steps - 1);
      if (entry.kind === 'from') return this.followImport(file, entry.source, entry.imported, steps - 1);
      const binding = this.bindingOf(file, entry.local);
      return binding && this.followBinding(file, binding, steps - 1);
    }
    const assigned = this.exportsOf(file).get(name);
    if (assigned) return this.follow(file, assigned, steps - 1);
    if (whole) {
      const meaning = this.follow(file, whole, steps - 1);
      return name === 'default' ? meaning : this.followMember(meaning, name, steps - 1);
    }
    return undefined;
  }

  /** `export =`, `module.exports = x` under `=`, `exports.name = x` under its name. */
  private exportsOf(file: FileFacts): ReadonlyMap<string, Expression> {
    const known = this.assignedExports.get(file);
    if (known) return known;
    const found = new Map<string, Expression>();
    for (const entry of file.exports)
      if (entry.kind === 'expression' && entry.exported === '=') found.set('=', entry.value);
    visitTopLevel(file, (expression) => {
      if (expression.kind !== 'assign' || expression.target.kind !== 'target') return;
      const name = exportedName(expression.target.target);
      if (name !== undefined) found.set(name, expression.value);
    });
    this.assignedExports.set(file, found);
    return found;
  }

  /** Functions are read for a name that nothing outside of them declares. */
  private bindingOf(file: FileFacts, name: string): Binding | undefined {
    return this.bindingsOf(file).get(name) ?? this.innerBindingsOf(file).get(name);
  }

  private bindingsOf(file: FileFacts): ReadonlyMap<string, Binding> {
    const known = this.bindings.get(file);
    if (known) return known;
    const bindings = new Map<string, Binding>();
    collectBindings(file.body, (name, binding) => bindings.set(name, binding));
    for (const { local, source, imported } of file.imports) bindings.set(local, { kind: 'import', source, imported });
    this.bindings.set(file, bindings);
    return bindings;
  }

  private innerBindingsOf(file: FileFacts): ReadonlyMap<string, Binding | undefined> {
    const known = this.innerBindings.get(file);
    if (known) return known;
    const bindings = new Map<string, Binding | undefined>();
    for (const { body } of file.functions) {
      collectBindings(body ?? [], (name, binding) => bindings.set(name, bindings.has(name) ? undefined : binding));
    }
    this.innerBindings.set(file, bindings);
    return bindings;
  }
}

function collectBindings(body: FileFacts['body'], bind: (name: string, binding: Binding) => void): void {
  visitStatements(body, (statement) => {
    if (statement.kind === 'class' || statement.kind === 'function') {
      bind(statement.name, { kind: statement.kind, id: statement.id });
    } else if (statement.kind === 'let' && statement.value) bindPattern(statement.pattern, statement.value, bind);
  });
}

function bindPattern(pattern: Pattern, value: Expression, bind: (name: string, binding: Binding) => void): void {
  if (pattern.kind === 'name') bind(pattern.name, { kind: 'value', value });
  else if (pattern.kind === 'default') bindPattern(pattern.target, value, bind);
  else if (pattern.kind === 'object') {
    for (const { key, value: target } of pattern.properties) {
      if (typeof key !== 'string') continue;
      const { start, end } = target;
      bindPattern(target, { kind: 'member', start, end, object: value, property: key, optional: false }, bind);
    }
  }
}

/** The module of `require('x')`. */
function requiredSource(expression: Expression): string | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'name' || expression.callee.name !== 'require')
    return undefined;
  const [source] = expression.args;
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined;
}

/** `=` for `module.exports`, the name for `exports.name` and `module.exports.name`. */
function exportedName(target: Expression): string | undefined {
  if (target.kind !== 'member') return undefined;
  const { object, property } = target;
  if (object.kind === 'name' && object.name === 'module' && property === 'exports') return '=';
  if (object.kind === 'name' && object.name === 'exports') return property;
  return exportedName(object) === '=' ? property : undefined;
}
