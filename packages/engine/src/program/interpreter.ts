import { emptyFacts } from '../facts/empty-facts.js';
import type {
  CallExpression,
  ClassFacts,
  Expression,
  FileFacts,
  FunctionFacts,
  ParameterFacts,
  Pattern,
  Span,
  Statement,
  TypeReference,
} from '../facts/file-facts.js';
import { composedText } from './composed-text.js';
import { escapedPath } from './escaped.js';
import { conditionsSince, under } from './condition.js';
import { findSettlement, pendingValue } from './promise.js';
import { callNative, fittingValues, includesPath, nativeMember, spreadName } from './native-members.js';
import {
  bypassesOf,
  eitherSetting,
  emptyFlow,
  identifies,
  joinFlows,
  withCondition,
  withProof,
  withProofs,
  withSetting,
  type Bypass,
  type Flow,
  type Proof,
} from './proof.js';
import { AccessPath } from './access-path.js';
import { limits } from '../limits.js';
import { sameText } from './text-shape.js';
import { Scope, type Binding, type Since } from './scope.js';
import type { CallMeaning } from './call-meaning.js';
import type { Event, Moment, Semantics, StackEntry, Try } from './semantics.js';
import {
  absentValue,
  chosenBy,
  externalValue,
  memberOf,
  optionsOf,
  textOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type ArrayValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type NativeValue,
  type ObjectValue,
  type Option,
  type Origin,
  type UnionValue,
  type Value,
} from './value.js';

/** One module after its body has run. */
export interface ModuleRecord {
  readonly facts: FileFacts;
  readonly scope: Scope;
  /** `module.exports` of CommonJS; named exports of ESM are looked up in `facts.exports`. */
  readonly exports: ObjectValue;
  /** `module` itself. */
  readonly module: ObjectValue;
  /** Everything that its body called outside the project. */
  readonly calls: ExternalValue[];
  /** Whether its body runs to the end: not where something that it surely does throws. */
  completes: boolean;
}

interface Frame {
  readonly file: FileFacts;
  readonly thisValue: Value;
  readonly home: ClassValue | undefined;
  readonly returns: { value: Value; flow: Flow }[];
  /** Flows that leave the innermost loop or switch. */
  jumps: Flow[];
  /** How many branches are open whose tests say all that leads into them. */
  tests: number;
  readonly facts: FunctionFacts | undefined;
}

/** A call that is being followed: of which function, closed over what, with what. */
interface Entered {
  readonly facts: FunctionFacts;
  readonly definition: Scope;
  readonly args: readonly Value[];
}

/** What a function does when it is followed with given arguments. */
export interface Outcome {
  /** What it returns, with what was proved on the way to each `return`. */
  readonly value: Value;
  /** `undefined` where it never returns normally. */
  readonly flow: Flow | undefined;
  readonly events: readonly Event[];
  /** Proofs that one way gives and another one goes around. */
  readonly bypasses: readonly Bypass[];
  /** Whether everything on the way was followed: not where a bound of `limits` ended it. */
  readonly complete: boolean;
}

/** Links modules and follows values through them, by running the program on abstract values. */
export class Interpreter {
  private readonly modules = new Map<string, ModuleRecord>();
  private readonly globalPath = AccessPath.of('global#');
  private readonly unknownPath = AccessPath.of('?');
  private readonly globals = new Map<string, Value>();
  private readonly packages = new Map<string, ExternalValue>();
  private readonly singletons = new Map<ClassFacts, ObjectValue>();
  flow: Flow | undefined = emptyFlow;
  private throws: Flow[] | undefined;
  private frame: Frame;
  private branchDepth = 0;
  private steps = 0;
  private stepLimit: number = limits.steps;
  private events: Event[] | undefined;
  private now: Moment = 0;
  private bypasses: Bypass[] = [];
  private complete = true;
  private stack: StackEntry | undefined;

  /** The calls that are being followed, the innermost one, and whose method it is. */
  get around(): { readonly stack: StackEntry | undefined; readonly self: Value | undefined } {
    return { stack: this.stack, self: this.frame.thisValue };
  }

  /** What a module does once its body has run: promises that nobody waits for. */
  private later: Expression[] | undefined;
  private readonly active: Entered[] = [];
  private loading: ModuleRecord | undefined;
  /** 0 while the modules run, another number for each entry point that is followed. */
  private currentRun = 0;
  private runs = 0;
  /** Every class of every module, by its facts. */
  readonly classes = new Map<ClassFacts, ClassValue>();
  /** Functions whose body was followed at least once. */
  readonly followed = new Set<FunctionFacts>();
  readonly stopped = new Set<string>();

  constructor(
    readonly files: ReadonlyMap<string, FileFacts>,
    readonly resolve: (from: string, specifier: string) => string | undefined,
    readonly semantics: Semantics,
  ) {
    this.frame = {
      file: emptyFile,
      thisValue: undefinedValue,
      home: undefined,
      returns: [],
      jumps: [],
      tests: 0,
      facts: undefined,
    };
  }

  // ---- modules ----

  module(path: string): ModuleRecord | undefined {
    const known = this.modules.get(path);
    if (known) return known;
    const facts = this.files.get(path);
    return facts ? this.run(facts) : undefined;
  }

  private run(facts: FileFacts): ModuleRecord {
    const origin = { file: facts, span: wholeFile };
    const scope = new Scope(undefined, this.branchDepth);
    const exports = newObject(origin);
    const module = newObject(origin);
    module.properties.set('exports', exports);
    const record: ModuleRecord = { facts, scope, exports, module, calls: [], completes: true };
    this.modules.set(facts.path, record);
    scope.declare('module', module, 0);
    scope.declare('exports', exports, 0);
    scope.declare(
      'require',
      native('require', (args, site) => this.require(facts, args[0], site)),
      0,
    );
    scope.declare('__dirname', { kind: 'literal', value: directoryOf(facts.path), origin }, 0);
    scope.declare('__filename', { kind: 'literal', value: facts.path, origin }, 0);
    for (const item of facts.imports) {
      if (item.typeOnly || item.local === '') continue;
      scope.declareLater(item.local, () =>
        this.importedValue(facts, item.source, item.imported, { file: facts, span: item }),
      );
    }
    const before = this.enter({
      file: facts,
      thisValue: exports,
      home: undefined,
      returns: [],
      jumps: [],
      tests: 0,
      facts: undefined,
    });
    const loading = this.loading;
    this.loading = record;
    this.steps = 0;
    this.hoist(facts.body, scope);
    this.lazyTopLevel(facts.body, scope);
    const later = this.later;
    this.later = [];
    this.guarded(() => {
      this.block(facts.body, scope);
      return undefinedValue;
    });
    record.completes = this.flow !== undefined;
    this.guarded(() => {
      for (const expression of this.later?.splice(0) ?? []) if (this.flow) this.evaluate(expression, scope);
      return undefinedValue;
    });
    this.later = later;
    for (const item of facts.exports) {
      if (item.kind === 'expression') this.exportedExpression(record, item.exported);
    }
    this.loading = loading;
    this.leave(before);
    return record;
  }

