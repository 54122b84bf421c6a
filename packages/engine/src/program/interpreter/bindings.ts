import type { Pattern } from '../../facts/file-facts.js';
import { conditionsSince } from '../condition.js';
import { joinFlows, type Flow } from '../proof.js';
import type { Binding, Scope, Since } from '../scope.js';
import { isConstant, isMissing, truthOf } from '../truth.js';
import {
  absentValue,
  newObject,
  optionsOf,
  originOf,
  textOf,
  undefinedValue,
  unionOf,
  unknownValue,
  wholeFile,
  type Option,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** Variables: the patterns that declare them and take values apart, and what each holds after an assignment. */
export class Bindings {
  constructor(
    private readonly state: ExecutionState,
    private readonly parts: Parts,
  ) {}

  /** @param declares Whether it declares the names, or assigns to those that there are. */
  bind(pattern: Pattern, value: Value, scope: Scope, declares: boolean): void {
    switch (pattern.kind) {
      case 'name':
        if (declares) scope.declare(pattern.name, value, this.state.branchDepth, this.since(value));
        else this.assignName(pattern.name, value, scope);
        return;
      case 'default': {
        const options = optionsOf(value);
        const missing = options.some((option) => isMissing(option.value));
        const bound = missing
          ? unionOf([
              ...options.filter((option) => option.value.kind !== 'undefined'),
              { value: this.parts.expressions.evaluate(pattern.value, scope), proofs: [] },
            ])
          : value;
        this.bind(pattern.target, bound, scope, declares);
        return;
      }
      case 'object': {
        const names: string[] = [];
        for (const property of pattern.properties) {
          const key =
            typeof property.key === 'string'
              ? property.key
              : textOf(this.parts.expressions.evaluate(property.key, scope));
          if (key !== undefined) names.push(key);
          const origin = this.state.origin(pattern);
          this.bind(
            property.value,
            key === undefined ? unknownValue : this.parts.members.read(value, key, origin),
            scope,
            declares,
          );
        }
        if (pattern.rest)
          this.bind(pattern.rest, this.without(value, names, this.state.origin(pattern)), scope, declares);
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
        this.parts.assignments.assignTo(pattern.target, value, scope);
        return;
    }
  }

  /** `const { id, ...rest } = value`: what is taken out by name is not in the rest. */
  private without(value: Value, names: readonly string[], origin: Origin): Value {
    if (value.kind !== 'object' && value.kind !== 'external') return value;
    const rest = newObject(origin);
    this.parts.spreads.assignAll(rest, value);
    for (const name of names) rest.properties.set(name, absentValue);
    return rest;
  }

  /** What stands at a position of a list. */
  private item(value: Value, index: number): Value {
    if (value.kind === 'array') {
      return value.items[index] ?? (value.open ? unknownValue : undefinedValue);
    }
    return this.parts.members.read(value, String(index), originOf(value) ?? this.state.origin(wholeFile));
  }

  /** `var` in a block declares for the whole function, and only may have been run. */
  bindVar(pattern: Pattern, value: Value | undefined, scope: Scope): void {
    const owner = scope.ofFunction;
    if (owner === scope || pattern.kind !== 'name') {
      this.bind(pattern, value ?? undefinedValue, owner, true);
      return;
    }
    if (!owner.has(pattern.name)) owner.declare(pattern.name, undefinedValue, owner.depth ?? 0);
    if (value) this.assignName(pattern.name, value, owner);
  }

  /** In a branch, the variable may hold what it held before. */
  assignName(name: string, value: Value, scope: Scope): void {
    const binding = scope.find(name);
    if (!binding) return;
    if (this.state.branchDepth > binding.depth) {
      const before = binding.since ? this.unlessAssigned(binding, binding.since) : optionsOf(binding.value);
      binding.value = unionOf([...before, { value, proofs: this.state.flow?.proofs ?? [] }]);
    } else binding.value = value;
  }

  /** `let error`, `let user = null`. */
  private since(value: Value): Since | undefined {
    if (!this.state.flow || !isConstant(value) || truthOf(value) !== false) return undefined;
    return { frame: this.state.frame, tests: this.state.frame.tests, condition: this.state.flow.condition };
  }

  /**
   * What a variable held before an assignment in a branch. Where it still holds that, one of the tests that lead to the
   * assignment has failed, and what that proves holds: `if (!user) error = unauthorized(); if (error) return error`.
   */
  private unlessAssigned({ value: before, depth }: Binding, { frame, tests, condition }: Since): readonly Option[] {
    const options = optionsOf(before);
    if (frame !== this.state.frame || this.state.branchDepth - depth !== this.state.frame.tests - tests) return options;
    const conditions = conditionsSince(this.state.flow?.condition, condition);
    if (conditions.some(({ values }) => values.length > 1)) return options;
    return options.map((option) => {
      let failed: Flow | undefined;
      for (const { values, truthy } of conditions) {
        const [value = unknownValue] = values;
        const proofs = this.parts.refinement.refine(value === before ? option.value : value, !truthy);
        if (proofs) failed = joinFlows([failed, { proofs }]);
      }
      return failed && failed.proofs.length > 0
        ? { ...option, proofs: [...new Set([...option.proofs, ...failed.proofs])] }
        : option;
    });
  }
}
