import type { CallExpression } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import { AccessPath } from '../access-path.js';
import type { CallMeaning } from '../call-meaning.js';
import { escapedPath } from '../escaped.js';
import { callNative } from '../native-members.js';
import { emptyFlow, withProof, withProofs, type Flow } from '../proof.js';
import type { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import {
  chosenAs,
  externalValue,
  isMadeObject,
  memberOf,
  newObject,
  optionsOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type ExternalValue,
  type Option,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** Methods that wait for a promise. */
const settling: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/**
 * Calls: functions of the project are followed, anything outside means what the semantics says, and is kept on record. What a
 * call outside proves, throws and calls back is done here.
 */
export class Calls {
  private readonly unknownPath = AccessPath.of('?');

  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** @param awaited Whether somebody waits for the result: a failure of an asynchronous call goes nowhere otherwise. */
  callExpression(expression: CallExpression, scope: Scope, awaited: boolean): Value {
    const origin = this.state.origin(expression);
    const { callee } = expression;
    if (callee.kind === 'this' && callee.super) return this.superCall(expression, scope, origin);
    if (callee.kind === 'member' && settling.has(callee.property)) {
      const entry = this.state.flow;
      const settled = this.parts.promises.settle(callee.property, callee.object, expression, scope, origin);
      if (settled && (awaited || !entry)) return settled;
      if (settled) return this.parts.promises.pending(settled, entry, origin);
    }
    let receiver: Value | undefined;
    let target: Value;
    if (callee.kind === 'member' && !(callee.object.kind === 'this' && callee.object.super)) {
      receiver = this.parts.expressions.evaluate(callee.object, scope);
      target = this.parts.members.read(receiver, callee.property, this.state.origin(callee));
    } else target = this.parts.expressions.evaluate(callee, scope);
    const args = this.arguments(expression, scope);
    const before = this.state.flow;
    const value = this.call(target, args, origin, receiver, expression.new);
    if (awaited || !before || !this.parts.promises.isAsynchronous(target, value, args)) return value;
    return this.parts.promises.pending(value, before, origin);
  }

  /** The values of the arguments, spread lists taken apart. */
  arguments(expression: CallExpression, scope: Scope): Value[] {
    const args: Value[] = [];
    for (const item of expression.args) {
      const value = this.parts.expressions.evaluate(item.kind === 'spread' ? item.value : item, scope);
      if (item.kind === 'spread' && value.kind === 'array') args.push(...value.items);
      else args.push(value);
    }
    return args;
  }

  private superCall(expression: CallExpression, scope: Scope, origin: Origin): Value {
    const base = this.state.frame.home?.superClass;
    const self = this.state.frame.thisValue;
    const args = this.arguments(expression, scope);
    if (base?.kind === 'class' && self.kind === 'object') this.parts.classes.initialise(self, base, args, origin);
    else if (base?.kind === 'external') {
      const made = externalValue(base.at.called, origin, self, { args, construct: true });
      if (self.kind === 'object') self.base = made;
      this.record(made, base);
    }
    return undefinedValue;
  }

  /** Calls a value. `receiver` is what it was read from. */
  call(callee: Value, args: readonly Value[], origin: Origin, receiver?: Value, construct = false): Value {
    if (!this.state.flow) return unknownValue;
    switch (callee.kind) {
      case 'function': {
        const self = callee.facts.arrow
          ? (callee.thisValue ?? undefinedValue)
          : ((callee.home ? callee.thisValue : undefined) ?? receiver ?? callee.thisValue ?? undefinedValue);
        if (construct) {
          const instance = newObject(origin);
          this.parts.functions.invoke(
            callee.facts,
            callee.file,
            callee.scope,
            instance,
            callee.home,
            [...callee.bound, ...args],
            origin,
          );
          const prototype = callee.properties?.get('prototype');
          if (prototype?.kind === 'object') this.parts.spreads.assignAll(instance, prototype);
          return instance;
        }
        const given = callee.bound.length === 0 ? args : [...callee.bound, ...args];
        return this.parts.functions.invoke(callee.facts, callee.file, callee.scope, self, callee.home, given, origin);
      }
      case 'native':
        return callee.call(args, origin);
      case 'class':
        return this.parts.classes.construct(callee, args, origin);
      case 'external':
        return this.callExternal(callee, args, origin, receiver, construct);
      case 'union': {
        const options: Option[] = [];
        const flows: (Flow | undefined)[] = [];
        const start = this.state.flow;
        this.state.branchDepth++;
        // While modules run, each of the modules of a folder is called: `require(join(folder, file))(app)`.
        for (const option of callee.options.slice(0, this.state.events ? limits.calledOptions : limits.options)) {
          if (option.value.kind === 'undefined' || option.value.kind === 'literal') continue;
          this.state.flow = withProofs(start, option.proofs);
          for (const result of optionsOf(this.call(option.value, args, origin, receiver, construct)))
            options.push({ ...result, proofs: [...new Set([...option.proofs, ...result.proofs])] });
          flows.push(this.state.flow);
        }
        this.state.branchDepth--;
        this.state.flow = flows.length > 0 ? this.state.join(flows) : start;
        return options.length > 0 ? chosenAs(unionOf(options), callee) : unknownValue;
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
    const native = callNative(this.parts, callee, args, origin);
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
      this.state.throw();
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
      if (this.state.throws) this.state.throws.push(this.state.flow ?? emptyFlow);
      this.state.flow = withProof(
        this.state.flow ?? emptyFlow,
        this.parts.refinement.proofBy(result, meaning.proves.kind),
      );
    }
    if (meaning?.asserts && this.state.flow) {
      const proofs = this.parts.refinement.refine(args[0] ?? undefinedValue, true);
      if (this.state.throws) this.state.throws.push(this.state.flow);
      this.state.flow = proofs && withProofs(this.state.flow, proofs);
    }
    if (meaning?.permits) {
      if (this.state.throws) this.state.throws.push(this.state.flow ?? emptyFlow);
      this.state.flow = withProof(this.state.flow ?? emptyFlow, this.parts.refinement.permittedBy(result, true));
    }
    return evaluated ?? result;
  }

  /** Keeps a call of something outside: with what it was called on, with the module that loads, among the events. */
  private record(result: ExternalValue, callee: ExternalValue): CallMeaning | undefined {
    const owner = callee.receiver;
    result.run = this.state.currentRun;
    // Objects that live for the whole program (clients, loggers) do not gather what every handler does to them.
    if (
      owner?.kind === 'external' &&
      isMadeObject(owner) &&
      (owner.call === undefined || owner.run === this.state.currentRun)
    )
      owner.calls.push(result);
    if (this.state.loading && this.state.events === undefined && this.semantics.keeps(result.path))
      this.state.loading.calls.push(result);
    const meaning = this.semantics.meaningOf(result);
    if (meaning?.observed) this.state.observe(result, meaning);
    return meaning;
  }

  /** Functions handed to something outside are called by it, once, with what can be said of their arguments. */
  private callbacks(args: readonly Value[], result: ExternalValue, errorFirst = false): void {
    const start = this.state.flow;
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
      this.state.branchDepth++;
      this.state.flow = start;
      const value = this.call(arg, given, result.origin);
      if (value.kind !== 'undefined') result.answers.yields ??= value;
      this.state.branchDepth--;
    }
    this.state.flow = start;
  }
}
