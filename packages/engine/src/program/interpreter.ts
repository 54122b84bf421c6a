import type { ClassFacts, Expression, FileFacts, FunctionFacts, TypeReference } from '../facts/file-facts.js';
import { limits } from '../limits.js';
import { Parts } from './interpreter/parts.js';
import type { ModuleRecord } from './module-record.js';
import { emptyFlow, type Bypass, type Flow, type Proof } from './proof.js';
import type { Scope } from './scope.js';
import type { Event, Moment, Semantics, StackEntry } from './semantics.js';
import {
  wholeFile,
  type ArrayValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type Origin,
  type Value,
} from './value.js';

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

/**
 * Links modules and follows values through them, by running the program on abstract values. This is what everybody
 * outside asks; who answers stands in `interpreter/parts.ts`.
 */
export class Interpreter {
  private readonly parts: Parts;
  /** Every class of every module, by its facts. */
  readonly classes: ReadonlyMap<ClassFacts, ClassValue>;
  /** Functions whose body was followed at least once. */
  readonly followed: ReadonlySet<FunctionFacts>;
  /** Files in which a bound has ended something. */
  readonly stopped: Set<string>;

  constructor(
    readonly files: ReadonlyMap<string, FileFacts>,
    readonly resolve: (from: string, specifier: string) => string | undefined,
    semantics: Semantics,
  ) {
    this.parts = new Parts(files, resolve, semantics);
    this.classes = this.parts.classes.known;
    this.followed = this.parts.state.followed;
    this.stopped = this.parts.state.stopped;
  }

  // ---- entry points ----

  /** Follows one call with its own budget and record of events, from a flow in which `proofs` hold. */
  follow(callee: Value, thisValue: Value, args: readonly Value[], origin: Origin, proofs: readonly Proof[]): Outcome {
    return this.recording(proofs, () => this.parts.calls.call(callee, args, origin, thisValue, false));
  }

