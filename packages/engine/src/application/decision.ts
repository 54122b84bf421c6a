import { under } from '../program/condition.js';
import type { Interpreter, Outcome } from '../program/interpreter.js';
import {
  claimed,
  identifies,
  isUndecided,
  passedBy,
  permits,
  undecided as undecidedKind,
  withProof,
  type Flow,
} from '../program/proof.js';
import {
  optionsOf,
  undefinedValue,
  type ExternalValue,
  type FunctionValue,
  type Option,
  type Origin,
  type Value,
} from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import {
  believing,
  demandsCredential,
  fork,
  leavesTo,
  stateWith,
  titleOfPermission,
  undecided,
  wayIn,
  withTraces,
  type ChainState,
} from './chain.js';
import { placeOf } from './place-of.js';
import type { Guard } from './route.js';
import { hangsOnAddress } from './undecided-address.js';

/** A function of the project that says yes or no to a request. */
export interface Question {
  readonly ask: FunctionValue;
  /** What it is a method of. */
  readonly self?: Value;
  readonly name: string;
  /** What it is handed. */
  readonly handed: (request: ExternalValue) => readonly Value[];
  /** Whether an answer is surely no, though it is no falsy value. */
  readonly isNever?: (answer: Value) => boolean;
}

/** The state behind a question: who gets no yes gets no further. */
export function behindQuestion(
  state: ChainState,
  { ask, self = undefinedValue, name, handed, isNever }: Question,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): ChainState {
  const origin: Origin = { file: ask.file, span: ask.facts };
  const request = fork(state.request);
  const outcome = interpreter.follow(ask, self, handed(request), origin, state.proofs);
  const flows = allowingFlows(outcome, interpreter, origin, isNever).map((flow) => identified(flow, state));
  if (flows.length === 0) return closed(state, name, placeOf(origin));
  return behindDecision(stateWith(state, { request }), outcome, flows, name, placeOf(origin), semantics);
}

/** Whose record it is is compared with somebody: there is a caller. */
function identified(flow: Flow, { proofs }: ChainState): Flow {
  const gained = flow.proofs.filter((proof) => !proofs.includes(proof));
  const owner = gained.find(({ kind }) => kind === 'owner');
  return owner && !flow.proofs.some(identifies)
    ? withProof(flow, { kind: 'attached', origin: owner.origin, by: owner.by })
    : flow;
}

/** The state behind what lets nobody through. */
export function closed(state: ChainState, name: string, place: Guard['place']): ChainState {
  const guard: Guard = { name, place, verdict: 'guarded', why: 'lets nobody through' };
  return stateWith(state, { closed: true, guards: [...state.guards, guard] });
}

/**
 * The ways on which a function that says yes or no to a request lets it on, each with what holds there.
 *
 * @param isNever Whether an answer is surely no, though it is no falsy value.
 */
export function allowingFlows(
  { value, flow: end }: Outcome,
  interpreter: Interpreter,
  origin: Origin,
  isNever: (value: Value) => boolean = () => false,
): readonly Flow[] {
  if (!end) return [];
  return optionsOf(value).flatMap((option: Option): Flow[] => {
    const gained = isNever(option.value) ? undefined : interpreter.refine(option.value, true);
    if (!gained) return [];
    const outer = option.condition ?? end.condition;
    const condition = option.value.kind === 'literal' ? outer : under(outer, [option.value], true, origin);
    return [
      {
        proofs: [...new Set([...end.proofs, ...option.proofs, ...gained])],
        ...(option.settings ? { settings: option.settings } : {}),
        ...(condition ? { condition } : {}),
      },
    ];
  });
}

/** The state behind a function that says yes or no, where it says yes on these ways. */
export function behindDecision(
  state: ChainState,
  outcome: Outcome,
  flows: readonly Flow[],
  name: string,
  place: Guard['place'],
  semantics: CatalogSemantics,
): ChainState {
  const { flow, switchedOff } = passedBy(flows, state.proofs);
  const proofs = flow?.proofs ?? state.proofs;
  const after = stateWith(withTraces(state, outcome, flows, semantics), { proofs });
  const gained = proofs.filter((proof) => !state.proofs.includes(proof));
  const proof = gained.find(identifies);
  const permissions = gained.filter(permits).map(titleOfPermission);
  if (proof ?? permissions.length > 0) {
    const guard: Guard = {
      name,
      place,
      verdict: 'guarded',
      ...(proof ? { proves: proof.kind } : {}),
      ...(permissions.length > 0 ? { permissions } : {}),
      why: `allows only after ${wayIn(gained, switchedOff)}`,
    };
    return stateWith(after, { guards: [...state.guards, guard] });
  }
  const asked = gained.find(isUndecided);
  if (asked) return undecided(after, name, place, leavesTo(asked));
  if (!allowsAnyway(outcome.value) && isLeftToUnknown(outcome.value, semantics)) return undecided(state, name, place);
  const tries =
    outcome.events.some(({ meaning }) => meaning.proves !== undefined && meaning.proves.kind !== claimed) ||
    optionsOf(outcome.value).some((option) => option.proofs.some(identifies) || proves(option.value, semantics));
  if (!tries) return stateWith(after, { guards: [...state.guards, ...believing(gained, name, place)] });
  if (flows.filter((way) => !way.proofs.some(identifies)).every(hangsOnAddress)) return undecided(state, name, place);
  const guard: Guard = { name, place, verdict: 'open', why: 'allows a request on a path that proves nothing' };
  return stateWith(after, {
    guards: [...state.guards, guard],
    optional: after.optional || !demandsCredential(flows, semantics),
  });
}

/** One of the results lets everybody in, whatever the others are. */
function allowsAnyway(value: Value): boolean {
  return optionsOf(value).some(
    (option) => option.value.kind === 'literal' && option.value.value === true && option.proofs.length === 0,
  );
}

function isLeftToUnknown(value: Value, semantics: CatalogSemantics): boolean {
  return optionsOf(value).some(({ value: item }) => {
    if (item.kind === 'unknown') return true;
    if (item.kind !== 'external' || proves(item, semantics) || semantics.isQuestion(item)) return false;
    return (
      item.path.startsWith('?') ||
      (item.call !== undefined && !item.path.startsWith('global#') && !item.path.startsWith('express#'))
    );
  });
}

function proves(value: Value, semantics: CatalogSemantics): boolean {
  const proved = value.kind === 'external' && value.call ? semantics.meaningOf(value)?.proves : undefined;
  return proved !== undefined && proved.kind !== undecidedKind;
}