  /** Makes the constants of a module findable before their statement has run, for cyclic imports. */
  private lazyTopLevel(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) {
      if (statement.kind === 'let' && statement.const && statement.value && statement.pattern.kind === 'name') {
        const { value, pattern } = statement;
        scope.declareLater(pattern.name, () => this.evaluate(value, scope));
      } else if (statement.kind === 'class') {
        scope.declareLater(statement.name, () => this.class(statement.id, scope));
      }
    }
  }

  private readonly defaults = new Map<ModuleRecord, Value>();

  private exportedExpression(record: ModuleRecord, exported: 'default' | '='): Value {
    const known = this.defaults.get(record);
    if (known) return known;
    for (const item of record.facts.exports) {
      if (item.kind === 'expression' && item.exported === exported) {
        this.defaults.set(record, unknownValue);
        const before = this.enter({ ...this.frame, file: record.facts });
        const value = this.evaluate(item.value, record.scope);
        this.leave(before);
        this.defaults.set(record, value);
        return value;
      }
    }
    return undefinedValue;
  }

  /** The value that an import of `imported` from `source` means. */
  importedValue(file: FileFacts, source: string, imported: string, origin: Origin, seen?: Set<string>): Value {
    if (this.semantics.describes(`${source}#${imported}`)) return externalValue(`${source}#${imported}`, origin);
    const target = this.resolve(file.path, source);
    const record = target === undefined ? undefined : this.module(target);
    if (!record) return this.externalImport(source, imported, origin);
    if (imported === '*' || imported === '=') return this.namespaceOf(record);
    return this.exported(record, imported, seen) ?? unknownValue;
  }

  private externalImport(source: string, imported: string, origin: Origin): Value {
    const name = this.semantics.packageOf(source.replace(/^node:/, ''), imported);
    let module = this.packages.get(name);
    if (!module) {
      module = externalValue(`${name}#`, origin);
      this.packages.set(name, module);
    }
    return imported === '*' || imported === '=' || imported === 'default' || imported === ''
      ? module
      : memberOf(module, imported);
  }

  /**
   * One export of a module, through re-exports and CommonJS.
   *
   * @param seen Exports on the way to this one: modules may re-export from each other in a circle.
   */
  exported(record: ModuleRecord, name: string, seen = new Set<string>()): Value | undefined {
    const described = `${record.facts.path}#${name}`;
    if (seen.has(described)) return undefined;
    seen.add(described);
    if (this.semantics.describes(described)) return externalValue(described, { file: record.facts, span: wholeFile });
    for (const item of record.facts.exports) {
      if (item.kind === 'local' && item.exported === name) return this.lookup(item.local, record.scope);
      if (item.kind === 'from' && item.exported === name) {
        const origin = { file: record.facts, span: item };
        return this.importedValue(record.facts, item.source, item.imported, origin, seen);
      }
      if (item.kind === 'expression' && item.exported === name) return this.exportedExpression(record, 'default');
    }
    // What a package exports is not known: it has the name if no file of the project has.
    let library: Value | undefined;
    for (const item of record.facts.exports) {
      if (item.kind !== 'star' || name === 'default') continue;
      const target = this.resolve(record.facts.path, item.source);
      const next = target === undefined ? undefined : this.module(target);
      if (next) {
        const value = this.exported(next, name, seen);
        if (value) return value;
      } else library ??= this.externalImport(item.source, name, { file: record.facts, span: item });
    }
    if (library) return library;
    const common = this.commonExports(record);
    if (!common) return undefined;
    if (name === 'default') {
      return common.kind === 'object' ? (common.properties.get('default') ?? common) : common;
    }
    const member = this.member(common, name, { file: record.facts, span: wholeFile });
    return member.kind === 'undefined' ? undefined : member;
  }

  /** What `require` of the module gives, if it is written as CommonJS or with `export =`. */
  private commonExports(record: ModuleRecord): Value | undefined {
    if (record.facts.exports.some((item) => item.kind === 'expression' && item.exported === '=')) {
      return this.exportedExpression(record, '=');
    }
    const current = record.module.properties.get('exports') ?? record.exports;
    if (current === record.exports && record.exports.properties.size === 0 && record.exports.spread.length === 0)
      return undefined;
    return current;
  }

  /** `import * as x` and `require()`: every export of a module as an object. */
  namespaceOf(record: ModuleRecord): Value {
    const common = this.commonExports(record);
    if (common) return common;
    const collecting = this.collecting.get(record);
    if (collecting) return collecting;
    const namespace = newObject({ file: record.facts, span: wholeFile });
    this.collecting.set(record, namespace);
    this.collectExports(record, namespace, new Set());
    this.collecting.delete(record);
    return namespace;
  }

  /** Namespaces whose exports are being looked up: a module may export its own, `export * as self from './self.js'`. */
  private readonly collecting = new Map<ModuleRecord, ObjectValue>();

  private collectExports(record: ModuleRecord, into: ObjectValue, seen: Set<ModuleRecord>): void {
    if (seen.has(record)) return;
    seen.add(record);
    for (const item of record.facts.exports) {
      if (item.kind === 'star') {
        const target = this.resolve(record.facts.path, item.source);
        const next = target === undefined ? undefined : this.module(target);
        if (next) this.collectExports(next, into, seen);
        const common = next && this.commonExports(next);
        if (common?.kind === 'object')
          for (const [name, value] of common.properties)
            if (name !== 'default' && !into.properties.has(name)) into.properties.set(name, value);
        continue;
      }
      const name = item.exported;
      const value = this.exported(record, name);
      if (value && !into.properties.has(name)) into.properties.set(name, value);
    }
  }

  private require(file: FileFacts, specifier: Value | undefined, origin: Origin): Value {
    const text = textOf(specifier);
    if (text !== undefined) {
      const target = this.resolve(file.path, text) ?? (this.files.has(text) ? text : this.fileOf(text));
      const record = target === undefined ? undefined : this.module(target);
      return record ? this.namespaceOf(record) : this.externalImport(text, '*', origin);
    }
    if (specifier?.kind === 'text') {
      const prefix = textOf(specifier.parts[0]);
      if (prefix) return this.folder(file, prefix);
    }
    return unknownValue;
  }

  /** What `require` gives for a value, from the file of the call. */
  required(specifier: Value, origin: Origin): Value {
    return this.require(origin.file, specifier, origin);
  }

  /** A path put together from `__dirname`, without an extension. */
  private fileOf(path: string): string | undefined {
    const base = path.replace(/\/$/, '');
    for (const suffix of ['.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js']) {
      if (this.files.has(base + suffix)) return base + suffix;
    }
    return undefined;
  }

  /** `require(folder + name)`: any module of the folder. */
  private folder(file: FileFacts, prefix: string): Value {
    const folder = prefix.startsWith('.') ? joinPaths(directoryOf(file.path), prefix) : prefix;
    const options: Option[] = [];
    const start = folder.endsWith('/') ? folder : `${folder}/`;
    for (const path of this.files.keys()) {
      if (path === file.path || !path.startsWith(start) || path.slice(start.length).includes('/')) continue;
      const record = this.module(path);
      if (record) options.push({ value: this.namespaceOf(record), proofs: [] });
    }
    return options.length > 0 ? unionOf(options) : unknownValue;
  }

  // ---- entry points ----

  /** Follows one call with its own budget and record of events, from a flow in which `proofs` hold. */
  follow(callee: Value, thisValue: Value, args: readonly Value[], origin: Origin, proofs: readonly Proof[]): Outcome {
    return this.recording(proofs, () => this.call(callee, args, origin, thisValue, false));
  }

  /** Calls a function as if its module had called it at its end. */
  runIn(record: ModuleRecord, callee: Value, args: readonly Value[]): Value {
    const origin = { file: record.facts, span: wholeFile };
    const before = this.enter({ ...this.frame, file: record.facts, returns: [], jumps: [] });
    const saved = { loading: this.loading, events: this.events, steps: this.steps };
    this.loading = record;
    this.events = undefined;
    this.steps = 0;
    this.flow = emptyFlow;
    const value = this.call(callee, args, origin);
    this.loading = saved.loading;
    this.events = saved.events;
    this.steps = saved.steps;
    this.leave(before);
    return value;
  }

  /** The functions of a module that can be called from its top level, and the methods of its classes. */
  functionsOf(record: ModuleRecord): readonly FunctionValue[] {
    const found: FunctionValue[] = [];
    const take = (value: Value | undefined): void => {
      if (value?.kind === 'function') found.push(value);
      else if (value?.kind === 'object' && !value.classOf)
        for (const inner of value.properties.values()) if (inner.kind === 'function') found.push(inner);
    };
    for (const statement of record.facts.body) {
      if (statement.kind === 'function') take(this.lookup(statement.name, record.scope));
      else if (statement.kind === 'let' && statement.pattern.kind === 'name')
        take(this.lookup(statement.pattern.name, record.scope));
    }
    take(record.module.properties.get('exports'));
    for (const facts of record.facts.classes) {
      const owner = this.classes.get(facts);
      if (!owner) continue;
      const instance = this.singleton(owner);
      for (const member of facts.members) {
        if (member.kind === 'method' && !member.static) take(this.methodOf(instance, member.name)?.value);
        else if (member.kind === 'method')
          take(owner.statics.get(member.name) ?? this.staticMember(owner, member.name));
      }
    }
    return found;
  }

  /** Runs something with its own budget and record of events. What it gives is waited for. */
  recording(proofs: readonly Proof[], run: () => Value): Outcome {
    const before = this.enter({ ...this.frame, returns: [], jumps: [] });
    const saved = {
      events: this.events,
      bypasses: this.bypasses,
      complete: this.complete,
      steps: this.steps,
      limit: this.stepLimit,
      run: this.currentRun,
    };
    const events: Event[] = [];
    const bypasses: Bypass[] = [];
    this.events = events;
    this.bypasses = bypasses;
    this.complete = true;
    this.currentRun = ++this.runs;
    this.steps = 0;
    this.stepLimit = limits.handlerSteps;
    this.flow = { proofs };
    this.throws = [];
    const value = this.settled(this.guarded(run));
    const flow = this.flow as Flow | undefined;
    const complete = this.complete;
    this.currentRun = saved.run;
    this.events = saved.events;
    this.bypasses = saved.bypasses;
    this.complete = saved.complete;
    this.steps = saved.steps;
    this.stepLimit = saved.limit;
    this.leave(before);
    return { value, flow, events, bypasses, complete };
  }

  /** Runs something that may nest deeper than the stack allows: then nothing is known of its value. */
  private guarded(run: () => Value): Value {
    const saved = { active: this.active.length, stack: this.stack, limit: this.stepLimit };
    try {
      return run();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.stop(this.frame.file.path);
      this.active.length = saved.active;
      this.stack = saved.stack;
      this.stepLimit = saved.limit;
      this.sought.clear();
      return unknownValue;
    }
  }

  private stop(file: string): void {
    this.stopped.add(file);
    this.complete = false;
  }

  /** What holds whichever way was taken; what only some of them have proved is kept on record. */
  private join(flows: readonly (Flow | undefined)[]): Flow | undefined {
    const joined = joinFlows(flows);
    for (const bypass of bypassesOf(flows, joined)) this.bypasses.push(bypass);
    return joined;
  }

  /** What holds at this moment; for native functions. */
  get moment(): Moment {
    return this.now;
  }

  /** Ways around a proof that were met so far, in what is being followed. */
  get bypassCount(): number {
    return this.bypasses.length;
  }

  private enter(frame: Frame) {
    const saved = { frame: this.frame, flow: this.flow, throws: this.throws, depth: this.branchDepth };
    this.frame = frame;
    this.flow ??= emptyFlow;
    return saved;
  }

  private leave(saved: { frame: Frame; flow: Flow | undefined; throws: Flow[] | undefined; depth: number }): void {
    this.frame = saved.frame;
    this.flow = saved.flow;
    this.throws = saved.throws;
    this.branchDepth = saved.depth;
  }

  // ---- statements ----

  /** Declares the functions of a block before any statement of it runs. */
  hoist(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) {
      if (statement.kind !== 'function') continue;
      const { id, name } = statement;
      scope.declare(name, this.functionValue(id, scope, undefined), this.branchDepth);
    }
  }

  private block(body: readonly Statement[], scope: Scope): void {
    for (let index = 0; index < body.length && this.flow; index++) this.statement(body[index] as Statement, scope);
  }

  private nested(body: readonly Statement[], scope: Scope): void {
    if (body.length === 0) return;
    const inner = new Scope(scope);
    this.hoist(body, inner);
    this.block(body, inner);
  }

  private statement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'let': {
        const value = statement.value ? this.evaluate(statement.value, scope) : undefinedValue;
        if (statement.var) this.bindVar(statement.pattern, statement.value && value, scope);
        else this.bind(statement.pattern, value, scope, true);
        return;
      }
      case 'expression':
        if (this.later && this.frame.facts === undefined && isLater(statement.value)) this.later.push(statement.value);
        else this.evaluate(statement.value, scope);
        return;
      case 'return': {
        const value = statement.value ? this.evaluate(statement.value, scope) : undefinedValue;
        if (this.flow) this.frame.returns.push({ value, flow: this.flow });
        this.flow = undefined;
        return;
      }
      case 'throw':
        this.evaluate(statement.value, scope);
        this.throw();
        return;
      case 'if':
        this.branchOn(statement.test, statement.whenTrue, statement.whenFalse, scope);
        return;
      case 'loop':
        this.loop(statement, scope);
        return;
      case 'try':
        this.try(statement, scope);
        return;
      case 'switch':
        this.chooseAmong(statement, scope);
        return;
      case 'block':
        this.nested(statement.body, scope);
        return;
      case 'class':
        if (!scope.has(statement.name))
          scope.declare(statement.name, this.class(statement.id, scope), this.branchDepth);
        return;
      case 'function':
        return;
      case 'break':
      case 'continue':
        if (this.flow) this.frame.jumps.push(this.flow);
        this.flow = undefined;
        return;
    }
  }

  private throw(): void {
    if (this.flow && this.throws) this.throws.push(this.flow);
    this.flow = undefined;
  }

  private branchOn(
    test: Expression,
    whenTrue: readonly Statement[],
    whenFalse: readonly Statement[],
    scope: Scope,
  ): void {
    const [yes, no] = this.branch(test, scope);
    this.branchDepth++;
    this.flow = yes;
    if (yes) this.side(whenTrue, isTold(test, true), scope);
    const afterTrue = this.flow;
    this.flow = no;
    if (no) this.side(whenFalse, isTold(test, false), scope);
    this.branchDepth--;
    this.flow = this.join([afterTrue, this.flow]);
  }

  private side(body: readonly Statement[], told: boolean, scope: Scope): void {
    const { tests } = this.frame;
    if (told) this.frame.tests++;
    this.nested(body, scope);
    this.frame.tests = tests;
  }

  private loop(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
    // A round can be left in ways that no test around a statement tells of.
    const { tests } = this.frame;
    this.frame.tests--;
    this.rounds(statement, scope);
    this.frame.tests = tests;
  }

  private rounds(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
    const inner = new Scope(scope);
    this.block(statement.init, inner);
    const jumps = this.frame.jumps;
    this.frame.jumps = [];
    const entry = this.flow;
    if (statement.over) {
      const over = this.evaluate(statement.over, inner);
      const rounds = this.elementsOf(over, statement.loop === 'in');
      const known = over.kind === 'array' && !over.open;
      if (!known) this.branchDepth++;
      // Rounds over a list that is known run one after the other, whatever they jump over.
      const inOrder = known && rounds.length > 0;
      for (const element of rounds) {
        if (!inOrder) this.flow = entry;
        else if (!this.flow) this.flow = joinFlows(this.frame.jumps.splice(0));
        if (!this.flow) break;
        const round = new Scope(inner);
        if (statement.each) this.bind(statement.each, element, round, statement.each.kind !== 'target');
        this.nested(statement.body, round);
      }
      if (!known) this.branchDepth--;
      if (inOrder) {
        const end = joinFlows([this.flow, ...this.frame.jumps]);
        this.frame.jumps = jumps;
        this.flow = end;
        return;
      }
    } else {
      if (statement.test && entry) this.branch(statement.test, inner);
      this.branchDepth++;
      this.nested(statement.body, inner);
      if (statement.update && this.flow) this.evaluate(statement.update, inner);
      this.branchDepth--;
    }
    const end = this.flow;
    const jumped = this.frame.jumps;
    this.frame.jumps = jumps;
    // The loop may run no round at all: only what held before it holds behind it.
    this.flow = statement.loop === 'do' ? joinFlows([end, ...jumped]) : entry;
  }

  private try(statement: Extract<Statement, { kind: 'try' }>, scope: Scope): void {
    const entry = this.flow;
    const outer = this.throws;
    const thrown: Flow[] = [];
    this.throws = thrown;
    // Where the handler ends, whoever comes behind it has been through the whole block.
    const may = statement.handler !== undefined && !alwaysEnds(statement.handler);
    if (may) this.branchDepth++;
    const first = this.events?.length ?? 0;
    this.nested(statement.block, scope);
    const last = this.events?.length ?? 0;
    const end = ++this.now;
    if (may) this.branchDepth--;
    const normal = this.flow;
    this.throws = outer;
    this.branchDepth++;
    let caught: Flow | undefined;
    if (statement.handler) {
      // Anything may throw at any time: only what held before the block holds in its handler.
      this.flow = entry;
      const inner = new Scope(scope);
      if (statement.parameter) {
        this.bind(statement.parameter, externalValue('global#Error()', this.origin(statement)), inner, true);
      }
      this.nested(statement.handler, inner);
      caught = this.flow;
      if (caught) this.tried(first, last, end, entry);
    } else if (outer) outer.push(...thrown);
    this.branchDepth--;
    this.flow = this.join([normal, caught]);
    if (statement.finalizer) {
      const after = this.flow;
      this.flow = entry;
      this.nested(statement.finalizer, scope);
      this.flow = this.flow ? after : undefined;
    }
  }

  /** What was done between two moments may have failed, and the program goes on. */
  private tried(first: number, last: number, end: Moment, entry: Flow | undefined): void {
    const left: Try = { condition: entry?.condition, end };
    for (const event of this.events?.slice(first, last) ?? []) event.tried = [...(event.tried ?? []), left];
  }

  private chooseAmong(statement: Extract<Statement, { kind: 'switch' }>, scope: Scope): void {
    const subject = this.evaluate(statement.subject, scope);
    let entry = this.flow;
    const jumps = this.frame.jumps;
    this.frame.jumps = [];
    this.branchDepth++;
    const inner = new Scope(scope);
    let falling: Flow | undefined;
    for (const item of statement.cases) {
      const { flow, surely } = item.test
        ? this.matched(entry, subject, item.test, inner)
        : { flow: this.unmatched(entry, subject, statement, inner), surely: false };
      // Nobody looks at what stands behind a case that surely fits.
      if (surely) entry = undefined;
      this.flow = joinFlows([flow, falling]);
      this.hoist(item.body, inner);
      this.block(item.body, inner);
      falling = this.flow;
    }
    this.branchDepth--;
    const hasDefault = statement.cases.some((item) => item.test === undefined);
    this.flow = this.join([...this.frame.jumps, falling, hasDefault ? undefined : entry]);
    this.frame.jumps = jumps;
  }

  /** What holds where none of the cases with a constant fits. */
  private unmatched(
    entry: Flow | undefined,
    subject: Value,
    { cases }: Extract<Statement, { kind: 'switch' }>,
    scope: Scope,
  ): Flow | undefined {
    let flow = entry;
    for (const { test } of cases) {
      if (!test || !flow) continue;
      const value = this.evaluate(test, scope);
      const sense = isConstant(value) ? constantSense(value, false) : undefined;
      if (sense === undefined) continue;
      const proofs = this.refineUnequal(subject, value, sense) ?? (sense ? [] : undefined);
      flow = proofs && withProofs(flow, proofs);
    }
    return flow;
  }

  /** What holds where a case of a `switch` fits, and whether it surely does. */
  private matched(
    entry: Flow | undefined,
    subject: Value,
    test: Expression,
    scope: Scope,
  ): { readonly flow: Flow | undefined; readonly surely: boolean } {
    this.flow = entry;
    const value = this.evaluate(test, scope);
    if (!entry) return { flow: undefined, surely: false };
    const same =
      isConstant(subject) && isConstant(value) ? sameConstant(subject, value, false) : sameText(subject, value);
    if (same === false) return { flow: undefined, surely: false };
    const origin = this.origin(test);
    const sense = isConstant(value) ? constantSense(value, false) : undefined;
    const refined = sense === undefined ? [] : (this.refine(subject, sense) ?? []);
    const proofs = [...refined, ...this.provedByEquality(subject, value, origin)];
    const flow = { ...withProofs(entry, proofs), condition: under(entry.condition, [subject, value], true, origin) };
    return { flow, surely: same === true };
  }

  // ---- patterns ----

  private bind(pattern: Pattern, value: Value, scope: Scope, declares: boolean): void {
    switch (pattern.kind) {
      case 'name':
        if (declares) scope.declare(pattern.name, value, this.branchDepth, this.since(value));
        else this.assignName(pattern.name, value, scope);
        return;
      case 'default': {
        const options = optionsOf(value);
        const missing = options.some((option) => isMissing(option.value));
        const bound = missing
          ? unionOf([
              ...options.filter((option) => option.value.kind !== 'undefined'),
              { value: this.evaluate(pattern.value, scope), proofs: [] },
            ])
          : value;
        this.bind(pattern.target, bound, scope, declares);
        return;
      }
      case 'object': {
        const names: string[] = [];
        for (const property of pattern.properties) {
          const key = typeof property.key === 'string' ? property.key : textOf(this.evaluate(property.key, scope));
          if (key !== undefined) names.push(key);
          const origin = this.origin(pattern);
          this.bind(
            property.value,
            key === undefined ? unknownValue : this.member(value, key, origin),
            scope,
            declares,
          );
        }
        if (pattern.rest) this.bind(pattern.rest, this.without(value, names, this.origin(pattern)), scope, declares);
        return;
      }
      case 'array': {
        pattern.items.forEach((item, index) => {
          if (item) this.bind(item, this.item(value, index), scope, declares);
        });
        if (pattern.rest) this.bind(pattern.rest, value, scope, declares);
        return;
      }
      case 'target':
        this.assignTo(pattern.target, value, scope);
        return;
    }
  }

  /** `const { id, ...rest } = value`: what is taken out by name is not in the rest. */
  private without(value: Value, names: readonly string[], origin: Origin): Value {
    if (value.kind !== 'object' && value.kind !== 'external') return value;
    const rest = newObject(origin);
    this.assignAll(rest, value);
    for (const name of names) rest.properties.set(name, absentValue);
    return rest;
  }

  /** `var` in a block declares for the whole function, and only may have been run. */
  private bindVar(pattern: Pattern, value: Value | undefined, scope: Scope): void {
    const owner = scope.ofFunction;
    if (owner === scope || pattern.kind !== 'name') {
      this.bind(pattern, value ?? undefinedValue, owner, true);
      return;
    }
    if (!owner.has(pattern.name)) owner.declare(pattern.name, undefinedValue, owner.depth ?? 0);
    if (value) this.assignName(pattern.name, value, owner);
  }

  private item(value: Value, index: number): Value {
    if (value.kind === 'array') {
      return value.items[index] ?? (value.open ? unknownValue : undefinedValue);
    }
    return this.member(value, String(index), originOf(value) ?? this.origin(wholeFile));
  }

  private assignName(name: string, value: Value, scope: Scope): void {
    const binding = scope.find(name);
    if (!binding) return;
    if (this.branchDepth > binding.depth) {
      const before = binding.since ? this.unlessAssigned(binding, binding.since) : optionsOf(binding.value);
      binding.value = unionOf([...before, { value, proofs: this.flow?.proofs ?? [] }]);
    } else binding.value = value;
  }

  /** `let error`, `let user = null`. */
  private since(value: Value): Since | undefined {
    if (!this.flow || !isConstant(value) || truthOf(value) !== false) return undefined;
    return { frame: this.frame, tests: this.frame.tests, condition: this.flow.condition };
  }

  /**
   * What a variable held before an assignment in a branch. Where it still holds that, one of the tests that lead to the
   * assignment has failed, and what that proves holds: `if (!user) error = unauthorized(); if (error) return error`.
   */
  private unlessAssigned({ value: before, depth }: Binding, { frame, tests, condition }: Since): readonly Option[] {
    const options = optionsOf(before);
    if (frame !== this.frame || this.branchDepth - depth !== this.frame.tests - tests) return options;
    const conditions = conditionsSince(this.flow?.condition, condition);
    if (conditions.some(({ values }) => values.length > 1)) return options;
    return options.map((option) => {
      let failed: Flow | undefined;
      for (const { values, truthy } of conditions) {
        const [value = unknownValue] = values;
        const proofs = this.refine(value === before ? option.value : value, !truthy);
        if (proofs) failed = joinFlows([failed, { proofs }]);
      }
      return failed && failed.proofs.length > 0
        ? { ...option, proofs: [...new Set([...option.proofs, ...failed.proofs])] }
        : option;
    });
  }

  private assignTo(target: Expression, value: Value, scope: Scope): void {
    if (target.kind === 'name') {
      this.assignName(target.name, value, scope);
      return;
    }
    if (target.kind === 'member') {
      const object = this.evaluate(target.object, scope);
      this.recordAssignment(object, target.property, value, this.origin(target));
      this.setMember(object, target.property, value);
    } else if (target.kind === 'index') {
      const object = this.evaluate(target.object, scope);
      const key = textOf(this.evaluate(target.key, scope));
      if (key !== undefined) this.setMember(object, key, value);
      else if (object.kind === 'object') addSpread(object, value);
    }
  }

  /** What `object.name = value` does; for methods that set something by its name. */
  assign(object: Value, name: string, value: Value, origin: Origin): void {
    this.recordAssignment(object, name, value, origin);
    this.setMember(object, name, value);
  }

  /** An assignment to a member of something outside counts as a call, `session.user=()`, where it means something. */
  private recordAssignment(object: Value, name: string, value: Value, origin: Origin): void {
    if (object.kind !== 'external' || !this.flow || truthOf(value) === false) return;
    const assignment = externalValue(object.at.member(`${name}=`).called, origin, object, {
      args: [value],
      construct: false,
    });
    const meaning = this.semantics.meaningOf(assignment);
    if (!meaning?.observed || !this.events) return;
    const { proofs, condition } = this.flow;
    this.events.push({ call: assignment, meaning, proofs, condition, moment: ++this.now, stack: this.stack });
  }

  private setMember(object: Value, name: string, value: Value): void {
    const flow = this.flow;
    if (!flow) return;
    switch (object.kind) {
      case 'function':
        (object.properties ??= new Map()).set(name, value);
        return;
      case 'object': {
        // Where the object was made before the branch, it may be without the property behind it.
        const isLater = object.depth !== undefined && this.branchDepth > object.depth;
        const before = object.properties.get(name) ?? (isLater ? absentValue : undefined);
        const may = before && this.branchDepth > 0;
        object.properties.set(
          name,
          may
            ? unionOf([
                ...optionsOf(before),
                { value, proofs: flow.proofs, ...(flow.condition ? { condition: flow.condition } : {}) },
              ])
            : value,
        );
        return;
      }
      case 'external': {
        const keeper = object.call && this.semantics.keptOn(object, name);
        if (keeper) {
          this.setMember(keeper, name, value);
          return;
        }
        // Where it only may be set, what held then is kept with it.
        // Nothing is there before but what the caller sent: `req.body.id`, not `req.user`.
        const before = object.findProperty(name);
        const member = memberOf(object, name);
        if (this.branchDepth === 0) {
          object.properties.set(name, value);
          return;
        }
        const options = before
          ? optionsOf(before)
          : isKeptGlobally(member)
            ? []
            : [{ value: this.semantics.provedBy(member) ? undefinedValue : member, proofs: [] }];
        object.properties.set(name, unionOf([...options, { value, proofs: flow.proofs }]));
        return;
      }
      case 'class':
        object.statics.set(name, value);
        return;
      case 'array': {
        if (object.items.length < limits.items) object.items.push(value);
        return;
      }
      case 'union':
        for (const option of object.options) this.setMember(option.value, name, value);
        return;
      default:
        return;
    }
  }

  /** `object.name = value` */
  assignMember(object: ExternalValue, name: string, value: Value): void {
    if (this.flow && isObject(object)) this.setMember(object, name, value);
  }

  // ---- expressions ----

  /** The value of an expression of a file's top level or of a decorator. */
  evaluateIn(file: FileFacts, expression: Expression, scope: Scope, thisValue: Value = undefinedValue): Value {
    const before = this.enter({
      file,
      thisValue,
      home: undefined,
      returns: [],
      jumps: [],
      tests: 0,
      facts: undefined,
    });
    const value = this.evaluate(expression, scope);
    this.leave(before);
    return value;
  }

  private origin(span: Span): Origin {
    return { file: this.frame.file, span };
  }

  private evaluate(expression: Expression, scope: Scope): Value {
    if (++this.steps > this.stepLimit) {
      this.stop(this.frame.file.path);
      return unknownValue;
    }
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'template':
        return this.template(expression, scope);
      case 'name':
        return this.lookup(expression.name, scope);
      case 'this':
        return expression.super ? (this.frame.home?.superClass ?? unknownValue) : this.frame.thisValue;
      case 'member':
        return this.read(expression, scope);
      case 'index': {
        const object = this.evaluate(expression.object, scope);
        const key = this.evaluate(expression.key, scope);
        return this.indexed(object, key, this.origin(expression));
      }
      case 'call':
        return this.callExpression(expression, scope, false);
      case 'function':
        return this.functionValue(expression.id, scope, undefined);
      case 'class':
        return this.class(expression.id, scope);
      case 'object':
        return this.object(expression, scope);
      case 'array':
        return this.array(expression, scope);
      case 'spread':
        return this.evaluate(expression.value, scope);
      case 'await':
        return this.settled(
          expression.value.kind === 'call'
            ? this.callExpression(expression.value, scope, true)
            : this.evaluate(expression.value, scope),
        );
      case 'assign': {
        const value = this.assigned(expression, scope);
        this.bind(expression.target, value, scope, false);
        return value;
      }
      case 'conditional':
        return this.conditional(expression, scope);
      case 'logical':
        return this.logical(expression, scope);
      case 'unary':
        return this.unary(expression, scope);
      case 'binary':
        return this.binary(expression, scope);
      case 'sequence': {
        let value: Value = undefinedValue;
        for (const item of expression.items) value = this.evaluate(item, scope);
        return value;
      }
      case 'import':
        return this.require(this.frame.file, this.evaluate(expression.source, scope), this.origin(expression));
      case 'opaque':
        for (const part of expression.parts) this.evaluate(part, scope);
        return unknownValue;
    }
  }

  private literal(expression: Extract<Expression, { kind: 'literal' }>): Value {
    return expression.type === 'regex'
      ? externalValue('global#RegExp()', this.origin(expression))
      : { kind: 'literal', value: expression.value, origin: this.origin(expression) };
  }

  private read(expression: Extract<Expression, { kind: 'member' }>, scope: Scope): Value {
    if (expression.object.kind === 'this' && expression.object.super)
      return this.superMember(expression.property, expression);
    const object = this.evaluate(expression.object, scope);
    const value = this.member(object, expression.property, this.origin(expression));
    return expression.optional ? this.orMissing(value, object) : value;
  }

  private array(expression: Extract<Expression, { kind: 'array' }>, scope: Scope): Value {
    const array: ArrayValue = { kind: 'array', items: [], open: false, origin: this.origin(expression) };
    for (const item of expression.items) {
      const value = this.evaluate(item.kind === 'spread' ? item.value : item, scope);
      if (item.kind !== 'spread') array.items.push(value);
      else this.spreadInto(array, value);
    }
    return array;
  }

  private conditional(expression: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
    const [yes, no] = this.branch(expression.test, scope);
    return this.either(
      [
        [yes, expression.whenTrue],
        [no, expression.whenFalse],
      ],
      scope,
    );
  }

  private unary(expression: Extract<Expression, { kind: 'unary' }>, scope: Scope): Value {
    const operand = this.evaluate(expression.operand, scope);
    if (expression.operator === '!' || expression.operator === 'typeof') {
      return externalValue(this.globalPath.member(expression.operator).called, this.origin(expression), undefined, {
        args: [operand],
        construct: false,
      });
    }
    if (expression.operator === '+' || expression.operator === '~') {
      return externalValue('global#Number()', this.origin(expression), undefined, {
        args: [operand],
        construct: false,
      });
    }
    if (expression.operator === 'delete' && expression.operand.kind === 'member') {
      const object = this.evaluate(expression.operand.object, scope);
      if ((object.kind === 'object' || object.kind === 'external') && this.branchDepth === 0)
        object.properties.set(expression.operand.property, absentValue);
    }
    return expression.operator === 'void' ? undefinedValue : operand.kind === 'literal' ? operand : unknownValue;
  }

  /** `a?.b`: where `a` may be missing, `a?.b` may be as well. What is known of the caller is missing where nothing was proved. */
  private orMissing(value: Value, object: Value): Value {
    if (object.kind === 'external') {
      const isProved = this.flow?.proofs.some(identifies) ?? false;
      return !isProved && this.semantics.provedBy(object) !== undefined
        ? unionOf([...optionsOf(value), { value: undefinedValue, proofs: [] }])
        : value;
    }
    if (object.kind !== 'union') return value;
    const missing = object.options.filter((option) => option.value.kind === 'undefined');
    return missing.length > 0 ? unionOf([...optionsOf(value), ...missing]) : value;
  }

  /** The value of a name, in this scope or of the platform. */
  lookup(name: string, scope: Scope): Value {
    const binding = scope.find(name);
    if (binding) return binding.value;
    if (name === 'undefined') return undefinedValue;
    let value = this.globals.get(name);
    if (!value) {
      value = this.semantics.globalOf(name) ?? externalValue(this.globalPath.member(name), this.origin(wholeFile));
      this.globals.set(name, value);
    }
    return value;
  }

  private template(expression: Extract<Expression, { kind: 'template' }>, scope: Scope): Value {
    const parts: Value[] = [];
    expression.texts.forEach((text, index) => {
      if (text !== '') parts.push({ kind: 'literal', value: text, origin: this.origin(expression) });
      const part = expression.parts[index];
      if (part) parts.push(this.evaluate(part, scope));
    });
    const origin = this.origin(expression);
    if (expression.tag) {
      const tag = this.evaluate(expression.tag, scope);
      return this.call(tag, [concatenate(parts, origin), ...parts.filter((part) => part.kind !== 'literal')], origin);
    }
    return concatenate(parts, origin);
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
    const origin = this.origin(expression);
    // The left spine is walked in a loop: long concatenations are common in generated code.
    const operands: { operator: string; right: Expression }[] = [];
    let left: Expression = expression;
    while (left.kind === 'binary') {
      operands.push({ operator: left.operator, right: left.right });
      left = left.left;
    }
    let value = this.evaluate(left, scope);
    for (let index = operands.length - 1; index >= 0; index--) {
      const { operator, right } = operands[index] as { operator: string; right: Expression };
      const other = this.evaluate(right, scope);
      if (operator === '+') value = concatenate([value, other], origin);
      else if (operator === '|' || operator === '&') value = unionOf([...optionsOf(value), ...optionsOf(other)]);
      else
        value = externalValue(this.globalPath.member(operator).called, origin, undefined, {
          args: [value, other],
          construct: false,
        });
    }
    return value;
  }

  private logical(expression: Extract<Expression, { kind: 'logical' }>, scope: Scope): Value {
    const start = this.flow ?? emptyFlow;
    const left = this.evaluate(expression.left, scope);
    const { operator } = expression;
    const others: Option[] = [];
    let certain = false;
    for (const option of optionsOf(left)) {
      if (operator !== '&&' && isKeptGlobally(option.value)) continue;
      const truth = truthOf(option.value);
      const missing = isMissing(option.value);
      if (operator === '&&') {
        if (truth !== true) others.push(option);
        if (truth === false && optionsOf(left).length === 1) certain = true;
      } else if (operator === '||') {
        if (truth !== false) others.push(option);
        if (truth === true && optionsOf(left).length === 1) certain = true;
      } else {
        if (!missing || option.value.kind !== 'undefined') others.push(option);
        if (truth !== undefined && !missing && optionsOf(left).length === 1) certain = true;
      }
    }
    if (certain) return left;
    const gained = operator === '&&' ? this.refine(left, true) : operator === '||' ? this.refine(left, false) : [];
    const before = this.flow;
    const test = under((before ?? start).condition, [left], operator === '&&', this.origin(expression.left));
    this.flow = withCondition(withProofs(before ?? start, gained ?? []), test);
    this.branchDepth++;
    const right = this.evaluate(expression.right, scope);
    this.branchDepth--;
    const after = this.flow as Flow | undefined;
    // Where the left side surely decides nothing, the right side is always run.
    this.flow = others.length === 0 ? after : before;
    if (others.length > 0 && before && after) {
      const condition = under(before.condition, [left], operator === '||', this.origin(expression.left));
      for (const bypass of bypassesOf([{ ...before, condition }, after], before)) this.bypasses.push(bypass);
    }
    const options = [
      ...others.map((option) =>
        operator === '&&' && truthOf(option.value) !== false
          ? { value: asFalsy(option.value), proofs: option.proofs }
          : { value: option.value, proofs: option.proofs },
      ),
      ...optionsOf(right).map((option) => ({
        value: option.value,
        proofs: [
          ...new Set([...option.proofs, ...(after ?? start).proofs.filter((proof) => !start.proofs.includes(proof))]),
        ],
      })),
    ];
    return left.kind === 'union' ? kept(unionOf(options), left) : unionOf(options);
  }

  private either(branches: readonly (readonly [Flow | undefined, Expression])[], scope: Scope): Value {
    const options: Option[] = [];
    const flows: (Flow | undefined)[] = [];
    const start = this.flow;
    this.branchDepth++;
    for (const [flow, expression] of branches) {
      if (!flow) continue;
      this.flow = flow;
      const value = this.evaluate(expression, scope);
      const after = this.flow as Flow | undefined;
      flows.push(after);
      const { proofs, settings, condition } = after ?? flow;
      const gained = proofs.filter((proof) => !start?.proofs.includes(proof));
      // `isOff ? passOn : requireUser`, where a setting chooses.
      const chosen = settings?.filter((setting) => !start?.settings?.includes(setting)) ?? [];
      for (const option of optionsOf(value)) {
        const switches = [...(option.settings ?? []), ...chosen];
        options.push({
          value: option.value,
          proofs: [...new Set([...option.proofs, ...gained])],
          ...(switches.length > 0 ? { settings: switches } : {}),
          ...(condition && condition !== start?.condition ? { condition } : {}),
        });
      }
    }
    this.branchDepth--;
    this.flow = this.join(flows);
    return unionOf(options);
  }

  private assigned(expression: Extract<Expression, { kind: 'assign' }>, scope: Scope): Value {
    const { operator } = expression;
    if (operator === '=') return this.evaluate(expression.value, scope);
    const target = expression.target;
    const left: Expression | undefined =
      target.kind === 'name'
        ? { kind: 'name', name: target.name, start: target.start, end: target.end }
        : target.kind === 'target'
          ? target.target
          : undefined;
    if (!left) return this.evaluate(expression.value, scope);
    if (operator === '||=' || operator === '&&=' || operator === '??=') {
      const logical = operator === '||=' ? '||' : operator === '&&=' ? '&&' : '??';
      return this.logical(
        {
          kind: 'logical',
          operator: logical,
          left,
          right: expression.value,
          start: expression.start,
          end: expression.end,
        },
        scope,
      );
    }
    return this.binary(
      {
        kind: 'binary',
        operator: operator.slice(0, -1),
        left,
        right: expression.value,
        start: expression.start,
        end: expression.end,
      },
      scope,
    );
  }

  private object(expression: Extract<Expression, { kind: 'object' }>, scope: Scope): Value {
    const object = newObject(this.origin(expression));
    object.depth = this.branchDepth;
    for (const property of expression.properties) {
      if (property.kind === 'spread') {
        const value = this.evaluate(property.value, scope);
        this.assignAll(object, value);
        continue;
      }
      const key = typeof property.key === 'string' ? property.key : textOf(this.evaluate(property.key, scope));
      const value =
        property.value.kind === 'function'
          ? this.functionValue(property.value.id, scope, object)
          : this.evaluate(property.value, scope);
      if (key === undefined) addSpread(object, value);
      else if (property.kind === 'getter')
        object.properties.set(key, this.call(value, [], this.origin(property), object));
      else if (property.kind === 'value') object.properties.set(key, value);
    }
    return object;
  }

  /** `{ ...value }` and `Object.assign(object, value)`. */
  assignAll(object: ObjectValue, value: Value): void {
    if (value.kind === 'union') {
      this.assignOneOf(object, value);
      return;
    }
    const known = value.kind === 'external' && value.call ? this.semantics.evaluateSpread(value) : undefined;
    if (known) this.assignAll(object, known);
    else if (value.kind === 'object') {
      for (const [name, inner] of value.properties)
        if (inner !== absentValue || !object.properties.has(name)) object.properties.set(name, inner);
      for (const spread of value.spread) this.addSpread(object, spread, value);
      if (value.classOf) addSpread(object, value);
    } else if (value.kind !== 'undefined' && value.kind !== 'literal') {
      this.addSpread(object, value);
      // What the program has written into it is known, whatever else is there.
      if (value.kind === 'external') for (const [name, inner] of writtenIn(value)) object.properties.set(name, inner);
    }
  }

  /** @param from The object that the spread was put into before: its own properties lie over it. */
  private addSpread(object: ObjectValue, value: Value, from?: ObjectValue): void {
    addSpread(object, value);
    // What the caller writes may have any property, those that were set before as well.
    if (value.kind !== 'external' || !this.semantics.isInput(value)) return;
    for (const [name, before] of object.properties) {
      if (from?.properties.has(name)) continue;
      object.properties.set(name, unionOf([...optionsOf(before), { value: memberOf(value, name), proofs: [] }]));
    }
  }

  /** A property that only some of the alternatives have is there or is not. */
  private assignOneOf(object: ObjectValue, { options }: UnionValue): void {
    const names = new Set(
      options.flatMap((option) => (option.value.kind === 'object' ? [...option.value.properties.keys()] : [])),
    );
    for (const name of names) {
      const before = object.properties.get(name) ?? absentValue;
      object.properties.set(
        name,
        unionOf(
          options.map((option) => ({
            ...option,
            value: (option.value.kind === 'object' ? option.value.properties.get(name) : undefined) ?? before,
          })),
        ),
      );
    }
    for (const { value } of options) {
      if (value.kind === 'object') {
        for (const spread of value.spread) this.addSpread(object, spread, value);
        if (value.classOf) addSpread(object, value);
      } else if (value.kind !== 'undefined' && value.kind !== 'literal') this.assignAll(object, value);
    }
  }

  spreadInto(array: ArrayValue, value: Value): void {
    if (value.kind === 'array') {
      const room = limits.items - array.items.length;
      for (const item of value.items.slice(0, Math.max(0, room))) array.items.push(item);
      if (value.open || value.items.length > room) array.open = true;
    } else if (value.kind === 'union') {
      for (const option of value.options) this.spreadInto(array, option.value);
    } else if (value.kind !== 'undefined') {
      array.open = true;
      if (value.kind !== 'literal' && array.items.length < limits.items) array.items.push(value);
    }
  }

  /** What a loop over the value meets. */
  elementsOf(value: Value, keys = false): readonly Value[] {
    if (keys) {
      return value.kind === 'object'
        ? [...value.properties.keys()].slice(0, limits.loopRounds).map((name) => literal(name, value.origin))
        : [unknownValue];
    }
    if (value.kind === 'array') {
      const items = value.items.slice(0, limits.loopRounds);
      return value.open ? [...items, unknownValue] : items;
    }
    if (value.kind === 'union') return value.options.flatMap((option) => this.elementsOf(option.value));
    if (value.kind === 'undefined' || value.kind === 'literal') return [];
    return [this.member(value, '0', originOf(value) ?? this.origin(wholeFile))];
  }

  // ---- members ----

  member(object: Value, name: string, origin: Origin): Value {
    switch (object.kind) {
      case 'object': {
        const own = object.properties.get(name);
        if (own) return own;
        const inherited = object.classOf && this.instanceMember(object, object.classOf, name, origin);
        if (inherited) return inherited;
        const known = nativeMember(this, object, name);
        if (known) return known;
        const spread = object.spread.length > 0 ? this.spreadMember(object, name, origin) : undefined;
        if (spread) return spread;
        return object.classOf && this.hasUnknownBase(object.classOf) ? unknownValue : undefinedValue;
      }
      case 'external': {
        const settlement = findSettlement(object);
        if (settlement) return this.member(settlement.value, name, origin);
        const assigned = object.findProperty(name);
        if (assigned) return assigned;
        const evaluated = object.call && this.semantics.evaluateMember(object, name, origin);
        return evaluated ?? memberOf(object, name, origin);
      }
      case 'class': {
        for (let current: Value | undefined = object; current; current = current.superClass) {
          if (current.kind === 'external') return externalValue(current.at.member(name), origin, object);
          if (current.kind !== 'class') break;
          const value = current.statics.get(name) ?? this.staticMember(current, name);
          if (value) return value;
        }
        return name === 'name' && object.facts.name ? literal(object.facts.name, origin) : unknownValue;
      }
      case 'function': {
        const own = object.properties?.get(name);
        if (own) return own;
        return nativeMember(this, object, name) ?? undefinedValue;
      }
      case 'union':
        return kept(
          unionOf(
            object.options
              .filter((option) => !isNothing(option.value) || object.options.length === 1)
              .map((option) => ({ value: this.member(option.value, name, origin), proofs: option.proofs })),
          ),
          object,
        );
      case 'undefined':
        return undefinedValue;
      case 'unknown':
        return nativeMember(this, object, name) ?? externalValue(this.unknownPath.member(name), origin, object);
      default: {
        if (isNothing(object)) return undefinedValue;
        const known = nativeMember(this, object, name);
        if (known) return known;
        if (object.kind === 'array' && /^\d+$/.test(name)) return object.items[Number(name)] ?? unknownValue;
        return externalValue(this.unknownPath.member(name), origin, object);
      }
    }
  }

  /** Names that are being looked for in what was spread into an object: it may have been spread into itself, in a loop. */
  private readonly sought = new Map<ObjectValue, Set<string>>();

  private spreadMember(object: ObjectValue, name: string, origin: Origin): Value | undefined {
    let sought = this.sought.get(object);
    if (!sought) this.sought.set(object, (sought = new Set()));
    if (sought.has(name)) return undefined;
    sought.add(name);
    let found: Value | undefined;
    for (let index = object.spread.length - 1; index >= 0 && !found; index--) {
      const spread = object.spread[index] as Value;
      const value = namedOption(spread, name) ?? this.member(spread, name, origin);
      if (value.kind !== 'undefined') found = value;
    }
    sought.delete(name);
    if (sought.size === 0) this.sought.delete(object);
    return found;
  }

  private indexed(object: Value, key: Value, origin: Origin): Value {
    const options = optionsOf(key);
    const texts = options.map((option) => textOf(option.value));
    if (texts.every((text) => text !== undefined)) {
      return unionOf(
        texts.map((text, index) => ({
          value: this.member(object, text, origin),
          proofs: options[index]?.proofs ?? [],
        })),
      );
    }
    if (object.kind === 'object' && object.spread.length === 0 && object.properties.size > 0) {
      return chosenBy(unionOf([...fittingValues(object, key), { value: undefinedValue, proofs: [] }]), key);
    }
    if (object.kind === 'array') return unionOf(this.elementsOf(object).map((value) => ({ value, proofs: [] })));
    if (object.kind === 'external') return externalValue(object.at.member('[]'), origin, object);
    return unknownValue;
  }

  private instanceMember(instance: ObjectValue, start: ClassValue, name: string, origin: Origin): Value | undefined {
    for (let current: Value | undefined = start; current; current = current.superClass) {
      if (current.kind === 'external') return memberOf(this.externalBase(instance, current), name, origin);
      if (current.kind !== 'class') return undefined;
      const described = `${current.file.path}#${current.facts.name ?? ''}.${name}`;
      if (this.semantics.describes(described)) return externalValue(described, origin, instance);
      for (const member of current.facts.members) {
        if (member.static || member.name !== name || member.function === undefined) continue;
        if (member.kind === 'setter' || member.kind === 'constructor') continue;
        const value = this.functionOf(current, member.function, instance);
        return member.kind === 'getter' ? this.call(value, [], origin, instance) : value;
      }
    }
    return undefined;
  }

  /** The part of an instance that a class of another package makes. */
  private externalBase(instance: ObjectValue, base: ExternalValue): ExternalValue {
    return (instance.base ??= externalValue(base.at.called, instance.origin, instance, {
      args: [],
      construct: true,
    }));
  }

  /** The instance's part that a class of another package makes, if it has one. */
  externalBaseOf(instance: ObjectValue): ExternalValue | undefined {
    for (
      let current: Value | undefined = instance.classOf;
      current;
      current = current.kind === 'class' ? current.superClass : undefined
    ) {
      if (current.kind === 'external') return this.externalBase(instance, current);
    }
    return undefined;
  }

  private hasUnknownBase(start: ClassValue): boolean {
    let current: Value | undefined = start;
    while (current?.kind === 'class') current = current.superClass;
    return current !== undefined;
  }

  private superMember(name: string, expression: Expression): Value {
    const base = this.frame.home?.superClass;
    const self = this.frame.thisValue;
    const origin = this.origin(expression);
    if (base?.kind === 'class' && self.kind === 'object')
      return this.instanceMember(self, base, name, origin) ?? undefinedValue;
    if (base?.kind === 'external') {
      return self.kind === 'object'
        ? memberOf(this.externalBase(self, base), name, origin)
        : memberOf(base, name, origin);
    }
    return unknownValue;
  }

  private staticMember(owner: ClassValue, name: string): Value | undefined {
    for (const member of owner.facts.members) {
      if (!member.static || member.name !== name) continue;
      // `static instance: Client`, before anybody has set it.
      if (member.function === undefined) return member.type && this.typed(member.type, owner.file, owner.scope);
      const value = this.functionOf(owner, member.function, owner);
      return member.kind === 'getter' ? this.call(value, [], { file: owner.file, span: member }, owner) : value;
    }
    return undefined;
  }

  // ---- functions and classes ----

  private functionValue(id: number, scope: Scope, thisValue: Value | undefined): Value {
    const facts = this.frame.file.functions[id];
    if (!facts) return unknownValue;
    const self = facts.arrow ? this.frame.thisValue : thisValue;
    return {
      kind: 'function',
      file: this.frame.file,
      facts,
      scope,
      ...(self === undefined ? {} : { thisValue: self }),
      ...(this.frame.home && facts.arrow ? { home: this.frame.home } : {}),
      bound: nothingBound,
    };
  }

  /** A method: always the same value for the same receiver. */
  private functionOf(owner: ClassValue, id: number, receiver: ObjectValue | ClassValue): Value {
    const key = owner.file.functions[id];
    if (!key) return unknownValue;
    const methods = (receiver.methods ??= new Map());
    const known = methods.get(key);
    if (known) return known;
    const value: FunctionValue = {
      kind: 'function',
      file: owner.file,
      facts: key,
      scope: owner.scope,
      thisValue: receiver,
      home: owner,
      bound: nothingBound,
    };
    methods.set(key, value);
    return value;
  }

  /** A method of a class as a route or a guard needs it, with the instance as its receiver. */
  methodOf(instance: ObjectValue, name: string): { value: FunctionValue; owner: ClassValue } | undefined {
    for (let current: Value | undefined = instance.classOf; current?.kind === 'class'; current = current.superClass) {
      for (const member of current.facts.members) {
        if (member.static || member.name !== name || member.function === undefined) continue;
        if (!current.file.functions[member.function]?.body) continue;
        const value = this.functionOf(current, member.function, instance);
        if (value.kind === 'function') return { value, owner: current };
      }
    }
    return undefined;
  }

  private class(id: number, scope: Scope): Value {
    const file = this.frame.file;
    const facts = file.classes[id];
    if (!facts) return unknownValue;
    const superClass = facts.superClass ? this.evaluate(facts.superClass, scope) : undefined;
    const inner = new Scope(scope);
    const value: ClassValue = {
      kind: 'class',
      file,
      facts,
      scope: inner,
      ...(superClass === undefined
        ? {}
        : { superClass: superClass.kind === 'union' ? (superClass.options[0]?.value ?? unknownValue) : superClass }),
      statics: new Map(),
      decorators: [],
      memberDecorators: new Map(),
    };
    if (facts.name) inner.declare(facts.name, value, this.branchDepth);
    this.classes.set(facts, value);
    value.decorators = facts.decorators.map((decorator) => this.evaluate(decorator, inner));
    for (const member of facts.members) {
      if (member.decorators.length > 0) {
        const key = `${member.static ? 'static ' : ''}${member.name}`;
        const decorators = member.decorators.map((decorator) => this.evaluate(decorator, inner));
        value.memberDecorators.set(key, decorators);
        this.decorate(decorators, [value, literal(key, { file, span: member }), unknownValue]);
      }
      if (member.static && member.value)
        value.statics.set(member.name, this.evaluateIn(file, member.value, inner, value));
    }
    this.decorate(value.decorators, [value]);
    return value;
  }

  /** Decorators that the program has written itself are run: what they apply in turn says what they do. */
  private decorate(decorators: readonly Value[], args: readonly Value[]): void {
    const flow = this.flow;
    for (const decorator of decorators) {
      if (decorator.kind !== 'function') continue;
      this.call(decorator, args, { file: decorator.file, span: decorator.facts });
      this.flow = flow;
    }
  }

  /** A new instance, or what a class of another package makes. */
  construct(target: ClassValue, args: readonly Value[], origin: Origin): ObjectValue {
    const instance = newObject(origin, target);
    this.initialise(instance, target, args, origin);
    return instance;
  }

  /** The one instance that a container makes of a class, its constructor's parameters filled in by type. */
  singleton(target: ClassValue): ObjectValue {
    const known = this.singletons.get(target.facts);
    if (known) return known;
    const origin = { file: target.file, span: target.facts };
    const instance = newObject(origin, target);
    this.singletons.set(target.facts, instance);
    const before = this.enter({ ...this.frame, file: target.file });
    const saved = { steps: this.steps, limit: this.stepLimit, events: this.events };
    this.steps = 0;
    this.stepLimit = limits.handlerSteps;
    this.events = undefined;
    this.flow = emptyFlow;
    this.initialise(instance, target, undefined, origin);
    this.steps = saved.steps;
    this.stepLimit = saved.limit;
    this.events = saved.events;
    this.leave(before);
    return instance;
  }

  private initialise(
    instance: ObjectValue,
    target: ClassValue,
    given: readonly Value[] | undefined,
    origin: Origin,
  ): void {
    const constructor = target.facts.members.find(
      (member) =>
        member.kind === 'constructor' && member.function !== undefined && target.file.functions[member.function]?.body,
    );
    const facts = constructor?.function === undefined ? undefined : target.file.functions[constructor.function];
    const args =
      given ??
      facts?.parameters.map(
        (parameter) =>
          this.semantics.inject(parameter, target) ?? this.typed(parameter.type, target.file, target.scope),
      ) ??
      [];
    if (!facts && target.superClass?.kind === 'class') this.initialise(instance, target.superClass, given, origin);
    const before = this.enter({
      file: target.file,
      thisValue: instance,
      home: target,
      returns: [],
      jumps: [],
      tests: 0,
      facts: undefined,
    });
    this.branchDepth = 0;
    for (const member of target.facts.members) {
      if (member.static || member.kind !== 'field') continue;
      const value = member.value
        ? this.evaluate(member.value, target.scope)
        : (this.injectedField(target, member.name) ??
          (member.type ? this.typed(member.type, target.file, target.scope) : undefined));
      // What a type alone says of a field of the base class is less than what the derived class has given it.
      if (value && (member.value || !instance.properties.has(member.name))) instance.properties.set(member.name, value);
    }
    this.leave(before);
    if (!facts) return;
    facts.parameters.forEach((parameter, index) => {
      if (parameter.field && parameter.pattern.kind === 'name')
        instance.properties.set(parameter.pattern.name, args[index] ?? undefinedValue);
    });
    this.invoke(facts, target.file, target.scope, instance, target, args, origin);
  }

  private injectedField(target: ClassValue, name: string): Value | undefined {
    const member = target.facts.members.find((item) => item.name === name && item.kind === 'field');
    if (!member || member.decorators.length === 0) return undefined;
    const parameter: ParameterFacts = {
      pattern: { kind: 'name', name, start: member.start, end: member.end },
      ...(member.type ? { type: member.type } : {}),
      rest: false,
      optional: false,
      decorators: member.decorators,
      field: true,
      start: member.start,
      end: member.end,
    };
    return this.semantics.inject(parameter, target);
  }

  /** What a type that is written down says of a value that nothing else is known of. */
  typed(type: TypeReference | undefined, file: FileFacts, scope: Scope, depth = 0): Value {
    if (!type || depth > limits.typeDepth) return unknownValue;
    if (type.name === '|') {
      const options = type.args.filter((arg) => arg.name !== 'undefined' && arg.name !== 'null');
      return options.length === 1 ? this.typed(options[0], file, scope, depth) : unknownValue;
    }
    if (type.name === 'Promise' || type.name === 'Readonly' || type.name === 'Partial')
      return this.typed(type.args[0], file, scope, depth);
    const origin = { file, span: wholeFile };
    const [head, ...rest] = type.name.split('.');
    const imported = file.imports.find((item) => item.local === head);
    if (imported) {
      const target = this.resolve(file.path, imported.source);
      if (target === undefined) {
        const module = this.externalImport(imported.source, imported.imported, origin);
        const path = rest.reduce<Value>((value, name) => this.member(value, name, origin), module);
        if (path.kind !== 'external') return unknownValue;
        const args = type.args.map((arg) => this.classOfType(arg, file, scope));
        return externalValue(path.at.called, origin, undefined, { args, construct: true });
      }
      const record = this.module(target);
      const value =
        record && (imported.imported === '*' ? this.namespaceOf(record) : this.exported(record, imported.imported));
      if (value?.kind === 'class') return this.singleton(value);
      const members = record?.facts.types[imported.imported];
      return record && members ? this.typedObject(members, record.facts, record.scope, depth) : unknownValue;
    }
    const members = file.types[type.name];
    if (members) return this.typedObject(members, file, scope, depth);
    const value = scope.find(type.name)?.value;
    return value?.kind === 'class' ? this.singleton(value) : unknownValue;
  }

  /** The class of the project that a type names. */
  typedClass(type: TypeReference, file: FileFacts, scope: Scope): ClassValue | undefined {
    const value = this.classOfType(type, file, scope);
    return value.kind === 'class' ? value : undefined;
  }

  private typedObject(
    members: readonly { name: string; type?: TypeReference }[],
    file: FileFacts,
    scope: Scope,
    depth: number,
  ): Value {
    const object = newObject({ file, span: wholeFile });
    for (const member of members) object.properties.set(member.name, this.typed(member.type, file, scope, depth + 1));
    object.spread.push(unknownValue);
    return object;
  }

  /** The class that a type argument names: the entity of a repository. */
  private classOfType(type: TypeReference, file: FileFacts, scope: Scope): Value {
    const imported = file.imports.find((item) => item.local === type.name);
    if (imported) return this.importedValue(file, imported.source, imported.imported, { file, span: imported });
    return scope.find(type.name)?.value ?? literal(type.name, { file, span: wholeFile });
  }

  // ---- calls ----

  /** @param awaited Whether somebody waits for the result: a failure of an asynchronous call goes nowhere otherwise. */
  private callExpression(expression: CallExpression, scope: Scope, awaited: boolean): Value {
    const origin = this.origin(expression);
    const { callee } = expression;
    if (callee.kind === 'this' && callee.super) return this.superCall(expression, scope, origin);
    if (callee.kind === 'member' && settling.has(callee.property)) {
      const entry = this.flow;
      const settled = this.settle(callee.property, callee.object, expression, scope, origin);
      if (settled && (awaited || !entry)) return settled;
      if (settled) return this.pending(settled, entry, origin);
    }
    let receiver: Value | undefined;
    let target: Value;
    if (callee.kind === 'member' && !(callee.object.kind === 'this' && callee.object.super)) {
      receiver = this.evaluate(callee.object, scope);
      target = this.member(receiver, callee.property, this.origin(callee));
    } else target = this.evaluate(callee, scope);
    const args = this.arguments(expression, scope);
    const before = this.flow;
    const value = this.call(target, args, origin, receiver, expression.new);
    if (awaited || !before || !this.isAsynchronous(target, value, args)) return value;
    return this.pending(value, before, origin);
  }

  /** What nobody has waited for yet: only what held before it holds behind it. */
  private pending(value: Value, before: Flow | undefined, origin: Origin): Value {
    const promise = pendingValue({ value, flow: this.flow }, origin);
    this.flow = before;
    return promise;
  }

  /** Calls a function whose result nobody looks at before it is settled: a callback of `map` or `forEach`. */
  callDetached(callee: Value, args: readonly Value[], origin: Origin): Value {
    const before = this.flow;
    const value = this.call(callee, args, origin);
    return callee.kind === 'function' && callee.facts.async ? this.pending(value, before, origin) : value;
  }

  private isAsynchronous(target: Value, result: Value, args: readonly Value[]): boolean {
    switch (target.kind) {
      case 'function':
        return target.facts.async && !target.facts.generator;
      case 'external':
        if (target.path === 'global#Promise' || target.path.startsWith('global#Promise.')) return true;
        return (
          result.kind === 'external' &&
          // Not what it hands on: `Object.assign(record, changes)`.
          result.at === target.at.called &&
          this.semantics.meaningOf(result)?.promises === true &&
          !args.some((arg) => arg.kind === 'function')
        );
      case 'union':
        return target.options.every((option) => this.isAsynchronous(option.value, unknownValue, args));
      default:
        return false;
    }
  }

  /** What a promise comes to, once it is waited for; any other value is what it is. */
  settled(value: Value): Value {
    const settlement = findSettlement(value);
    if (settlement) {
      const { flow } = settlement;
      if (!flow) this.throw();
      else if (this.flow) this.flow = withProofs(this.flow, flow.proofs);
      return this.settled(settlement.value);
    }
    if (value.kind !== 'union' || !value.options.some((option) => findSettlement(option.value))) return value;
    const options: Option[] = [];
    for (const option of value.options) {
      const inner = findSettlement(option.value);
      if (!inner) options.push(option);
      else if (inner.flow) {
        const gained = inner.flow.proofs.filter((proof) => !this.flow?.proofs.includes(proof));
        options.push({ ...option, value: inner.value, proofs: [...new Set([...option.proofs, ...gained])] });
      }
    }
    return options.length > 0 ? unionOf(options) : unknownValue;
  }

  private arguments(expression: CallExpression, scope: Scope): Value[] {
    const args: Value[] = [];
    for (const item of expression.args) {
      const value = this.evaluate(item.kind === 'spread' ? item.value : item, scope);
      if (item.kind === 'spread' && value.kind === 'array') args.push(...value.items);
      else args.push(value);
    }
    return args;
  }

  private superCall(expression: CallExpression, scope: Scope, origin: Origin): Value {
    const base = this.frame.home?.superClass;
    const self = this.frame.thisValue;
    const args = this.arguments(expression, scope);
    if (base?.kind === 'class' && self.kind === 'object') this.initialise(self, base, args, origin);
    else if (base?.kind === 'external') {
      const made = externalValue(base.at.called, origin, self, { args, construct: true });
      if (self.kind === 'object') self.base = made;
      this.record(made, base);
    }
    return undefinedValue;
  }

  /** `promise.then(ok, failed)` and `promise.catch(failed)`, read as `try`. */
  private settle(
    method: string,
    object: Expression,
    expression: CallExpression,
    scope: Scope,
    origin: Origin,
  ): Value | undefined {
    const entry = this.flow;
    const outer = this.throws;
    const failedIndex = method === 'then' ? 1 : method === 'catch' ? 0 : Infinity;
    const handler = expression.args[failedIndex];
    if (handler) this.throws = [];
    // `.catch(next)` hands the failure on: what comes behind has been through all of it.
    const may = handler?.kind === 'function';
    if (may) this.branchDepth++;
    const first = this.events?.length ?? 0;
    const value = this.settled(this.evaluate(object, scope));
    const last = this.events?.length ?? 0;
    const end = ++this.now;
    if (may) this.branchDepth--;
    this.throws = outer;
    if (value.kind === 'object' && (value.properties.has('then') || value.classOf)) {
      const target = this.member(value, method, origin);
      if (target.kind === 'function') return this.call(target, this.arguments(expression, scope), origin, value);
    }
    const normal = this.flow;
    const options: Option[] = [];
    let afterOk = normal;
    const args = this.arguments(expression, scope);
    if (method === 'finally') {
      if (args[0]) this.call(args[0], [], origin);
      return value;
    }
    const ok = method === 'then' ? args[0] : undefined;
    if (ok) {
      this.flow = normal;
      if (normal) {
        const result = this.call(ok, [value], origin);
        const proofs = this.flow?.proofs.filter((proof) => !entry?.proofs.includes(proof)) ?? [];
        options.push(...optionsOf(result).map((option) => ({ ...option, proofs: [...option.proofs, ...proofs] })));
      }
      afterOk = this.flow;
    } else if (normal) options.push(...optionsOf(value));
    let afterFailed: Flow | undefined;
    const failed = args[failedIndex];
    if (failed) {
      this.flow = entry;
      this.branchDepth++;
      const result = this.call(failed, [externalValue('global#Error()', origin)], origin);
      this.branchDepth--;
      afterFailed = this.flow;
      if (afterFailed) {
        options.push(...optionsOf(result));
        this.tried(first, last, end, entry);
      }
    }
    this.flow = this.join([afterOk, afterFailed]);
    return unionOf(options);
  }

  /** Calls a value. `receiver` is what it was read from. */
  call(callee: Value, args: readonly Value[], origin: Origin, receiver?: Value, construct = false): Value {
    if (!this.flow) return unknownValue;
    switch (callee.kind) {
      case 'function': {
        const self = callee.facts.arrow
          ? (callee.thisValue ?? undefinedValue)
          : ((callee.home ? callee.thisValue : undefined) ?? receiver ?? callee.thisValue ?? undefinedValue);
        if (construct) {
          const instance = newObject(origin);
          this.invoke(
            callee.facts,
            callee.file,
            callee.scope,
            instance,
            callee.home,
            [...callee.bound, ...args],
            origin,
          );
          const prototype = callee.properties?.get('prototype');
          if (prototype?.kind === 'object') this.assignAll(instance, prototype);
          return instance;
        }
        const given = callee.bound.length === 0 ? args : [...callee.bound, ...args];
        return this.invoke(callee.facts, callee.file, callee.scope, self, callee.home, given, origin);
      }
      case 'native':
        return callee.call(args, origin);
      case 'class':
        return this.construct(callee, args, origin);
      case 'external':
        return this.callExternal(callee, args, origin, receiver, construct);
      case 'union': {
        const options: Option[] = [];
        const flows: (Flow | undefined)[] = [];
        const start = this.flow;
        this.branchDepth++;
        for (const option of callee.options.slice(0, limits.calledOptions)) {
          if (option.value.kind === 'undefined' || option.value.kind === 'literal') continue;
          this.flow = withProofs(start, option.proofs);
          for (const result of optionsOf(this.call(option.value, args, origin, receiver, construct)))
            options.push({ ...result, proofs: [...new Set([...option.proofs, ...result.proofs])] });
          flows.push(this.flow);
        }
        this.branchDepth--;
        this.flow = flows.length > 0 ? this.join(flows) : start;
        return options.length > 0 ? kept(unionOf(options), callee) : unknownValue;
      }
      case 'object': {
        // A callable that is put together from functions: followed through what it was spread from.
        this.callbacks(args, externalValue(this.unknownPath.called, origin));
        return unknownValue;
      }
      default: {
        const result = externalValue(this.unknownPath.called, origin, receiver ?? callee, { args, construct });
        this.callbacks(args, result);
        return result;
      }
    }
  }

  private callExternal(
    callee: ExternalValue,
    args: readonly Value[],
    origin: Origin,
    receiver: Value | undefined,
    construct: boolean,
  ): Value {
    const native = callNative(this, callee, args, origin);
    if (native) return native;
    // A function of the project that was given a method of a package: `guard.unless = unless`.
    const owner = receiver?.kind === 'function' ? receiver : callee.call ? callee : (callee.receiver ?? receiver);
    const result = externalValue(callee.at.called, origin, owner, { args, construct });
    const meaning = this.record(result, callee);
    const evaluated = this.semantics.evaluateCall(result);
    if (meaning?.returnsReceiver) {
      const owner = callee.receiver ?? receiver ?? unknownValue;
      // What a query means may depend on what was said of it since.
      if (owner.kind === 'external' && owner.meaning?.observed) owner.meaning = undefined;
      return owner;
    }
    if (meaning?.returnsArgument !== undefined) return args[meaning.returnsArgument] ?? unknownValue;
    if (meaning?.ends) {
      this.throw();
      return unknownValue;
    }
    const passedTo = meaning?.passes && args.find((arg) => arg.kind === 'function' || arg.kind === 'native');
    if (meaning?.passes && passedTo) return this.call(passedTo, [meaning.passes], origin);
    // What gives no promise tells a function how it went, even one that looks at the error alone.
    const tells = meaning?.proves?.when === 'returns' && meaning.promises !== true;
    if (!meaning?.defers) this.callbacks(args, result, tells);
    if (
      meaning?.proves?.when === 'returns' &&
      !args.some((arg) => arg.kind === 'function' && (tells || arg.facts.parameters.length > 1))
    ) {
      if (this.throws) this.throws.push(this.flow ?? emptyFlow);
      this.flow = withProof(this.flow ?? emptyFlow, this.proofBy(result, meaning.proves.kind));
    }
    if (meaning?.asserts && this.flow) {
      const proofs = this.refine(args[0] ?? undefinedValue, true);
      if (this.throws) this.throws.push(this.flow);
      this.flow = proofs && withProofs(this.flow, proofs);
    }
    if (meaning?.permits) {
      if (this.throws) this.throws.push(this.flow ?? emptyFlow);
      this.flow = withProof(this.flow ?? emptyFlow, this.permittedBy(result, true));
    }
    return evaluated ?? result;
  }

  private proofBy(call: ExternalValue, kind: string): Proof {
    return (call.answers.proof ??= {
      kind,
      origin: call.origin,
      by: nameOfPath(call.path),
      about: call.call ? this.semantics.aboutOf(call) : [call],
    });
  }

  private record(result: ExternalValue, callee: ExternalValue): CallMeaning | undefined {
    const owner = callee.receiver;
    result.run = this.currentRun;
    // Objects that live for the whole program (clients, loggers) do not gather what every handler does to them.
    if (owner?.kind === 'external' && isObject(owner) && (owner.call === undefined || owner.run === this.currentRun))
      owner.calls.push(result);
    if (this.loading && this.events === undefined && this.semantics.keeps(result.path)) this.loading.calls.push(result);
    const meaning = this.semantics.meaningOf(result);
    if (meaning?.observed && this.events && this.flow) {
      const { proofs, condition } = this.flow;
      this.events.push({ call: result, meaning, proofs, condition, moment: ++this.now, stack: this.stack });
    }
    return meaning;
  }

  /** Functions handed to something outside are called by it, once, with what can be said of their arguments. */
  private callbacks(args: readonly Value[], result: ExternalValue, errorFirst = false): void {
    const start = this.flow;
    for (const arg of args) {
      if (arg.kind !== 'function' && arg.kind !== 'native') continue;
      if (arg.kind === 'native') {
        // `next`, `resolve` and the like given away: when and whether they are called is not known.
        arg.call([externalValue(escapedPath, result.origin, result)], result.origin);
        continue;
      }
      const count = arg.facts.parameters.length;
      const given: Value[] =
        errorFirst || count >= 2
          ? [externalValue('global#Error()', result.origin, result), result, unknownValue]
          : [memberOf(result, '[]')];
      this.branchDepth++;
      this.flow = start;
      const value = this.call(arg, given, result.origin);
      if (value.kind !== 'undefined') result.answers.yields ??= value;
      this.branchDepth--;
    }
    this.flow = start;
  }

  private invoke(
    facts: FunctionFacts,
    file: FileFacts,
    definition: Scope,
    self: Value,
    home: ClassValue | undefined,
    args: readonly Value[],
    origin: Origin,
  ): Value {
    if (!facts.body) return unknownValue;
    let again = 0;
    for (const item of this.active) if (item.facts === facts && isSameCall(item, definition, args)) again++;
    if (again >= (this.events ? limits.handlerRecursion : limits.recursion)) return unknownValue;
    if (this.active.length >= limits.callDepth) {
      this.stop(file.path);
      return unknownValue;
    }
    this.followed.add(facts);
    const flow = this.flow ?? emptyFlow;
    const saved = { frame: this.frame, depth: this.branchDepth };
    const frame: Frame = { file, thisValue: self, home, returns: [], jumps: [], tests: 0, facts };
    this.frame = frame;
    this.active.push({ facts, definition, args });
    const around = this.stack;
    // A call may use three quarters of what is left, so that one long way does not hide what comes behind it.
    const limit = this.stepLimit;
    this.stepLimit = this.steps + Math.max(limits.smallestShare, (3 * (limit - this.steps)) >> 2);
    this.stack = { name: facts.name ?? 'function', site: origin, around };
    const scope = new Scope(definition, this.branchDepth);
    for (let index = 0; index < facts.parameters.length; index++) {
      const parameter = facts.parameters[index] as ParameterFacts;
      let value = args[index];
      if (parameter.rest) {
        value = { kind: 'array', items: args.slice(index), open: false, origin };
      } else if (value === undefined || value.kind === 'undefined') {
        value = parameter.defaultValue ? this.evaluate(parameter.defaultValue, scope) : undefinedValue;
      } else if (value.kind === 'unknown' && parameter.type) {
        value = this.typed(parameter.type, file, definition);
      }
      this.bind(parameter.pattern, value, scope, true);
    }
    this.hoist(facts.body, scope);
    this.block(facts.body, scope);
    const end = this.flow;
    if (end) frame.returns.push({ value: undefinedValue, flow: end });
    this.stack = around;
    this.stepLimit = limit;
    this.active.pop();
    this.frame = saved.frame;
    this.branchDepth = saved.depth;
    this.flow = this.join(frame.returns.map((item) => item.flow));
    const [only] = frame.returns;
    if (only && frame.returns.length === 1) return only.value;
    const shared = this.flow?.proofs ?? flow.proofs;
    return unionOf(
      frame.returns.map((item) => ({
        value: item.value,
        proofs: item.flow.proofs.filter((proof) => !shared.includes(proof)),
        ...(item.flow.settings ? { settings: item.flow.settings } : {}),
        ...(item.flow.condition ? { condition: item.flow.condition } : {}),
      })),
    );
  }

  // ---- conditions ----

  /** What holds where the condition is true, and where it is false. */
  branch(test: Expression, scope: Scope): [Flow | undefined, Flow | undefined] {
    switch (test.kind) {
      case 'unary':
        if (test.operator === '!') {
          const [yes, no] = this.branch(test.operand, scope);
          return [no, yes];
        }
        break;
      case 'logical': {
        const before = this.flow ?? emptyFlow;
        const [leftYes, leftNo] = this.branch(test.left, scope);
        if (test.operator === '&&') {
          this.flow = leftYes;
          const [yes, no] = leftYes ? this.branch(test.right, scope) : [undefined, undefined];
          const ways = [
            [before, leftNo],
            [leftYes, no],
          ] as const;
          return [yes, eitherSetting(this.join([leftNo, no]), ways)];
        }
        if (test.operator === '||') {
          this.flow = leftNo;
          const [yes, no] = leftNo ? this.branch(test.right, scope) : [undefined, undefined];
          const ways = [
            [before, leftYes],
            [leftNo, yes],
          ] as const;
          return [eitherSetting(this.join([leftYes, yes]), ways), no];
        }
        break;
      }
      case 'binary': {
        const compared = this.compared(test, scope);
        if (compared) return compared;
        break;
      }
      default:
        break;
    }
    return this.split(this.evaluate(test, scope), this.origin(test));
  }

  private split(value: Value, origin: Origin): [Flow | undefined, Flow | undefined] {
    const flow = this.flow;
    if (!flow) return [undefined, undefined];
    const yes = this.refine(value, true);
    const no = isKnownTruthy(value, flow) ? undefined : this.refine(value, false);
    if (yes && value.kind === 'union') this.noteAlternatives(value, yes, origin);
    const sides = onSides(flow, yes, no, [value], origin);
    if (yes && no && this.semantics.isSetting(value)) {
      const [whenTrue, whenFalse] = sides;
      return [whenTrue && withSetting(whenTrue), whenFalse && withSetting(whenFalse)];
    }
    return sides;
  }

  /** `x !== null`: `undefined` is something else as well. */
  private refineOther({ options }: UnionValue, constant: Value): readonly Proof[] | undefined {
    let result: Flow | undefined;
    for (const option of options) {
      const isSame = isConstant(option.value) && sameConstant(option.value, constant, false);
      const gained = isSame ? undefined : isNothing(option.value) ? [] : this.refine(option.value, true);
      if (gained) result = joinFlows([result, withProofs({ proofs: option.proofs }, gained)]);
    }
    return result?.proofs;
  }

  /** `const passed = isStaff || check(code)`: one of the alternatives proves what another one goes without. */
  private noteAlternatives({ options }: UnionValue, joined: readonly Proof[], origin: Origin): void {
    const flows = options.flatMap((option): Flow[] => {
      const gained = this.refine(option.value, true);
      if (!gained) return [];
      const condition = under(option.condition, [option.value], true, originOf(option.value) ?? origin);
      return [{ proofs: [...option.proofs, ...gained], condition }];
    });
    if (flows.length < 2) return;
    for (const bypass of bypassesOf(flows, { proofs: joined })) this.bypasses.push(bypass);
  }

  private compared(
    test: Extract<Expression, { kind: 'binary' }>,
    scope: Scope,
  ): [Flow | undefined, Flow | undefined] | undefined {
    const { operator } = test;
    const equal = operator === '===' || operator === '==';
    const unequal = operator === '!==' || operator === '!=';
    if (!equal && !unequal) return undefined;
    const left = this.evaluate(test.left, scope);
    const right = this.evaluate(test.right, scope);
    const flow = this.flow;
    if (!flow) return [undefined, undefined];
    const [constant, other] = isConstant(left) ? [left, right] : [right, left];
    let whenEqual: readonly Proof[] | undefined = [];
    let whenUnequal: readonly Proof[] | undefined = [];
    if (isConstant(constant)) {
      const subject = test.left.kind === 'unary' && test.left.operator === 'typeof' ? typeOperand(other) : other;
      const sense = constantSense(constant, subject !== other);
      if (isConstant(other)) {
        if (sameConstant(constant, other, operator.length === 2)) whenUnequal = undefined;
        else whenEqual = undefined;
      } else if (sense !== undefined) {
        whenEqual = !sense && isKnownTruthy(subject, flow) ? undefined : this.refine(subject, sense);
        // Another text than this one need not be none at all.
        whenUnequal = this.refineUnequal(subject, constant, sense, subject !== other) ?? (sense ? [] : undefined);
      }
    }
    if (isNothing(constant) && operator.length === 3 && other.kind === 'union' && whenUnequal)
      whenUnequal = this.refineOther(other, constant);
    const same = sameText(left, right) ?? hasType(left, right);
    if (same === true) whenUnequal = undefined;
    else if (same === false) whenEqual = undefined;
    const origin = this.origin(test);
    if (whenEqual) whenEqual = precise([...whenEqual, ...this.provedByEquality(left, right, origin)]);
    const asksSetting = isConstant(constant) && !isConstant(other) && this.semantics.isSetting(other);
    const [whenTrue, whenFalse] = onSides(flow, whenEqual, whenUnequal, [left, right], origin);
    const yes = asksSetting && whenTrue ? withSetting(whenTrue) : whenTrue;
    const no = asksSetting && whenFalse ? withSetting(whenFalse) : whenFalse;
    return equal ? [yes, no] : [no, yes];
  }

  private provedByEquality(left: Value, right: Value, origin: Origin): readonly Proof[] {
    return this.semantics.provedByEquality(left, right).map((grant) => ({ ...grant, origin, by: 'a comparison' }));
  }

  /**
   * What is proved where the value is truthy (or falsy). `undefined` where it cannot be so.
   */
  refine(value: Value, truthy: boolean): readonly Proof[] | undefined {
    switch (value.kind) {
      case 'union': {
        let result: Flow | undefined;
        for (const option of value.options) {
          const gained = this.refine(option.value, truthy);
          if (gained) result = joinFlows([result, withProofs({ proofs: option.proofs }, gained)]);
        }
        const permission = result && value.chosenBy && this.permittedBy(value, truthy);
        return permission ? [...(result?.proofs ?? []), permission] : result?.proofs;
      }
      case 'external': {
        if (findSettlement(value)) return truthy ? [] : undefined;
        const proofs = this.refineExternal(value, truthy);
        const permission = proofs && this.permittedBy(value, truthy);
        return permission ? [...proofs, permission] : proofs;
      }
      default: {
        const truth = truthOf(value);
        return truth === undefined || truth === truthy ? [] : undefined;
      }
    }
  }

  /** What holds where a value is not this constant. Another text than this one says nothing of either. */
  private refineUnequal(value: Value, constant: Value, sense: boolean, ofType = false): readonly Proof[] | undefined {
    if (sense) {
      const others = optionsOf(value).filter(
        (option) => !isConstant(option.value) || !sameConstant(option.value, constant, false),
      );
      return joinFlows(others.map(({ proofs }) => ({ proofs })))?.proofs;
    }
    const proofs = this.refine(value, true);
    if (ofType || constant.kind !== 'literal' || constant.value === null) return proofs;
    const missing = optionsOf(value).filter((option) => option.value.kind === 'undefined');
    if (missing.length === 0) return proofs;
    return joinFlows([proofs && { proofs }, ...missing])?.proofs;
  }

  /** What the caller may do on this side of a test. */
  private permittedBy(value: ExternalValue | UnionValue, truthy: boolean): Proof | undefined {
    const permission = this.semantics.permittedBy(value);
    if (!permission || (!truthy && !permission.eitherSide)) return undefined;
    const { grant, eitherSide } = permission;
    const origin = value.kind === 'external' ? value.origin : this.origin(wholeFile);
    const by = value.kind === 'external' ? nameOfPath(value.path) : 'a look-up';
    return { ...grant, origin, by, ...(eitherSide ? { side: { of: value, truthy } } : {}) };
  }

  private refineExternal(value: ExternalValue, truthy: boolean): readonly Proof[] | undefined {
    const truth = truthOfTest(value);
    if (truth !== undefined) return truth === truthy ? [] : undefined;
    // Nothing is in an empty list.
    if (truthy && value.path === includesPath && isEmptyList(value.call?.args[0])) return undefined;
    if (value.path === 'global#!()') return this.refine(value.call?.args[0] ?? unknownValue, !truthy);
    if (value.path === 'global#Boolean()') return this.refine(value.call?.args[0] ?? unknownValue, truthy);
    if (value.path === falsyPath) return truthy ? undefined : [];
    if (value.path === 'global#Error()' && value.receiver?.kind === 'external' && value.receiver.call) {
      // The first argument of an error-first callback: nothing went wrong where it is missing.
      const meaning = this.semantics.meaningOf(value.receiver);
      const proves = meaning?.proves;
      return !truthy && proves?.when === 'returns' ? [this.proofBy(value.receiver, proves.kind)] : [];
    }
    if (value.call && comparisons.has(value.path)) return this.refineComparison(value, truthy);
    if (truthy && value.call && (value.path.endsWith('.includes()') || value.path.endsWith('.has()'))) {
      const [item] = value.call.args;
      const proofs = item && value.receiver ? this.provedByEquality(value.receiver, item, value.origin) : [];
      if (proofs.some(identifies)) return proofs.filter(identifies);
    }
    if (value.yields) {
      const asked = this.refineYielded(value, value.yields, truthy);
      if (asked) return asked;
    }
    if (!truthy && (value.call ? this.semantics.meaningOf(value)?.isThere : value.knownAnswers()?.isThere))
      return undefined;
    for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
      if (current.call) {
        const proves = this.semantics.meaningOf(current)?.proves;
        if (!proves) break;
        if (current === value) {
          if (proves.when === 'truthy' && truthy) return [this.proofBy(current, proves.kind)];
          if (proves.when === 'falsy' && !truthy) return [this.proofBy(current, proves.kind)];
          if (proves.when === 'returns' && truthy) return [this.proofBy(current, proves.kind)];
        } else if (truthy && proves.when !== 'falsy') return [this.proofBy(current, proves.kind)];
        break;
      }
    }
    if (truthy) {
      // Whatever answers, it is there: `user.roles.includes('admin')`.
      const asked = value.call ? value.receiver : value;
      const kind = asked?.kind === 'external' && !asked.call ? this.semantics.provedBy(asked) : undefined;
      if (kind && asked?.kind === 'external') return [this.proofBy(asked, kind)];
    }
    return [];
  }

  /** `list.some((item) => …)`: what its answer says of the items; of a list of records not all are meant where one is. */
  private refineYielded(call: ExternalValue, yields: Value, truthy: boolean): readonly Proof[] | undefined {
    const [, method] = /\.(some|every|find|findIndex|filter)\(\)$/.exec(call.path) ?? [];
    switch (method) {
      case undefined:
        return undefined;
      case 'every':
        return truthy ? (this.refine(yields, true) ?? []) : [];
      case 'some': {
        if (!truthy) return this.refine(yields, false) ?? [];
        const { receiver } = call;
        const isListOfRecords =
          receiver?.kind === 'array' || (receiver?.kind === 'external' && receiver.call !== undefined);
        const proofs = this.refine(yields, true) ?? [];
        // Who it is that knows one of the codes is told by any of them.
        return isListOfRecords ? proofs.filter(identifies) : proofs;
      }
      default:
        return truthy ? (this.refine(yields, true) ?? []) : [];
    }
  }

  private refineComparison(value: ExternalValue, truthy: boolean): readonly Proof[] {
    const [left, right] = value.call?.args ?? [];
    if (!left || !right) return [];
    const equal = !value.path.includes('!') === truthy;
    const [constant, other] = isConstant(left) ? [left, right] : [right, left];
    const sense = isConstant(constant) ? constantSense(constant, false) : undefined;
    const refined =
      sense === undefined ? [] : equal ? this.refine(other, sense) : this.refineUnequal(other, constant, sense);
    if (!equal) return refined ?? [];
    return [...(refined ?? []), ...this.provedByEquality(left, right, value.origin)];
  }
}

