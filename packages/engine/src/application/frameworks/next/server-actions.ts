import type { FileFacts, Pattern } from '../../../facts/file-facts.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import {
  memberOf,
  optionsOf,
  unionOf,
  type ExternalValue,
  type FunctionValue,
  type Option,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { ChainState } from '../../chain.js';
import { valuesWithin } from '../../contains.js';
import { followBuiltAction, isBuiltAction } from './action-clients.js';

/** A function that the browser may call. */
interface Action {
  readonly name: string;
  /** A function, or what a client has made of one. */
  readonly action: FunctionValue | ExternalValue;
  readonly place: Origin;
}

const directive = 'use server';

/**
 * Exports of a file that begins with the directive, and functions of a module that do so themselves:
 * https://nextjs.org/docs/app/api-reference/directives/use-server
 */
export function* collectActions(facts: FileFacts, interpreter: Interpreter): Iterable<Action> {
  const whole = facts.prologue.includes(directive);
  if (!whole && !facts.functions.some(({ prologue }) => prologue.includes(directive))) return;
  const record = interpreter.module(facts.path);
  if (!record) return;
  const seen = new Set<FunctionValue['facts']>();
  for (const item of whole ? facts.exports : []) {
    if (item.kind === 'star') continue;
    const value = interpreter.exported(record, item.exported);
    if (isBuiltAction(value)) {
      const name = item.exported === 'default' ? 'default' : item.exported;
      yield { name, action: value, place: value.origin };
      continue;
    }
    if (value?.kind !== 'function' || seen.has(value.facts)) continue;
    seen.add(value.facts);
    const own = value.file === facts;
    yield {
      name: item.exported === 'default' ? (value.facts.name ?? 'default') : item.exported,
      action: value,
      place: { file: facts, span: own ? value.facts : item },
    };
  }
  for (const value of interpreter.functionsOf(record)) {
    if (seen.has(value.facts) || !value.facts.prologue.includes(directive)) continue;
    seen.add(value.facts);
    yield { name: value.facts.name ?? 'action', action: value, place: { file: facts, span: value.facts } };
  }
}

/** What holds of the request of an action that a client has made, and what it does. */
export function followMadeAction(
  action: ExternalValue,
  place: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): { readonly state: ChainState; readonly resolver: Value; readonly outcome: Outcome } {
  const { state, resolver, outcome } = followBuiltAction(action, place, interpreter, semantics);
  return { state, resolver, outcome: { ...outcome, value: givenAway(outcome, semantics) } };
}

/** Follows an action: all its arguments are the caller's. */
export function followAction(
  action: FunctionValue,
  request: ExternalValue,
  origin: Origin,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): Outcome {
  const args = action.facts.parameters.map(({ pattern }, index) =>
    memberOf(memberOf(request, 'args'), nameOf(pattern, index)),
  );
  const outcome = interpreter.follow(action, { kind: 'undefined' }, args, origin, []);
  return { ...outcome, value: givenAway(outcome, semantics) };
}

function nameOf(pattern: Pattern, index: number): string {
  if (pattern.kind === 'name') return pattern.name;
  return pattern.kind === 'default' ? nameOf(pattern.target, index) : String(index);
}

/**
 * What an action gives away, or does: it answers with status 200 whatever it says, so that words alone, as
 * `{ error: 'Not logged in' }`, are no answer of success beside them.
 */
function givenAway({ value, events }: Outcome, { catalog }: CatalogSemantics): Value {
  const telling = optionsOf(value).filter((option) => !isConstant(option.value));
  const done: Option[] = events.flatMap(({ call, proofs }) => {
    const entry = catalog.find(call.at);
    const changes = (entry?.data && entry.data.operation !== 'read') ?? entry?.mint !== undefined;
    return changes ? [{ value: call, proofs }] : [];
  });
  return telling.length + done.length > 0 ? unionOf([...telling, ...done]) : value;
}

function isConstant(value: Value): boolean {
  for (const inner of valuesWithin(value)) if (!constants.has(inner.kind)) return false;
  return true;
}

const constants: ReadonlySet<Value['kind']> = new Set<Value['kind']>([
  'literal',
  'undefined',
  'object',
  'array',
  'union',
]);
