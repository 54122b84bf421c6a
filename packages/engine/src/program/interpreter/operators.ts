import type { Expression } from '../../facts/file-facts.js';
import { AccessPath } from '../access-path.js';
import { concatenate } from '../composed-text.js';
import { under } from '../condition.js';
import { bypassesOf, emptyFlow, withCondition, withProofs, type Flow } from '../proof.js';
import type { Scope } from '../scope.js';
import { asFalsy, isMissing, truthOf } from '../truth.js';
import {
  absentValue,
  chosenAs,
  externalValue,
  isKeptGlobally,
  optionsOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type Option,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/**
 * Operators: what they give, and what holds where only one of their sides is run. What a comparison proves is asked later,
 * so its result keeps both sides.
 */
export class Operators {
  private readonly globalPath = AccessPath.of('global#');

  constructor(
    private readonly state: ExecutionState,
    private readonly parts: Parts,
  ) {}

  /** `test ? a : b` */
  conditional(expression: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
    const [yes, no] = this.parts.branches.branch(expression.test, scope);
    return this.either(
      [
        [yes, expression.whenTrue],
        [no, expression.whenFalse],
      ],
      scope,
    );
  }

  /** One of several expressions, each with what holds where it is run. */
  private either(branches: readonly (readonly [Flow | undefined, Expression])[], scope: Scope): Value {
    const { state } = this;
    const options: Option[] = [];
    const flows: (Flow | undefined)[] = [];
    const start = state.flow;
    state.branchDepth++;
    for (const [flow, expression] of branches) {
      if (!flow) continue;
      state.flow = flow;
      const value = this.parts.expressions.evaluate(expression, scope);
      const after = state.flow as Flow | undefined;
      flows.push(after);
      const { proofs, settings, condition } = after ?? flow;
      const gained = proofs.filter((proof) => !start?.proofs.includes(proof));
      // `isOff ? passOn : requireUser`, where a setting chooses.
      const chosen = settings?.filter((setting) => !start?.settings?.includes(setting)) ?? [];
      for (const option of optionsOf(value)) {
        const switches = [...(option.settings ?? []), ...chosen];
        options.push({
          value: option.value,
          proofs: [...new Set([...option.proofs, ...gained])],
          settings: switches.length > 0 ? switches : undefined,
          condition: condition === start?.condition ? undefined : condition,
        });
      }
    }
    state.branchDepth--;
    state.flow = state.join(flows);
    return unionOf(options);
  }

  /** `a && b`, `a || b`, `a ?? b` */
  logical(expression: Extract<Expression, { kind: 'logical' }>, scope: Scope): Value {
    const { state } = this;
    const start = state.flow ?? emptyFlow;
    const left = this.parts.expressions.evaluate(expression.left, scope);
    const { operator } = expression;
    const others: Option[] = [];
    let certain = false;
    for (const option of optionsOf(left)) {
      if (operator !== '&&' && isKeptGlobally(option.value)) continue;
      const truth = truthOf(option.value);
      const missing = isMissing(option.value);
      if (operator === '&&') {
        if (truth !== true) others.push(option);
        if (truth === false && optionsOf(left).length === 1) certain = true;
      } else if (operator === '||') {
        if (truth !== false) others.push(option);
        if (truth === true && optionsOf(left).length === 1) certain = true;
      } else {
        if (!missing || option.value.kind !== 'undefined') others.push(option);
        if (truth !== undefined && !missing && optionsOf(left).length === 1) certain = true;
      }
    }
    if (certain) return left;
    const gained =
      operator === '&&'
        ? this.parts.refinement.refine(left, true)
        : operator === '||'
          ? this.parts.refinement.refine(left, false)
          : [];
    const before = state.flow;
    const test = under((before ?? start).condition, [left], operator === '&&', state.origin(expression.left));
    state.flow = withCondition(withProofs(before ?? start, gained ?? []), test);
    state.branchDepth++;
    const right = this.parts.expressions.evaluate(expression.right, scope);
    state.branchDepth--;
    const after = state.flow as Flow | undefined;
    // Where the left side surely decides nothing, the right side is always run.
    state.flow = others.length === 0 ? after : before;
    if (others.length > 0 && before && after) {
      const condition = under(before.condition, [left], operator === '||', state.origin(expression.left));
      for (const bypass of bypassesOf([{ ...before, condition }, after], before)) state.bypasses.push(bypass);
    }
    const options = [
      ...others.map((option) =>
        operator === '&&' && truthOf(option.value) !== false
          ? { value: asFalsy(option.value), proofs: option.proofs }
          : { value: option.value, proofs: option.proofs },
      ),
      ...optionsOf(right).map((option) => ({
        value: option.value,
        proofs: [
          ...new Set([...option.proofs, ...(after ?? start).proofs.filter((proof) => !start.proofs.includes(proof))]),
        ],
      })),
    ];
    return left.kind === 'union' ? chosenAs(unionOf(options), left) : unionOf(options);
  }

  /** `!a`, `typeof a`, `-a`, `delete a.b`, `void a` */
  unary(expression: Extract<Expression, { kind: 'unary' }>, scope: Scope): Value {
    const operand = this.parts.expressions.evaluate(expression.operand, scope);
    if (expression.operator === '!' || expression.operator === 'typeof') {
      return this.asked(expression.operator, [operand], this.state.origin(expression));
    }
    if (expression.operator === '+' || expression.operator === '~') {
      return externalValue('global#Number()', this.state.origin(expression), undefined, {
        args: [operand],
        construct: false,
      });
    }
    if (expression.operator === 'delete' && expression.operand.kind === 'member') {
      const object = this.parts.expressions.evaluate(expression.operand.object, scope);
      if ((object.kind === 'object' || object.kind === 'external') && this.state.branchDepth === 0)
        object.properties.set(expression.operand.property, absentValue);
    }
    if (expression.operator === 'void') return undefinedValue;
    if (operand.kind !== 'literal') return unknownValue;
    return typeof operand.value === 'number' && expression.operator === '-'
      ? { ...operand, value: -operand.value }
      : operand;
  }

  /** `a + b`, `a === b`, `a < b` */
  binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
    const origin = this.state.origin(expression);
    // The left spine is walked in a loop: long concatenations are common in generated code.
    const operands: { operator: string; right: Expression }[] = [];
    let left: Expression = expression;
    while (left.kind === 'binary') {
      operands.push({ operator: left.operator, right: left.right });
      left = left.left;
    }
    let value = this.parts.expressions.evaluate(left, scope);
    for (let index = operands.length - 1; index >= 0; index--) {
      const { operator, right } = operands[index] as { operator: string; right: Expression };
      const other = this.parts.expressions.evaluate(right, scope);
      if (operator === '+') value = concatenate([value, other], origin);
      else if (operator === '|' || operator === '&') value = unionOf([...optionsOf(value), ...optionsOf(other)]);
      else value = this.asked(operator, [value, other], origin);
    }
    return value;
  }

  /** What an operator gives that says something of its operands, once a test asks: `!user`, `a === b`. */
  private asked(operator: string, args: readonly Value[], origin: Origin): Value {
    return externalValue(this.globalPath.member(operator).called, origin, undefined, { args, construct: false });
  }

  /** A template string, tagged or not. */
  template(expression: Extract<Expression, { kind: 'template' }>, scope: Scope): Value {
    const parts: Value[] = [];
    expression.texts.forEach((text, index) => {
      if (text !== '') parts.push({ kind: 'literal', value: text, origin: this.state.origin(expression) });
      const part = expression.parts[index];
      if (part) parts.push(this.parts.expressions.evaluate(part, scope));
    });
    const origin = this.state.origin(expression);
    if (expression.tag) {
      const tag = this.parts.expressions.evaluate(expression.tag, scope);
      return this.parts.calls.call(
        tag,
        [concatenate(parts, origin), ...parts.filter((part) => part.kind !== 'literal')],
        origin,
      );
    }
    return concatenate(parts, origin);
  }

  /** What an assignment assigns: `a += b` is `a + b`. */
  assigned(expression: Extract<Expression, { kind: 'assign' }>, scope: Scope): Value {
    const { operator } = expression;
    if (operator === '=') return this.parts.expressions.evaluate(expression.value, scope);
    const target = expression.target;
    const left: Expression | undefined =
      target.kind === 'name'
        ? { kind: 'name', name: target.name, start: target.start, end: target.end }
        : target.kind === 'target'
          ? target.target
          : undefined;
    if (!left) return this.parts.expressions.evaluate(expression.value, scope);
    if (operator === '||=' || operator === '&&=' || operator === '??=') {
      const logical = operator === '||=' ? '||' : operator === '&&=' ? '&&' : '??';
      return this.logical(
        {
          kind: 'logical',
          operator: logical,
          left,
          right: expression.value,
          start: expression.start,
          end: expression.end,
        },
        scope,
      );
    }
    return this.binary(
      {
        kind: 'binary',
        operator: operator.slice(0, -1),
        left,
        right: expression.value,
        start: expression.start,
        end: expression.end,
      },
      scope,
    );
  }
}
