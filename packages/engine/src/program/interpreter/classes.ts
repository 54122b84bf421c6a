import type { ClassFacts, ParameterFacts } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import { emptyFlow } from '../proof.js';
import { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import {
  externalValue,
  literal,
  newObject,
  undefinedValue,
  unknownValue,
  type ClassValue,
  type ExternalValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../value.js';
import { newFrame, type ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/**
 * Classes where they are defined, and their instances: those that `new` makes, and the one that a container makes. Owns both,
 * by the facts of the class.
 */
export class Classes {
  private readonly singletons = new Map<ClassFacts, ObjectValue>();
  /** Every class of every module, by its facts. */
  readonly known = new Map<ClassFacts, ClassValue>();

  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** The class of a declaration or an expression. Its decorators and static members are evaluated here. */
  define(id: number, scope: Scope): Value {
    const file = this.state.frame.file;
    const facts = file.classes[id];
    if (!facts) return unknownValue;
    const superClass = facts.superClass ? this.parts.expressions.evaluate(facts.superClass, scope) : undefined;
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
    if (facts.name) inner.declare(facts.name, value, this.state.branchDepth);
    this.known.set(facts, value);
    value.decorators = facts.decorators.map((decorator) => this.parts.expressions.evaluate(decorator, inner));
    for (const member of facts.members) {
      if (member.decorators.length > 0) {
        const key = `${member.static ? 'static ' : ''}${member.name}`;
        const decorators = member.decorators.map((decorator) => this.parts.expressions.evaluate(decorator, inner));
        value.memberDecorators.set(key, decorators);
        this.decorate(decorators, [value, literal(key, { file, span: member }), unknownValue]);
      }
      if (member.static && member.value)
        value.statics.set(member.name, this.parts.expressions.evaluateIn(file, member.value, inner, value));
    }
    this.decorate(value.decorators, [value]);
    return value;
  }

  /** Decorators that the program has written itself are run: what they apply in turn says what they do. */
  private decorate(decorators: readonly Value[], args: readonly Value[]): void {
    const flow = this.state.flow;
    for (const decorator of decorators) {
      if (decorator.kind !== 'function') continue;
      this.parts.calls.call(decorator, args, { file: decorator.file, span: decorator.facts });
      this.state.flow = flow;
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
    const { state } = this;
    const known = this.singletons.get(target.facts);
    if (known) return known;
    const origin = { file: target.file, span: target.facts };
    const instance = newObject(origin, target);
    this.singletons.set(target.facts, instance);
    const before = state.enter({ ...state.frame, file: target.file });
    const saved = { steps: state.steps, limit: state.stepLimit, events: state.events };
    state.steps = 0;
    state.stepLimit = limits.handlerSteps;
    state.events = undefined;
    state.flow = emptyFlow;
    this.initialise(instance, target, undefined, origin);
    state.steps = saved.steps;
    state.stepLimit = saved.limit;
    state.events = saved.events;
    state.leave(before);
    return instance;
  }

  /** Fields and the constructor, those of the base class first. @param given `undefined` where a container fills them in. */
  initialise(instance: ObjectValue, target: ClassValue, given: readonly Value[] | undefined, origin: Origin): void {
    const constructor = target.facts.members.find(
      (member) =>
        member.kind === 'constructor' && member.function !== undefined && target.file.functions[member.function]?.body,
    );
    const facts = constructor?.function === undefined ? undefined : target.file.functions[constructor.function];
    const args =
      given ??
      facts?.parameters.map(
        (parameter) =>
          this.semantics.inject(parameter, target) ?? this.parts.types.typed(parameter.type, target.file, target.scope),
      ) ??
      [];
    if (!facts && target.superClass?.kind === 'class') this.initialise(instance, target.superClass, given, origin);
    const before = this.state.enter(newFrame(target.file, instance, target));
    this.state.branchDepth = 0;
    for (const member of target.facts.members) {
      if (member.static || member.kind !== 'field') continue;
      const value = member.value
        ? this.parts.expressions.evaluate(member.value, target.scope)
        : (this.injectedField(target, member.name) ??
          (member.type ? this.parts.types.typed(member.type, target.file, target.scope) : undefined));
      // What a type alone says of a field of the base class is less than what the derived class has given it.
      if (value && (member.value || !instance.properties.has(member.name))) instance.properties.set(member.name, value);
    }
    this.state.leave(before);
    if (!facts) return;
    facts.parameters.forEach((parameter, index) => {
      if (parameter.field && parameter.pattern.kind === 'name')
        instance.properties.set(parameter.pattern.name, args[index] ?? undefinedValue);
    });
    this.parts.functions.invoke(facts, target.file, target.scope, instance, target, args, origin);
  }

  /** What a container puts into a field with a decorator. */
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

  /** The part of an instance that a class of another package makes. */
  externalBase(instance: ObjectValue, base: ExternalValue): ExternalValue {
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
}
