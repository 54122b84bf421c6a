import type { Expression, Statement } from '../../facts/file-facts.js';
import { under } from '../condition.js';
import { joinFlows, withProofs, type Flow } from '../proof.js';
import { Scope } from '../scope.js';
import { sameText } from '../text-shape.js';
import { constantSense, isConstant, sameConstant } from '../truth.js';
import { externalValue, undefinedValue, type Value } from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/**
 * Statements, and the ways that the control flow takes through them: branches, loops, `try`, `switch`. Each of them leaves
 * the flow that holds behind it.
 */
export class Statements {
  constructor(
    private readonly state: ExecutionState,
    private readonly parts: Parts,
  ) {}

  /** Declares the functions of a block before any statement of it runs. */
  hoist(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) {
      if (statement.kind !== 'function') continue;
      const { id, name } = statement;
      scope.declare(name, this.parts.functions.closure(id, scope, undefined), this.state.branchDepth);
    }
  }

  /** Runs statements one after the other, as long as anything comes past them. */
  block(body: readonly Statement[], scope: Scope): void {
    for (let index = 0; index < body.length && this.state.flow; index++)
      this.statement(body[index] as Statement, scope);
  }

  /** A block with names of its own. */
  private nested(body: readonly Statement[], scope: Scope): void {
    if (body.length === 0) return;
    const inner = new Scope(scope);
    this.hoist(body, inner);
    this.block(body, inner);
  }

  private statement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'let': {
        const value = statement.value ? this.parts.expressions.evaluate(statement.value, scope) : undefinedValue;
        if (statement.var) this.parts.bindings.bindVar(statement.pattern, statement.value && value, scope);
        else this.parts.bindings.bind(statement.pattern, value, scope, true);
        return;
      }
      case 'expression':
        if (this.state.later && this.state.frame.facts === undefined && isLater(statement.value))
          this.state.later.push(statement.value);
        else this.parts.expressions.evaluate(statement.value, scope);
        return;
      case 'return': {
        const value = statement.value ? this.parts.expressions.evaluate(statement.value, scope) : undefinedValue;
        if (this.state.flow) this.state.frame.returns.push({ value, flow: this.state.flow });
        this.state.flow = undefined;
        return;
      }
      case 'throw':
        this.parts.expressions.evaluate(statement.value, scope);
        this.state.throw();
        return;
      case 'if':
        this.branchOn(statement.test, statement.whenTrue, statement.whenFalse, scope);
        return;
      case 'loop':
        this.loop(statement, scope);
        return;
      case 'try':
        this.try(statement, scope);
        return;
      case 'switch':
        this.chooseAmong(statement, scope);
        return;
      case 'block':
        this.nested(statement.body, scope);
        return;
      case 'class':
        if (!scope.has(statement.name))
          scope.declare(statement.name, this.parts.classes.define(statement.id, scope), this.state.branchDepth);
        return;
      case 'function':
        return;
      case 'break':
      case 'continue':
        if (this.state.flow) this.state.frame.jumps.push(this.state.flow);
        this.state.flow = undefined;
        return;
    }
  }

  private branchOn(
    test: Expression,
    whenTrue: readonly Statement[],
    whenFalse: readonly Statement[],
    scope: Scope,
  ): void {
    const { state } = this;
    const [yes, no] = this.parts.branches.branch(test, scope);
    state.branchDepth++;
    state.flow = yes;
    if (yes) this.side(whenTrue, isTold(test, true), scope);
    const afterTrue = state.flow;
    state.flow = no;
    if (no) this.side(whenFalse, isTold(test, false), scope);
    state.branchDepth--;
    state.flow = state.join([afterTrue, state.flow]);
  }

  /** @param told Whether the test says all that leads here. */
  private side(body: readonly Statement[], told: boolean, scope: Scope): void {
    const { tests } = this.state.frame;
    if (told) this.state.frame.tests++;
    this.nested(body, scope);
    this.state.frame.tests = tests;
  }

  private loop(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
    // A round can be left in ways that no test around a statement tells of.
    const { tests } = this.state.frame;
    this.state.frame.tests--;
    this.rounds(statement, scope);
    this.state.frame.tests = tests;
  }

  private rounds(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
    const { state } = this;
    const inner = new Scope(scope);
    this.block(statement.init, inner);
    const jumps = state.frame.jumps;
    state.frame.jumps = [];
    const entry = state.flow;
    if (statement.over) {
      const over = this.parts.expressions.evaluate(statement.over, inner);
      const rounds = this.parts.spreads.elementsOf(over, statement.loop === 'in');
      const known = over.kind === 'array' && !over.open;
      if (!known) state.branchDepth++;
      // Rounds over a list that is known run one after the other, whatever they jump over.
      const inOrder = known && rounds.length > 0;
      for (const element of rounds) {
        if (!inOrder) state.flow = entry;
        else if (!state.flow) state.flow = joinFlows(state.frame.jumps.splice(0));
        if (!state.flow) break;
        const round = new Scope(inner);
        if (statement.each) this.parts.bindings.bind(statement.each, element, round, statement.each.kind !== 'target');
        this.nested(statement.body, round);
      }
      if (!known) state.branchDepth--;
      if (inOrder) {
        const end = joinFlows([state.flow, ...state.frame.jumps]);
        state.frame.jumps = jumps;
        state.flow = end;
        return;
      }
    } else {
      if (statement.test && entry) this.parts.branches.branch(statement.test, inner);
      state.branchDepth++;
      this.nested(statement.body, inner);
      if (statement.update && state.flow) this.parts.expressions.evaluate(statement.update, inner);
      state.branchDepth--;
    }
    const end = state.flow;
    const jumped = state.frame.jumps;
    state.frame.jumps = jumps;
    // The loop may run no round at all: only what held before it holds behind it.
    state.flow = statement.loop === 'do' ? joinFlows([end, ...jumped]) : entry;
  }

  private try(statement: Extract<Statement, { kind: 'try' }>, scope: Scope): void {
    const { state } = this;
    const entry = state.flow;
    const outer = state.throws;
    const thrown: Flow[] = [];
    state.throws = thrown;
    // Where the handler ends, whoever comes behind it has been through the whole block.
    const may = statement.handler !== undefined && !alwaysEnds(statement.handler);
    if (may) state.branchDepth++;
    const first = state.events?.length ?? 0;
    this.nested(statement.block, scope);
    const last = state.events?.length ?? 0;
    const end = ++state.now;
    if (may) state.branchDepth--;
    const normal = state.flow;
    state.throws = outer;
    state.branchDepth++;
    let caught: Flow | undefined;
    if (statement.handler) {
      // Anything may throw at any time: only what held before the block holds in its handler.
      state.flow = entry;
      const inner = new Scope(scope);
      if (statement.parameter) {
        this.parts.bindings.bind(
          statement.parameter,
          externalValue('global#Error()', state.origin(statement)),
          inner,
          true,
        );
      }
      this.nested(statement.handler, inner);
      caught = state.flow;
      if (caught) state.tried(first, last, end, entry);
    } else if (outer) outer.push(...thrown);
    state.branchDepth--;
    state.flow = state.join([normal, caught]);
    if (statement.finalizer) {
      const after = state.flow;
      state.flow = entry;
      this.nested(statement.finalizer, scope);
      state.flow = state.flow ? after : undefined;
    }
  }

  private chooseAmong(statement: Extract<Statement, { kind: 'switch' }>, scope: Scope): void {
    const { state } = this;
    const subject = this.parts.expressions.evaluate(statement.subject, scope);
    let entry = state.flow;
    const jumps = state.frame.jumps;
    state.frame.jumps = [];
    state.branchDepth++;
    const inner = new Scope(scope);
    let falling: Flow | undefined;
    for (const item of statement.cases) {
      const { flow, surely } = item.test
        ? this.matched(entry, subject, item.test, inner)
        : { flow: this.unmatched(entry, subject, statement, inner), surely: false };
      // Nobody looks at what stands behind a case that surely fits.
      if (surely) entry = undefined;
      state.flow = joinFlows([flow, falling]);
      this.hoist(item.body, inner);
      this.block(item.body, inner);
      falling = state.flow;
    }
    state.branchDepth--;
    const hasDefault = statement.cases.some((item) => item.test === undefined);
    state.flow = state.join([...state.frame.jumps, falling, hasDefault ? undefined : entry]);
    state.frame.jumps = jumps;
  }

  /** What holds where none of the cases with a constant fits. */
  private unmatched(
    entry: Flow | undefined,
    subject: Value,
    { cases }: Extract<Statement, { kind: 'switch' }>,
    scope: Scope,
  ): Flow | undefined {
    let flow = entry;
    for (const { test } of cases) {
      if (!test || !flow) continue;
      const value = this.parts.expressions.evaluate(test, scope);
      const sense = isConstant(value) ? constantSense(value, false) : undefined;
      if (sense === undefined) continue;
      const proofs = this.parts.refinement.refineUnequal(subject, value, sense) ?? (sense ? [] : undefined);
      flow = proofs && withProofs(flow, proofs);
    }
    return flow;
  }

  /** What holds where a case of a `switch` fits, and whether it surely does. */
  private matched(
    entry: Flow | undefined,
    subject: Value,
    test: Expression,
    scope: Scope,
  ): { readonly flow: Flow | undefined; readonly surely: boolean } {
    this.state.flow = entry;
    const value = this.parts.expressions.evaluate(test, scope);
    if (!entry) return { flow: undefined, surely: false };
    const same =
      isConstant(subject) && isConstant(value) ? sameConstant(subject, value, false) : sameText(subject, value);
    if (same === false) return { flow: undefined, surely: false };
    const origin = this.state.origin(test);
    const sense = isConstant(value) ? constantSense(value, false) : undefined;
    const refined = sense === undefined ? [] : (this.parts.refinement.refine(subject, sense) ?? []);
    const proofs = [...refined, ...this.parts.refinement.provedByEquality(subject, value, origin)];
    const flow = { ...withProofs(entry, proofs), condition: under(entry.condition, [subject, value], true, origin) };
    return { flow, surely: same === true };
  }
}

/** `promise.then(…)`, where nobody waits for it. */
function isLater(expression: Expression): boolean {
  if (expression.kind === 'unary' && expression.operator === 'void') return isLater(expression.operand);
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return false;
  const { object, property } = expression.callee;
  return property === 'then' || ((property === 'catch' || property === 'finally') && isLater(object));
}

/** Whether the last statement leaves, whatever comes before it. */
function alwaysEnds(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (last.kind === 'if') return alwaysEnds(last.whenTrue) && alwaysEnds(last.whenFalse);
  return last.kind === 'return' || last.kind === 'throw' || (last.kind === 'block' && alwaysEnds(last.body));
}

/** Whether the conditions of a flow on one side of a test say all that leads there: of `a || b`, either may. */
function isTold(test: Expression, truthy: boolean): boolean {
  if (test.kind === 'unary' && test.operator === '!') return isTold(test.operand, !truthy);
  if (test.kind !== 'logical') return true;
  if (test.operator !== (truthy ? '&&' : '||')) return false;
  return isTold(test.left, truthy) && isTold(test.right, truthy);
}
