import type { Expression, FileFacts } from '../../facts/file-facts.js';
import { AccessPath } from '../access-path.js';
import { identifies } from '../proof.js';
import type { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import {
  externalValue,
  newObject,
  optionsOf,
  textOf,
  undefinedValue,
  unionOf,
  unknownValue,
  wholeFile,
  type ArrayValue,
  type Value,
} from '../value.js';
import { newFrame, type ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';
import { addSpread } from './spreads.js';

/**
 * Expressions: every one of the program comes past `evaluate`, where the steps are counted. Names, members and literals are
 * read here; what has rules of its own is another part's. Owns what the platform provides.
 */
export class Expressions {
  private readonly globals = new Map<string, Value>();
  private readonly globalPath = AccessPath.of('global#');

  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** The value of an expression of a file's top level or of a decorator. */
  evaluateIn(file: FileFacts, expression: Expression, scope: Scope, thisValue: Value = undefinedValue): Value {
    const before = this.state.enter(newFrame(file, thisValue));
    const value = this.evaluate(expression, scope);
    this.state.leave(before);
    return value;
  }

  /** The value of an expression. What it does to the flow on the way, and to objects, is done. */
  evaluate(expression: Expression, scope: Scope): Value {
    if (++this.state.steps > this.state.stepLimit) {
      this.state.stop(this.state.frame.file.path);
      return unknownValue;
    }
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'template':
        return this.parts.operators.template(expression, scope);
      case 'name':
        return this.lookup(expression.name, scope);
      case 'this':
        return expression.super ? (this.state.frame.home?.superClass ?? unknownValue) : this.state.frame.thisValue;
      case 'member':
        return this.read(expression, scope);
      case 'index': {
        const object = this.evaluate(expression.object, scope);
        const key = this.evaluate(expression.key, scope);
        return this.parts.members.readAt(object, key, this.state.origin(expression));
      }
      case 'call':
        return this.parts.calls.callExpression(expression, scope, false);
      case 'function':
        return this.parts.functions.closure(expression.id, scope, undefined);
      case 'class':
        return this.parts.classes.define(expression.id, scope);
      case 'object':
        return this.object(expression, scope);
      case 'array':
        return this.array(expression, scope);
      case 'spread':
        return this.evaluate(expression.value, scope);
      case 'await':
        return this.parts.promises.settled(
          expression.value.kind === 'call'
            ? this.parts.calls.callExpression(expression.value, scope, true)
            : this.evaluate(expression.value, scope),
        );
      case 'assign': {
        const value = this.parts.operators.assigned(expression, scope);
        this.parts.bindings.bind(expression.target, value, scope, false);
        return value;
      }
      case 'conditional':
        return this.parts.operators.conditional(expression, scope);
      case 'logical':
        return this.parts.operators.logical(expression, scope);
      case 'unary':
        return this.parts.operators.unary(expression, scope);
      case 'binary':
        return this.parts.operators.binary(expression, scope);
      case 'sequence': {
        let value: Value = undefinedValue;
        for (const item of expression.items) value = this.evaluate(item, scope);
        return value;
      }
      case 'import':
        return this.parts.modules.require(
          this.state.frame.file,
          this.evaluate(expression.source, scope),
          this.state.origin(expression),
        );
      case 'opaque':
        for (const part of expression.parts) this.evaluate(part, scope);
        return unknownValue;
    }
  }

  private literal(expression: Extract<Expression, { kind: 'literal' }>): Value {
    return expression.type === 'regex'
      ? externalValue('global#RegExp()', this.state.origin(expression))
      : { kind: 'literal', value: expression.value, origin: this.state.origin(expression) };
  }

  /** The value of a name, in this scope or of the platform. */
  lookup(name: string, scope: Scope): Value {
    const binding = scope.find(name);
    if (binding) return binding.value;
    if (name === 'undefined') return undefinedValue;
    let value = this.globals.get(name);
    if (!value) {
      value =
        this.semantics.globalOf(name) ?? externalValue(this.globalPath.member(name), this.state.origin(wholeFile));
      this.globals.set(name, value);
    }
    return value;
  }

  private read(expression: Extract<Expression, { kind: 'member' }>, scope: Scope): Value {
    if (expression.object.kind === 'this' && expression.object.super)
      return this.parts.members.readSuper(expression.property, expression);
    const object = this.evaluate(expression.object, scope);
    const value = this.parts.members.read(object, expression.property, this.state.origin(expression));
    return expression.optional ? this.orMissing(value, object) : value;
  }

  /** `a?.b`: where `a` may be missing, `a?.b` may be as well. What is known of the caller is missing where nothing was proved. */
  private orMissing(value: Value, object: Value): Value {
    if (object.kind === 'external') {
      const isProved = this.state.flow?.proofs.some(identifies) ?? false;
      return !isProved && this.semantics.provedBy(object) !== undefined
        ? unionOf([...optionsOf(value), { value: undefinedValue, proofs: [] }])
        : value;
    }
    if (object.kind !== 'union') return value;
    const missing = object.options.filter((option) => option.value.kind === 'undefined');
    return missing.length > 0 ? unionOf([...optionsOf(value), ...missing]) : value;
  }

  private array(expression: Extract<Expression, { kind: 'array' }>, scope: Scope): Value {
    const array: ArrayValue = { kind: 'array', items: [], open: false, origin: this.state.origin(expression) };
    for (const item of expression.items) {
      const value = this.evaluate(item.kind === 'spread' ? item.value : item, scope);
      if (item.kind !== 'spread') array.items.push(value);
      else this.parts.spreads.spreadInto(array, value);
    }
    return array;
  }

  private object(expression: Extract<Expression, { kind: 'object' }>, scope: Scope): Value {
    const object = newObject(this.state.origin(expression));
    object.depth = this.state.branchDepth;
    for (const property of expression.properties) {
      if (property.kind === 'spread') {
        const value = this.evaluate(property.value, scope);
        this.parts.spreads.assignAll(object, value);
        continue;
      }
      const key = typeof property.key === 'string' ? property.key : textOf(this.evaluate(property.key, scope));
      const value =
        property.value.kind === 'function'
          ? this.parts.functions.closure(property.value.id, scope, object)
          : this.evaluate(property.value, scope);
      if (key === undefined) addSpread(object, value);
      else if (property.kind === 'getter')
        object.properties.set(key, this.parts.calls.call(value, [], this.state.origin(property), object));
      else if (property.kind === 'value') object.properties.set(key, value);
    }
    return object;
  }
}