const comparisons: ReadonlySet<string> = new Set(['===', '==', '!==', '!='].map((sign) => `global#${sign}()`));
/** Methods that wait for a promise. */
const settling: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
const nothingBound: readonly Value[] = [];
const wholeFile: Span = { start: 0, end: 0 };
const falsyPath = '?falsy';

const emptyFile = emptyFacts('');

function newObject(origin: Origin, classOf?: ClassValue): ObjectValue {
  return { kind: 'object', properties: new Map(), spread: [], origin, ...(classOf === undefined ? {} : { classOf }) };
}

function native(name: string, call: NativeValue['call']): NativeValue {
  return { kind: 'native', name, call };
}

function literal(value: string | number | boolean, origin: Origin): Value {
  return { kind: 'literal', value, origin };
}

function originOf(value: Value): Origin | undefined {
  return 'origin' in value ? value.origin : undefined;
}

/** `promise.then(…)`, where nobody waits for it. */
function isLater(expression: Expression): boolean {
  if (expression.kind === 'unary' && expression.operator === 'void') return isLater(expression.operand);
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return false;
  const { object, property } = expression.callee;
  return property === 'then' || ((property === 'catch' || property === 'finally') && isLater(object));
}

function isEmptyList(value: Value | undefined): boolean {
  return value?.kind === 'array' && !value.open && value.items.length === 0;
}

