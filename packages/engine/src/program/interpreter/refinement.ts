import { nameOfPath } from '../name-of-path.js';
import { includesPath } from '../native-members.js';
import { findSettlement } from '../promise.js';
import { identifies, joinFlows, withProofs, type Flow, type Proof } from '../proof.js';
import type { Semantics } from '../semantics.js';
import { constantSense, falsyPath, isConstant, isNothing, sameConstant, truthOf, truthOfTest } from '../truth.js';
import {
  optionsOf,
  unknownValue,
  wholeFile,
  type ExternalValue,
  type Option,
  type Origin,
  type UnionValue,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';

const comparisons: ReadonlySet<string> = new Set(['===', '==', '!==', '!='].map((sign) => `global#${sign}()`));

/** Refinement: what is proved where a value is truthy or falsy, or equal to another one. */
export class Refinement {
  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
  ) {}

  /** What is proved where the value is truthy (or falsy). `undefined` where it cannot be so. */
  refine(value: Value, truthy: boolean): readonly Proof[] | undefined {
    switch (value.kind) {
      case 'union':
        return this.refineUnion(value, this.refineEach(value, truthy), truthy);
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

  /** What is proved of each alternative where it is truthy (or falsy), in their order. */
  refineEach({ options }: UnionValue, truthy: boolean): readonly (readonly Proof[] | undefined)[] {
    return options.map((option) => this.refine(option.value, truthy));
  }

  /** What is proved whichever alternative it is. @param gained Of `refineEach`. */
  refineUnion(
    value: UnionValue,
    gained: readonly (readonly Proof[] | undefined)[],
    truthy: boolean,
  ): readonly Proof[] | undefined {
    let result: Flow | undefined;
    for (const [index, option] of value.options.entries()) {
      const proofs = gained[index];
      if (proofs) result = joinFlows([result, withProofs({ proofs: option.proofs }, proofs)]);
    }
    const permission = result && value.chosenBy && this.permittedBy(value, truthy);
    return permission ? [...(result?.proofs ?? []), permission] : result?.proofs;
  }

  /** What holds where a value is not this constant. Another text than this one says nothing of either. */
  refineUnequal(value: Value, constant: Value, sense: boolean, ofType = false): readonly Proof[] | undefined {
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

  /** `x !== null`: `undefined` is something else as well. */
  refineOther({ options }: UnionValue, constant: Value): readonly Proof[] | undefined {
    let result: Flow | undefined;
    for (const option of options) {
      const isSame = isConstant(option.value) && sameConstant(option.value, constant, false);
      const gained = isSame ? undefined : isNothing(option.value) ? [] : this.refine(option.value, true);
      if (gained) result = joinFlows([result, withProofs({ proofs: option.proofs }, gained)]);
    }
    return result?.proofs;
  }

  /** A value from outside: a comparison, an answer of a list, a call that proves something, a part of the request. */
  private refineExternal(value: ExternalValue, truthy: boolean): readonly Proof[] | undefined {
    const truth = truthOfTest(value);
    if (truth !== undefined) return truth === truthy ? [] : undefined;
    // Nothing is in an empty list.
    if (truthy && value.path === includesPath && isEmptyList(value.call?.args[0])) return undefined;
    if (value.path === 'global#!()') return this.refine(value.call?.args[0] ?? unknownValue, !truthy);
    if (value.path === 'global#Boolean()') return this.refine(value.call?.args[0] ?? unknownValue, truthy);
    const counted = countedIn(value);
    if (counted) return this.refine(counted, truthy);
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

  /** The result of a comparison, asked for later. */
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

  /** What two equal values prove. */
  provedByEquality(left: Value, right: Value, origin: Origin): readonly Proof[] {
    return this.semantics.provedByEquality(left, right).map((grant) => ({ ...grant, origin, by: 'a comparison' }));
  }

  /** What the caller may do on this side of a test. */
  permittedBy(value: ExternalValue | UnionValue, truthy: boolean): Proof | undefined {
    const permission = this.semantics.permittedBy(value);
    if (!permission || (!truthy && !permission.eitherSide)) return undefined;
    const { grant, eitherSide } = permission;
    const origin = value.kind === 'external' ? value.origin : this.state.origin(wholeFile);
    const by = value.kind === 'external' ? nameOfPath(value.path) : 'a look-up';
    return { ...grant, origin, by, ...(eitherSide ? { side: { of: value, truthy } } : {}) };
  }

  /** What a call, or a value that is there, proves: always the same proof. */
  proofBy(call: ExternalValue, kind: string): Proof {
    return (call.answers.proof ??= {
      kind,
      origin: call.origin,
      by: nameOfPath(call.path),
      about: call.call ? this.semantics.aboutOf(call) : [call],
    });
  }
}

function isEmptyList(value: Value | undefined): boolean {
  return value?.kind === 'array' && !value.open && value.items.length === 0;
}

/** The number with which a comparison asks whether there is any: `missing.length > 0`, `1 <= found.length`. */
const leastCounted: ReadonlyMap<string, number> = new Map([
  ['global#>()', 0],
  ['global#>=()', 1],
  ['global#<()', 0],
  ['global#<=()', 1],
]);

/** What is counted where a comparison asks whether there is any, and it is known to be one of some numbers. */
function countedIn({ at, path, call }: ExternalValue): Value | undefined {
  if (!call || at.root.step !== 'global#') return undefined;
  const least = leastCounted.get(path);
  if (least === undefined) return undefined;
  const [first, second] = call.args;
  const [counted, number] = path.includes('<') ? [second, first] : [first, second];
  if (number?.kind !== 'literal' || number.value !== least || counted?.kind !== 'union') return undefined;
  return counted.options.every(isNumber) ? counted : undefined;
}

function isNumber({ value }: Option): boolean {
  return value.kind === 'literal' && typeof value.value === 'number';
}
