import type { FileFacts, FunctionFacts, ParameterFacts } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import { emptyFlow } from '../proof.js';
import { Scope } from '../scope.js';
import {
  undefinedValue,
  unionOf,
  unknownValue,
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../value.js';
import { newFrame, type Entered, type ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

const nothingBound: readonly Value[] = [];

/**
 * Functions and methods as values, and their bodies where they are followed: parameters, recursion, the share of the budget
 * that one call has, and what it returns.
 */
export class Functions {
  constructor(
    private readonly state: ExecutionState,
    private readonly parts: Parts,
  ) {}

  /** A function where its expression or its declaration is met. */
  closure(id: number, scope: Scope, thisValue: Value | undefined): Value {
    const { state } = this;
    const facts = state.frame.file.functions[id];
    if (!facts) return unknownValue;
    const self = facts.arrow ? state.frame.thisValue : thisValue;
    return {
      kind: 'function',
      file: state.frame.file,
      facts,
      scope,
      thisValue: self,
      home: facts.arrow ? state.frame.home : undefined,
      bound: nothingBound,
      properties: undefined,
    };
  }

  /** A method: always the same value for the same receiver. */
  method(owner: ClassValue, id: number, receiver: ObjectValue | ClassValue): Value {
    const key = owner.file.functions[id];
    if (!key) return unknownValue;
    const methods = (receiver.methods ??= new Map<FunctionFacts, FunctionValue>());
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
      properties: undefined,
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
        const value = this.method(current, member.function, instance);
        if (value.kind === 'function') return { value, owner: current };
      }
    }
    return undefined;
  }

  /** Follows a body with these arguments, and gives what it returns; the flow behind it is that of all its returns. */
  invoke(
    facts: FunctionFacts,
    file: FileFacts,
    definition: Scope,
    self: Value,
    home: ClassValue | undefined,
    args: readonly Value[],
    origin: Origin,
  ): Value {
    const { state } = this;
    if (!facts.body) return unknownValue;
    let again = 0;
    for (const item of state.active) if (item.facts === facts && isSameCall(item, definition, args)) again++;
    if (again >= (state.events ? limits.handlerRecursion : limits.recursion)) return unknownValue;
    if (state.active.length >= limits.callDepth) {
      state.stop(file.path);
      return unknownValue;
    }
    state.followed.add(facts);
    const flow = state.flow ?? emptyFlow;
    const saved = { frame: state.frame, depth: state.branchDepth };
    const frame = newFrame(file, self, home, facts);
    state.frame = frame;
    state.active.push({ facts, definition, args });
    const around = state.stack;
    // A call may use three quarters of what is left, so that one long way does not hide what comes behind it.
    const limit = state.stepLimit;
    state.stepLimit = state.steps + Math.max(limits.smallestShare, (3 * (limit - state.steps)) >> 2);
    state.stack = { name: facts.name ?? 'function', site: origin, around };
    const scope = new Scope(definition, state.branchDepth);
    for (let index = 0; index < facts.parameters.length; index++) {
      const parameter = facts.parameters[index] as ParameterFacts;
      let value = args[index];
      if (parameter.rest) {
        value = { kind: 'array', items: args.slice(index), open: false, origin };
      } else if (value === undefined || value.kind === 'undefined') {
        value = parameter.defaultValue
          ? this.parts.expressions.evaluate(parameter.defaultValue, scope)
          : undefinedValue;
      } else if (value.kind === 'unknown' && parameter.type) {
        value = this.parts.types.typed(parameter.type, file, definition);
      }
      this.parts.bindings.bind(parameter.pattern, value, scope, true);
    }
    this.parts.statements.hoist(facts.body, scope);
    this.parts.statements.block(facts.body, scope);
    const end = state.flow;
    if (end) frame.returns.push({ value: undefinedValue, flow: end });
    state.stack = around;
    state.stepLimit = limit;
    state.active.pop();
    state.frame = saved.frame;
    state.branchDepth = saved.depth;
    state.flow = state.join(frame.returns.map((item) => item.flow));
    const [only] = frame.returns;
    if (only && frame.returns.length === 1) return only.value;
    const shared = state.flow?.proofs ?? flow.proofs;
    return unionOf(
      frame.returns.map((item) => ({
        value: item.value,
        proofs: item.flow.proofs.filter((proof) => !shared.includes(proof)),
        settings: item.flow.settings,
        condition: item.flow.condition,
      })),
    );
  }
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