/**
 * A function that is handed another function than before does something else, and so does one that an outer function made
 * anew: `traced('a', () => traced('b', load))` is no recursion.
 */
function isSameCall(earlier: Entered, definition: Scope, args: readonly Value[]): boolean {
  if (earlier.definition !== definition) return false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg?.kind !== 'function') continue;
    const before = earlier.args[index];
    if (before?.kind === 'function' && before.facts !== arg.facts) return false;
  }
  return true;
}

/** Whether the last statement leaves, whatever comes before it. */
function alwaysEnds(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (last.kind === 'if') return alwaysEnds(last.whenTrue) && alwaysEnds(last.whenFalse);
  return last.kind === 'return' || last.kind === 'throw' || (last.kind === 'block' && alwaysEnds(last.body));
}

/** Of two roles that one comparison asks for the one that it names says more. */
function precise(proofs: readonly Proof[]): readonly Proof[] {
  const last = proofs.at(-1);
  return last?.kind === 'role' ? proofs.filter((proof) => proof === last || proof.kind !== 'role') : proofs;
}

/** Whether a test on the way here has found it truthy. What was missing may be there by now, so only that is believed. */
function isKnownTruthy(value: Value, { condition }: Flow): boolean {
  if (value.kind !== 'external') return false;
  let test = condition;
  for (let count = 0; test && count < limits.testsOnTheWay; count++, test = test.outer)
    if (test.truthy && test.values.length === 1 && test.values[0] === value) return true;
  return false;
}

