import type { ParameterFacts } from '../facts/file-facts.js';
import type { CallMeaning } from './call-meaning.js';
import type { Condition } from './condition.js';
import type { Permission } from './permission.js';
import type { Grant, Proof } from './proof.js';
import type { ClassValue, ExternalValue, Origin, Value } from './value.js';

/** What the catalog knows, in the words of the interpreter; the interpreter itself knows no library. */
export interface Semantics {
  meaningOf(call: ExternalValue): CallMeaning | undefined;
  /** What is proved where this value, no call, is truthy: `req.user`, `req.session.userId`. */
  provedBy(value: ExternalValue): string | undefined;
  /** Whether the value is a setting: of the environment, or stored, and not chosen by a request. */
  isSetting(value: Value): boolean;
  /** What two equal values prove: a header and a configured key, a record's owner and the caller. */
  provedByEquality(left: Value, right: Value): readonly Grant[];
  /** Whether the caller writes the value: a part of the request. */
  isInput(value: ExternalValue): boolean;
  /** What the caller may do where the value is truthy: `user.isAdmin`, `roles.includes(user.role)`, `can(user, order)`. */
  permittedBy(value: Value): Permission | undefined;
  /** What a proof by this call is about: the claims that it gives, the record whose password it compares. */
  aboutOf(call: ExternalValue): readonly Value[];
  /** The value of a member of a call's result that needs more than its access path, `undefined` where there is nothing to say. */
  evaluateMember(object: ExternalValue, name: string, origin: Origin): Value | undefined;
  /** Where an assignment to a member of a call's result is kept instead, `undefined` for the result itself. */
  keptOn(object: ExternalValue, name: string): ExternalValue | undefined;
  /** What a spread of a call's result puts into an object, as an object; `undefined` where there is nothing to say. */
  evaluateSpread(value: ExternalValue): Value | undefined;
  /** The value of a call that needs more than data, `undefined` where there is nothing to say. */
  evaluateCall(call: ExternalValue): Value | undefined;
  /** The value of a constructor parameter that a container fills in. */
  inject(parameter: ParameterFacts, owner: ClassValue): Value | undefined;
  /** What a name stands for that nothing declares, `undefined` for something of the platform. */
  globalOf(name: string): Value | undefined;
  /** Whether calls with this path are kept for the time after the modules have run: applications, routers, servers. */
  keeps(path: string): boolean;
  /**
   * Whether a name of a module is described from outside, `src/auth.ts#requireUser`, or a member of it: then its code is not followed.
   */
  describes(module: string, name: string, member?: string): boolean;
  /** The package name to use for an import that means no file of the project. */
  packageOf(specifier: string, imported: string): string;
}

/** One thing that happened while a handler was followed. */
export interface Event {
  readonly call: ExternalValue;
  readonly meaning: CallMeaning;
  readonly proofs: readonly Proof[];
  /** The tests that decided that it is reached. */
  readonly condition: Condition | undefined;
  readonly moment: Moment;
  /** Where a failure of it is caught and the program goes on, the innermost `try` first. */
  tried?: readonly Try[];
  /** The call that it happened in, with those around it. */
  readonly stack: StackEntry | undefined;
}

/** Events and the ends of `try` blocks, counted as they come. */
export type Moment = number;

export interface Try {
  /** The tests that had decided in front of it. */
  readonly condition: Condition | undefined;
  readonly end: Moment;
}

export interface StackEntry {
  readonly name: string;
  readonly site: Origin;
  readonly around: StackEntry | undefined;
}

/**
 * The tests under which somebody comes past it, whether it fails or not. Nobody comes to the rest of the same `try` where
 * it fails.
 *
 * @param moment When somebody came; behind everything where it is not given.
 */
export function reachedUnder(event: Event, moment: Moment = Infinity): Condition | undefined {
  const left = event.tried?.findLast(({ end }) => end <= moment);
  return left ? left.condition : event.condition;
}
