import type { FileFacts, ParameterFacts } from '../facts/file-facts.js';
import type { ClassValue, ExternalValue, Origin, Value } from './value.js';

/** What a call of something outside the project means for the flow of the program. */
export interface CallMeaning {
  /** What is proved, and of which outcome: that it returned at all, or that its result is truthy or falsy. */
  readonly proves?: { readonly kind: string; readonly when: 'returns' | 'truthy' | 'falsy' };
  /** The result is this argument: wrappers that keep the function's shape. */
  readonly returnsArgument?: number;
  /** The result is the receiver: fluent interfaces. */
  readonly returnsReceiver?: boolean;
  /** Functions among the arguments are kept and called later, by the framework. */
  readonly defers?: boolean;
  /** A function among the arguments is called once, with this, and its result is the result: transactions. */
  readonly passes?: Value;
  /** Kept in the record of what happened. */
  readonly observed?: boolean;
  /** It never returns: `process.exit`, a helper that throws. */
  readonly ends?: boolean;
}

/** What the catalog knows, in the words of the interpreter; the interpreter itself knows no library. */
export interface Semantics {
  meaningOf(call: ExternalValue): CallMeaning | undefined;
  /** What is proved where this value, no call, is truthy: `req.user`, `req.session.userId`. */
  provedBy(value: ExternalValue): string | undefined;
  /** What two equal values prove: a header and a configured key. */
  provedByEquality(left: Value, right: Value): string | undefined;
  /** The value of a member of a call's result that needs more than its access path, `undefined` where there is nothing to say. */
  evaluateMember(object: ExternalValue, name: string, origin: Origin): Value | undefined;
  /** The value of a call that needs more than data, `undefined` where there is nothing to say. */
  evaluateCall(call: ExternalValue): Value | undefined;
  /** The value of a constructor parameter that a container fills in. */
  inject(parameter: ParameterFacts, index: number, owner: ClassValue, file: FileFacts): Value | undefined;
  /** Whether a name of the project is described from outside, `src/auth.ts#requireUser`: then its code is not followed. */
  describes(path: string): boolean;
  /** The package name to use for an import that means no file of the project. */
  packageOf(specifier: string, imported: string): string;
}

/** One thing that happened while a handler was followed. */
export interface Event {
  readonly call: ExternalValue;
  readonly meaning: CallMeaning;
  readonly proofs: readonly import('./proof.js').Proof[];
  /** Calls from the entry down to it, outermost first. */
  readonly stack: readonly StackEntry[];
}

export interface StackEntry {
  readonly name: string;
  readonly site: Origin;
}