/** Whether the conditions of a flow on one side of a test say all that leads there: of `a || b`, either may. */
function isTold(test: Expression, truthy: boolean): boolean {
  if (test.kind === 'unary' && test.operator === '!') return isTold(test.operand, !truthy);
  if (test.kind !== 'logical') return true;
  if (test.operator !== (truthy ? '&&' : '||')) return false;
  return isTold(test.left, truthy) && isTold(test.right, truthy);
}

/** The two ends of a test, each with what holds there. */
function onSides(
  flow: Flow,
  yes: readonly Proof[] | undefined,
  no: readonly Proof[] | undefined,
  values: readonly Value[],
  origin: Origin,
): [Flow | undefined, Flow | undefined] {
  if (!yes || !no) return [yes && withProofs(flow, yes), no && withProofs(flow, no)];
  return [
    withCondition(withProofs(flow, yes), under(flow.condition, values, true, origin)),
    withCondition(withProofs(flow, no), under(flow.condition, values, false, origin)),
  ];
}

/** A string from parts: a literal where all of them are. */
function concatenate(parts: readonly Value[], origin: Origin): Value {
  const texts: string[] = [];
  for (const part of parts) {
    if (part.kind === 'literal' && part.value !== null) texts.push(String(part.value));
    else
      return textFrom(
        parts.flatMap((item) =>
          item.kind === 'text' && !item.anyCase && !item.anyEscape && item.without === undefined ? item.parts : [item],
        ),
        origin,
      );
  }
  const numbers = parts.length > 0 && parts.every((part) => part.kind === 'literal' && typeof part.value === 'number');
  if (numbers)
    return literal(
      texts.reduce((sum, text) => sum + Number(text), 0),
      origin,
    );
  return composedText(texts.join(''), origin);
}

