import type { Expression } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import { under } from '../condition.js';
import {
  bypassesOf,
  eitherSetting,
  emptyFlow,
  withCondition,
  withProofs,
  withSetting,
  type Flow,
  type Proof,
} from '../proof.js';
import type { Scope } from '../scope.js';
import type { Semantics } from '../semantics.js';
import { sameText } from '../text-shape.js';
import { constantSense, hasType, isConstant, isNothing, sameConstant, typeOperand } from '../truth.js';
import { originOf, type Origin, type UnionValue, type Value } from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** Tests of branches and loops: what holds where one is true, and where it is false, and which values it asks for. */
export class Branches {
  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

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
        const before = this.state.flow ?? emptyFlow;
        const [leftYes, leftNo] = this.branch(test.left, scope);
        if (test.operator === '&&') {
          this.state.flow = leftYes;
          const [yes, no] = leftYes ? this.branch(test.right, scope) : [undefined, undefined];
          const ways = [
            [before, leftNo],
            [leftYes, no],
          ] as const;
          return [yes, eitherSetting(this.state.join([leftNo, no]), ways)];
        }
        if (test.operator === '||') {
          this.state.flow = leftNo;
          const [yes, no] = leftNo ? this.branch(test.right, scope) : [undefined, undefined];
          const ways = [
            [before, leftYes],
            [leftNo, yes],
          ] as const;
          return [eitherSetting(this.state.join([leftYes, yes]), ways), no];
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
    return this.split(this.parts.expressions.evaluate(test, scope), this.state.origin(test));
  }

  /** A test that asks for one value. */
  private split(value: Value, origin: Origin): [Flow | undefined, Flow | undefined] {
    const flow = this.state.flow;
    if (!flow) return [undefined, undefined];
    const { refinement } = this.parts;
    let yes: readonly Proof[] | undefined;
    if (value.kind === 'union') {
      const gained = refinement.refineEach(value, true);
      yes = refinement.refineUnion(value, gained, true);
      if (yes) this.noteAlternatives(value, gained, yes, origin);
    } else yes = refinement.refine(value, true);
    const no = isKnownTruthy(value, flow) ? undefined : refinement.refine(value, false);
    const sides = onSides(flow, yes, no, [value], origin);
    if (yes && no && this.semantics.isSetting(value)) {
      const [whenTrue, whenFalse] = sides;
      return [whenTrue && withSetting(whenTrue), whenFalse && withSetting(whenFalse)];
    }
    return sides;
  }

  /** `const passed = isStaff || check(code)`: one of the alternatives proves what another one goes without. */
  private noteAlternatives(
    { options }: UnionValue,
    gained: readonly (readonly Proof[] | undefined)[],
    joined: readonly Proof[],
    origin: Origin,
  ): void {
    const isMore = (proofs: readonly Proof[] | undefined, index: number): boolean =>
      proofs !== undefined && proofs.length + (options[index]?.proofs.length ?? 0) > joined.length;
    // Nobody gets around what no alternative proves more of than all do.
    if (!gained.some(isMore)) return;
    const flows = options.flatMap((option, index): Flow[] => {
      const proofs = gained[index];
      if (!proofs) return [];
      const condition = under(option.condition, [option.value], true, originOf(option.value) ?? origin);
      return [{ proofs: [...option.proofs, ...proofs], condition }];
    });
    if (flows.length < 2) return;
    for (const bypass of bypassesOf(flows, { proofs: joined })) this.state.bypasses.push(bypass);
  }

  /** A test that asks whether two values are equal. */
  private compared(
    test: Extract<Expression, { kind: 'binary' }>,
    scope: Scope,
  ): [Flow | undefined, Flow | undefined] | undefined {
    const { operator } = test;
    const equal = operator === '===' || operator === '==';
    const unequal = operator === '!==' || operator === '!=';
    if (!equal && !unequal) return undefined;
    const left = this.parts.expressions.evaluate(test.left, scope);
    const right = this.parts.expressions.evaluate(test.right, scope);
    const flow = this.state.flow;
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
        whenEqual = !sense && isKnownTruthy(subject, flow) ? undefined : this.parts.refinement.refine(subject, sense);
        // Another text than this one need not be none at all.
        whenUnequal =
          this.parts.refinement.refineUnequal(subject, constant, sense, subject !== other) ?? (sense ? [] : undefined);
      }
    }
    if (isNothing(constant) && operator.length === 3 && other.kind === 'union' && whenUnequal)
      whenUnequal = this.parts.refinement.refineOther(other, constant);
    const same = sameText(left, right) ?? hasType(left, right);
    if (same === true) whenUnequal = undefined;
    else if (same === false) whenEqual = undefined;
    const origin = this.state.origin(test);
    if (whenEqual) whenEqual = precise([...whenEqual, ...this.parts.refinement.provedByEquality(left, right, origin)]);
    const asksSetting = isConstant(constant) && !isConstant(other) && this.semantics.isSetting(other);
    const [whenTrue, whenFalse] = onSides(flow, whenEqual, whenUnequal, [left, right], origin);
    const yes = asksSetting && whenTrue ? withSetting(whenTrue) : whenTrue;
    const no = asksSetting && whenFalse ? withSetting(whenFalse) : whenFalse;
    return equal ? [yes, no] : [no, yes];
  }
}

/** Whether a test on the way here has found it truthy. What was missing may be there by now, so only that is believed. */
function isKnownTruthy(value: Value, { condition }: Flow): boolean {
  if (value.kind !== 'external') return false;
  let test = condition;
  for (let count = 0; test && count < limits.testsOnTheWay; count++, test = test.outer)
    if (test.truthy && test.values.length === 1 && test.values[0] === value) return true;
  return false;
}

/** Of two roles that one comparison asks for the one that it names says more. */
function precise(proofs: readonly Proof[]): readonly Proof[] {
  const last = proofs.at(-1);
  return last?.kind === 'role' ? proofs.filter((proof) => proof === last || proof.kind !== 'role') : proofs;
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