  /** Calls a function as if its module had called it at its end. */
  runIn(record: ModuleRecord, callee: Value, args: readonly Value[]): Value {
    const { state } = this.parts;
    const origin = { file: record.facts, span: wholeFile };
    const before = state.enter({ ...state.frame, file: record.facts, returns: [], jumps: [] });
    const saved = { loading: state.loading, events: state.events, steps: state.steps };
    state.loading = record;
    state.events = undefined;
    state.steps = 0;
    state.flow = emptyFlow;
    const value = this.parts.calls.call(callee, args, origin);
    state.loading = saved.loading;
    state.events = saved.events;
    state.steps = saved.steps;
    state.leave(before);
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
      if (statement.kind === 'function') take(this.parts.expressions.lookup(statement.name, record.scope));
      else if (statement.kind === 'let' && statement.pattern.kind === 'name')
        take(this.parts.expressions.lookup(statement.pattern.name, record.scope));
    }
    take(record.names.knownCommonJs?.module.properties.get('exports'));
    for (const facts of record.facts.classes) {
      const owner = this.parts.classes.known.get(facts);
      if (!owner) continue;
      const instance = this.parts.classes.singleton(owner);
      for (const member of facts.members) {
        if (member.kind === 'method' && !member.static)
          take(this.parts.functions.methodOf(instance, member.name)?.value);
        else if (member.kind === 'method')
          take(owner.statics.get(member.name) ?? this.parts.members.ofClass(owner, member.name));
      }
    }
    return found;
  }

  /** Runs something with its own budget and record of events. What it gives is waited for. */
  recording(proofs: readonly Proof[], run: () => Value): Outcome {
    const { state } = this.parts;
    const before = state.enter({ ...state.frame, returns: [], jumps: [] });
    const saved = {
      events: state.events,
      bypasses: state.bypasses,
      complete: state.complete,
      steps: state.steps,
      limit: state.stepLimit,
      run: state.currentRun,
    };
    const events: Event[] = [];
    const bypasses: Bypass[] = [];
    state.events = events;
    state.bypasses = bypasses;
    state.complete = true;
    state.currentRun = ++state.runs;
    state.steps = 0;
    state.stepLimit = limits.handlerSteps;
    state.flow = { proofs };
    state.throws = [];
    const value = this.parts.promises.settled(state.guarded(run));
    const flow = state.flow as Flow | undefined;
    const complete = state.complete;
    state.currentRun = saved.run;
    state.events = saved.events;
    state.bypasses = saved.bypasses;
    state.complete = saved.complete;
    state.steps = saved.steps;
    state.stepLimit = saved.limit;
    state.leave(before);
    return { value, flow, events, bypasses, complete };
  }

  // ---- modules ----

  /** The module of a file, after its body has run. */
  module(path: string): ModuleRecord | undefined {
    return this.parts.modules.get(path);
  }

  /** One export of a module, through re-exports and CommonJS. */
  exported(record: ModuleRecord, name: string): Value | undefined {
    return this.parts.links.exported(record, name);
  }

  /** What `require` gives for a value, from the file of the call. */
  required(specifier: Value, origin: Origin): Value {
    return this.parts.modules.require(origin.file, specifier, origin);
  }

  // ---- what holds at this moment ----

  get flow(): Flow | undefined {
    return this.parts.state.flow;
  }

  set flow(flow: Flow | undefined) {
    this.parts.state.flow = flow;
  }

  /** The moment of the last event. */
  get moment(): Moment {
    return this.parts.state.now;
  }

  /** Ways around a proof that were met so far, in what is being followed. */
  get bypassCount(): number {
    return this.parts.state.bypasses.length;
  }

  /** The calls that are being followed, the innermost one, and whose method it is. */
  get around(): { readonly stack: StackEntry | undefined; readonly self: Value | undefined } {
    const { stack, frame } = this.parts.state;
    return { stack, self: frame.thisValue };
  }

  // ---- values ----

  /** The value of an expression of a file's top level or of a decorator. */
  evaluateIn(file: FileFacts, expression: Expression, scope: Scope): Value {
    return this.parts.expressions.evaluateIn(file, expression, scope);
  }

  /** The value of a name, in this scope or of the platform. */
  lookup(name: string, scope: Scope): Value {
    return this.parts.expressions.lookup(name, scope);
  }

  /** `object.name` */
  member(object: Value, name: string, origin: Origin): Value {
    return this.parts.members.read(object, name, origin);
  }

  /** What `object.name = value` does; for methods that set something by its name. */
  assign(object: Value, name: string, value: Value, origin: Origin): void {
    this.parts.assignments.assign(object, name, value, origin);
  }

  /** The same, where nobody observes it, and only for an object that was made. */
  assignMember(object: ExternalValue, name: string, value: Value): void {
    this.parts.assignments.assignMember(object, name, value);
  }

  /** `{ ...value }` and `Object.assign(object, value)`. */
  assignAll(object: ObjectValue, value: Value): void {
    this.parts.spreads.assignAll(object, value);
  }

  /** `[...value]` */
  spreadInto(array: ArrayValue, value: Value): void {
    this.parts.spreads.spreadInto(array, value);
  }

  /** Calls a value. `receiver` is what it was read from. */
  call(callee: Value, args: readonly Value[], origin: Origin, receiver?: Value): Value {
    return this.parts.calls.call(callee, args, origin, receiver);
  }

  /** What a promise comes to, once it is waited for; any other value is what it is. */
  settled(value: Value): Value {
    return this.parts.promises.settled(value);
  }

  /** What is proved where the value is truthy (or falsy). `undefined` where it cannot be so. */
  refine(value: Value, truthy: boolean): readonly Proof[] | undefined {
    return this.parts.refinement.refine(value, truthy);
  }

  // ---- classes and types ----

  /** The one instance that a container makes of a class, its constructor's parameters filled in by type. */
  singleton(target: ClassValue): ObjectValue {
    return this.parts.classes.singleton(target);
  }

  /** A method of a class as a route or a guard needs it, with the instance as its receiver. */
  methodOf(instance: ObjectValue, name: string): { value: FunctionValue; owner: ClassValue } | undefined {
    return this.parts.functions.methodOf(instance, name);
  }

  /** The instance's part that a class of another package makes, if it has one. */
  externalBaseOf(instance: ObjectValue): ExternalValue | undefined {
    return this.parts.classes.externalBaseOf(instance);
  }

  /** What a type that is written down says of a value that nothing else is known of. */
  typed(type: TypeReference | undefined, file: FileFacts, scope: Scope): Value {
    return this.parts.types.typed(type, file, scope);
  }

  /** The class of the project that a type names. */
  typedClass(type: TypeReference, file: FileFacts, scope: Scope): ClassValue | undefined {
    return this.parts.types.typedClass(type, file, scope);
  }
}