function textFrom(parts: readonly Value[], origin: Origin): Value {
  return {
    kind: 'text',
    parts: parts.length > limits.textParts ? [...parts.slice(0, limits.textParts), unknownValue] : parts,
    origin,
  };
}

/** Whether it is surely truthy or falsy. */
function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal':
      return Boolean(value.value);
    case 'undefined':
      return false;
    case 'object':
    case 'array':
    case 'function':
    case 'native':
    case 'class':
      return true;
    case 'external':
      return value.path === falsyPath ? false : truthOfTest(value);
    case 'text':
      return value.parts.some((part) => part.kind === 'literal' && Boolean(part.value)) ? true : undefined;
    default:
      return undefined;
  }
}

/** What a test of constants gives. */
function truthOfTest(value: ExternalValue): boolean | undefined {
  const [left, right] = value.call?.args ?? [];
  switch (value.path) {
    case 'global#!()': {
      const truth = left && truthOf(left);
      return truth === undefined ? undefined : !truth;
    }
    case 'global#===()':
    case 'global#==()':
    case 'global#!==()':
    case 'global#!=()':
      if (!left || !right) return undefined;
      if (!isConstant(left) || !isConstant(right)) {
        const same = sameText(left, right);
        return same === undefined ? undefined : same !== value.path.includes('!');
      }
      return sameConstant(left, right, !/[=!]==/.test(value.path)) !== value.path.includes('!');
    case 'global#instanceof()':
      if (right?.kind !== 'external' || right.path !== 'global#RegExp') return undefined;
      return left && typeNameOf(left) === 'string'
        ? false
        : left?.kind === 'external' && isRegex(left)
          ? true
          : undefined;
    default:
      return undefined;
  }
}

