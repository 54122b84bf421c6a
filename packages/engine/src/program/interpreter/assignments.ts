import type { Expression } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import type { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import { truthOf } from '../truth.js';
import {
  absentValue,
  externalValue,
  isKeptGlobally,
  isMadeObject,
  memberOf,
  optionsOf,
  textOf,
  undefinedValue,
  unionOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';
import { addSpread } from './spreads.js';

/** Assignments to members: where a value is kept, whether it surely was set, and which of them are events. */
export class Assignments {
  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** `target = value`, where the target is an expression. */
  assignTo(target: Expression, value: Value, scope: Scope): void {
    if (target.kind === 'name') {
      this.parts.bindings.assignName(target.name, value, scope);
      return;
    }
    if (target.kind === 'member') {
      const object = this.parts.expressions.evaluate(target.object, scope);
      this.record(object, target.property, value, this.state.origin(target));
      this.set(object, target.property, value);
    } else if (target.kind === 'index') {
      const object = this.parts.expressions.evaluate(target.object, scope);
      const key = textOf(this.parts.expressions.evaluate(target.key, scope));
      if (key !== undefined) this.set(object, key, value);
      else if (object.kind === 'object') addSpread(object, value);
    }
  }

  /** What `object.name = value` does; for methods that set something by its name. */
  assign(object: Value, name: string, value: Value, origin: Origin): void {
    this.record(object, name, value, origin);
    this.set(object, name, value);
  }

  /** The same, where it is no event, and only of an object that was made. */
  assignMember(object: ExternalValue, name: string, value: Value): void {
    if (this.state.flow && isMadeObject(object)) this.set(object, name, value);
  }

  /** An assignment to a member of something outside counts as a call, `session.user=()`, where it means something. */
  private record(object: Value, name: string, value: Value, origin: Origin): void {
    if (object.kind !== 'external' || !this.state.flow || truthOf(value) === false) return;
    const assignment = externalValue(object.at.member(`${name}=`).called, origin, object, {
      args: [value],
      construct: false,
    });
    const meaning = this.semantics.meaningOf(assignment);
    if (meaning?.observed) this.state.observe(assignment, meaning);
  }

  private set(object: Value, name: string, value: Value): void {
    const flow = this.state.flow;
    if (!flow) return;
    switch (object.kind) {
      case 'function':
        (object.properties ??= new Map()).set(name, value);
        return;
      case 'object': {
        // Where the object was made before the branch, it may be without the property behind it.
        const isLater = object.depth !== undefined && this.state.branchDepth > object.depth;
        const before = object.properties.get(name) ?? (isLater ? absentValue : undefined);
        const may = before && this.state.branchDepth > 0;
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
          this.set(keeper, name, value);
          return;
        }
        // Where it only may be set, what held then is kept with it.
        // Nothing is there before but what the caller sent: `req.body.id`, not `req.user`.
        const before = object.findProperty(name);
        const member = memberOf(object, name);
        if (this.state.branchDepth === 0) {
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
        for (const option of object.options) this.set(option.value, name, value);
        return;
      default:
        return;
    }
  }
}
