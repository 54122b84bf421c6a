import type { CallExpression, Expression } from '../../facts/file-facts.js';
import { findSettlement, pendingValue } from '../promise.js';
import { withProofs, type Flow } from '../proof.js';
import type { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import { externalValue, optionsOf, unionOf, unknownValue, type Option, type Origin, type Value } from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** Promises: a call that nobody has waited for proves nothing yet, and its failure stops nobody; what waiting for it does. */
export class Promises {
  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** `promise.then(ok, failed)` and `promise.catch(failed)`, read as `try`. */
  settle(
    method: string,
    object: Expression,
    expression: CallExpression,
    scope: Scope,
    origin: Origin,
  ): Value | undefined {
    const { state } = this;
    const entry = state.flow;
    const outer = state.throws;
    const failedIndex = method === 'then' ? 1 : method === 'catch' ? 0 : Infinity;
    const handler = expression.args[failedIndex];
    if (handler) state.throws = [];
    // `.catch(next)` hands the failure on: what comes behind has been through all of it.
    const may = handler?.kind === 'function';
    if (may) state.branchDepth++;
    const first = state.events?.length ?? 0;
    const value = this.settled(this.parts.expressions.evaluate(object, scope));
    const last = state.events?.length ?? 0;
    const end = ++state.now;
    if (may) state.branchDepth--;
    state.throws = outer;
    if (value.kind === 'object' && (value.properties.has('then') || value.classOf)) {
      const target = this.parts.members.read(value, method, origin);
      if (target.kind === 'function')
        return this.parts.calls.call(target, this.parts.calls.arguments(expression, scope), origin, value);
    }
    const normal = state.flow;
    const options: Option[] = [];
    let afterOk = normal;
    const args = this.parts.calls.arguments(expression, scope);
    if (method === 'finally') {
      if (args[0]) this.parts.calls.call(args[0], [], origin);
      return value;
    }
    const ok = method === 'then' ? args[0] : undefined;
    if (ok) {
      state.flow = normal;
      if (normal) {
        const result = this.parts.calls.call(ok, [value], origin);
        const proofs = state.flow?.proofs.filter((proof) => !entry?.proofs.includes(proof)) ?? [];
        options.push(...optionsOf(result).map((option) => ({ ...option, proofs: [...option.proofs, ...proofs] })));
      }
      afterOk = state.flow;
    } else if (normal) {
      // What was proved holds where the value is this one, and not what the failure is answered with.
      const proofs = handler ? normal.proofs.filter((proof) => !entry?.proofs.includes(proof)) : [];
      options.push(...optionsOf(value).map((option) => ({ ...option, proofs: [...option.proofs, ...proofs] })));
    }
    let afterFailed: Flow | undefined;
    const failed = args[failedIndex];
    if (failed) {
      state.flow = entry;
      state.branchDepth++;
      const result = this.parts.calls.call(failed, [externalValue('global#Error()', origin)], origin);
      state.branchDepth--;
      afterFailed = state.flow;
      if (afterFailed) {
        options.push(...optionsOf(result));
        state.tried(first, last, end, entry);
      }
    }
    state.flow = state.join([afterOk, afterFailed]);
    return unionOf(options);
  }

  /** What a promise comes to, once it is waited for; any other value is what it is. */
  settled(value: Value): Value {
    const settlement = findSettlement(value);
    if (settlement) {
      const { flow } = settlement;
      if (!flow) this.state.throw();
      else if (this.state.flow) this.state.flow = withProofs(this.state.flow, flow.proofs);
      return this.settled(settlement.value);
    }
    if (value.kind !== 'union' || !value.options.some((option) => findSettlement(option.value))) return value;
    const options: Option[] = [];
    for (const option of value.options) {
      const inner = findSettlement(option.value);
      if (!inner) options.push(option);
      else if (inner.flow) {
        const gained = inner.flow.proofs.filter((proof) => !this.state.flow?.proofs.includes(proof));
        options.push({ ...option, value: inner.value, proofs: [...new Set([...option.proofs, ...gained])] });
      }
    }
    return options.length > 0 ? unionOf(options) : unknownValue;
  }

  /** What nobody has waited for yet: only what held before it holds behind it. */
  pending(value: Value, before: Flow | undefined, origin: Origin): Value {
    const promise = pendingValue({ value, flow: this.state.flow }, origin);
    this.state.flow = before;
    return promise;
  }

  /** Calls a function whose result nobody looks at before it is settled: a callback of `map` or `forEach`. */
  callDetached(callee: Value, args: readonly Value[], origin: Origin): Value {
    const before = this.state.flow;
    const value = this.parts.calls.call(callee, args, origin);
    return callee.kind === 'function' && callee.facts.async ? this.pending(value, before, origin) : value;
  }

  /** Whether a call gives a promise. */
  isAsynchronous(target: Value, result: Value, args: readonly Value[]): boolean {
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
}