function isRegex(value: ExternalValue): boolean {
  return value.path === 'global#RegExp()';
}

/** What `typeof` gives for a value whose kind is known. */
function typeNameOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.value === null ? 'object' : typeof value.value;
    case 'text':
      return 'string';
    case 'function':
      return 'function';
    case 'external':
      return isRegex(value) ? 'object' : undefined;
    default:
      return undefined;
  }
}

/** `typeof value === 'string'` */
function hasType(left: Value, right: Value): boolean | undefined {
  const operand = typeOperand(left);
  const name = operand === left ? undefined : typeNameOf(operand);
  const asked = textOf(right);
  return name === undefined || asked === undefined ? undefined : name === asked;
}

/** The falsy rest of `a && b` where `a` may be truthy: what it was matters no more. */
function asFalsy(value: Value): Value {
  return externalValue(falsyPath, originOf(value) ?? { file: emptyFile, span: wholeFile });
}

/** `models[model.name] = model` in a loop: the one that was made with this name. */
function namedOption(spread: Value, name: string): Value | undefined {
  return optionsOf(spread).find(({ value }) =>
    value.kind === 'class'
      ? value.facts.name === name
      : value.kind === 'external' && textOf(value.call?.args[0]) === name,
  )?.value;
}

/** What the program has assigned to it and to its members: `args.where.ownerId = user.id`. */
function writtenIn(value: ExternalValue, depth = 0): ReadonlyMap<string, Value> {
  const written = new Map<string, Value>();
  if (depth > limits.recordWriteDepth) return written;
  for (const [name, member] of value.knownMembers()) {
    const inner = writtenIn(member, depth + 1);
    if (inner.size > 0)
      written.set(name, { kind: 'object', properties: new Map(inner), spread: [member], origin: member.origin });
  }
  if (value.hasProperties())
    for (const [name, inner] of value.properties) if (name !== spreadName) written.set(name, inner);
  return written;
}

function addSpread(object: ObjectValue, value: Value): void {
  if (object.spread.length < limits.items && !object.spread.includes(value)) object.spread.push(value);
}

/** What is read from alternatives is chosen by what chose among them. */
function kept(value: Value, from: UnionValue): Value {
  return from.chosenBy ? chosenBy(value, from.chosenBy) : value;
}

/** Whether what is done to it says something about it: an object that was made, not a module or a part of the platform. */
function isObject(value: ExternalValue): boolean {
  return (
    value.call !== undefined ||
    (value.receiver === undefined && !value.path.startsWith('global#') && !value.path.endsWith('#'))
  );
}

/**
 * A property of the global object: `globalThis.prisma ?? new PrismaClient()` finds there what the same line has made
 * before, when the module was loaded for the first time.
 */
function isKeptGlobally(value: Value): boolean {
  return value.kind === 'external' && !value.call && /^global#(globalThis|global)\.\w+$/.test(value.path);
}

/** What has no members: to ask for one throws. */
function isNothing(value: Value): boolean {
  return value.kind === 'undefined' || (value.kind === 'literal' && value.value === null);
}

function isMissing(value: Value): boolean {
  if (value.kind === 'undefined' || value.kind === 'unknown' || value.kind === 'external') return true;
  return value.kind === 'literal' && value.value === null;
}

function isConstant(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'undefined';
}

/** @param loosely As `==` compares, for which `null` and `undefined` are one. */
function sameConstant(a: Value, b: Value, loosely: boolean): boolean {
  const left = a.kind === 'literal' ? a.value : undefined;
  const right = b.kind === 'literal' ? b.value : undefined;
  return left === right || (loosely && (left ?? undefined) === (right ?? undefined));
}

/** What equality with a constant says of the other side's truth. */
function constantSense(constant: Value, typeofSide: boolean): boolean | undefined {
  if (constant.kind === 'undefined') return false;
  if (constant.kind !== 'literal') return undefined;
  if (typeofSide) return constant.value === 'undefined' ? false : constant.value === 'object' ? undefined : true;
  if (constant.value === null || constant.value === false || constant.value === '' || constant.value === 0)
    return false;
  // `list.indexOf(x) === -1`: it is not there.
  return constant.value !== -1;
}

function typeOperand(value: Value): Value {
  return value.kind === 'external' && value.path === 'global#typeof()' ? (value.call?.args[0] ?? value) : value;
}

/** `jwt.verify` from `jsonwebtoken#verify()`. */
export function nameOfPath(path: string): string {
  const [packageName = '', member = ''] = path.replace(/\(\)$/, '').split('#');
  const short = packageName.replace(/^.*\//, '');
  if (packageName === 'global' || packageName === '') return member;
  // What every framework hands to its handlers: the package says nothing.
  if (/^express#Re(quest|sponse)\./.test(path))
    return member.charAt(0).toLowerCase() + member.slice(1).replaceAll('()', '');
  // A class says what it is by itself: `JwtService.signAsync`.
  const name =
    member === '' ? short : /^[A-Z]/.test(member) && packageName.startsWith('@') ? member : `${short}.${member}`;
  return name.replaceAll('()', '').replace('..', '.');
}

function directoryOf(path: string): string {
  const index = path.lastIndexOf('/');
  return index < 0 ? '' : path.slice(0, index);
}

function joinPaths(...parts: readonly string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}
