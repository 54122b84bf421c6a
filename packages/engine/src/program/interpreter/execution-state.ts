import { emptyFacts } from '../../facts/empty-facts.js';
import type { Expression, FileFacts, FunctionFacts, Span } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import type { CallMeaning } from '../call-meaning.js';
import type { ModuleRecord } from '../module-record.js';
import { bypassesOf, emptyFlow, joinFlows, type Bypass, type Flow } from '../proof.js';
import type { Scope } from '../scope.js';
import type { Event, Moment, StackEntry, Try } from '../semantics.js';
import {
  undefinedValue,
  unknownValue,
  type ClassValue,
  type ExternalValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../value.js';

/** The function call, the module or the class whose code runs. */
export interface Frame {
  readonly file: FileFacts;
  readonly thisValue: Value;
  readonly home: ClassValue | undefined;
  readonly returns: { value: Value; flow: Flow }[];
  /** Flows that leave the innermost loop or switch. */
  jumps: Flow[];
  /** How many branches are open whose tests say all that leads into them. */
  tests: number;
  readonly facts: FunctionFacts | undefined;
}

export function newFrame(file: FileFacts, thisValue: Value, home?: ClassValue, facts?: FunctionFacts): Frame {
  return { file, thisValue, home, returns: [], jumps: [], tests: 0, facts };
}

/** A call that is being followed: of which function, closed over what, with what. */
export interface Entered {
  readonly facts: FunctionFacts;
  readonly definition: Scope;
  readonly args: readonly Value[];
}

/**
 * Where the program is, what was met on the way there, and how much further it is followed. All parts of an interpreter
 * share one, and nothing else that changes with every statement.
 */
export class ExecutionState {
  // Where the program is.

  /** What holds at this point; `undefined` where no path reaches it. */
  flow: Flow | undefined = emptyFlow;
  /** Flows that leave the innermost `try` by a throw; `undefined` where nobody asks for them. */
  throws: Flow[] | undefined = undefined;
  frame: Frame = newFrame(emptyFacts(''), undefinedValue);
  /** How many branches are open: what is assigned in one only may have happened. */
  branchDepth = 0;
  /** The module whose body runs. */
  loading: ModuleRecord | undefined = undefined;
  /** What a module does once its body has run: promises that nobody waits for. */
  later: Expression[] | undefined = undefined;

  // What was met.

  /** What happened, where somebody keeps a record: not while the modules run. */
  events: Event[] | undefined = undefined;
  now: Moment = 0;
  /** Proofs that one way gave and another one went around. */
  bypasses: Bypass[] = [];
  /** The calls around this point, the innermost first. */
  stack: StackEntry | undefined = undefined;
  /** 0 while the modules run, another number for each entry point that is followed. */
  currentRun = 0;
  runs = 0;
  /** Functions whose body was followed at least once. */
  readonly followed = new Set<FunctionFacts>();

  // How far it is followed.

  /** Expressions that were evaluated, and how many may be. */
  steps = 0;
  stepLimit: number = limits.steps;
  /** Calls that are being followed. */
  readonly active: Entered[] = [];
  /** Names that are being looked for in what was spread into an object: it may have been spread into itself, in a loop. */
  readonly sought = new Map<ObjectValue, Set<string>>();
  /** Whether no bound has ended anything since somebody began to ask. */
  complete = true;
  /** Files in which a bound has ended something. */
  readonly stopped = new Set<string>();

  /** Goes into other code, at a point that is reached; what it gives leads back. */
  enter(frame: Frame) {
    const saved = { frame: this.frame, flow: this.flow, throws: this.throws, depth: this.branchDepth };
    this.frame = frame;
    this.flow ??= emptyFlow;
    return saved;
  }

  leave(saved: { frame: Frame; flow: Flow | undefined; throws: Flow[] | undefined; depth: number }): void {
    this.frame = saved.frame;
    this.flow = saved.flow;
    this.throws = saved.throws;
    this.branchDepth = saved.depth;
  }

  throw(): void {
    if (this.flow && this.throws) this.throws.push(this.flow);
    this.flow = undefined;
  }

  /** What holds whichever way was taken; what only some of them have proved is kept on record. */
  join(flows: readonly (Flow | undefined)[]): Flow | undefined {
    const joined = joinFlows(flows);
    for (const bypass of bypassesOf(flows, joined)) this.bypasses.push(bypass);
    return joined;
  }

  /** A place of the code that runs. */
  origin(span: Span): Origin {
    return { file: this.frame.file, span };
  }

  /** Puts a call on record. */
  observe(call: ExternalValue, meaning: CallMeaning): void {
    if (!this.events || !this.flow) return;
    const { proofs, condition } = this.flow;
    this.events.push({ call, meaning, proofs, condition, moment: ++this.now, stack: this.stack });
  }

  /** What was done between two moments may have failed, and the program goes on. */
  tried(first: number, last: number, end: Moment, entry: Flow | undefined): void {
    const left: Try = { condition: entry?.condition, end };
    for (const event of this.events?.slice(first, last) ?? []) event.tried = [...(event.tried ?? []), left];
  }

  /** A bound of `limits` has ended something in a file. */
  stop(file: string): void {
    this.stopped.add(file);
    this.complete = false;
  }

  /** Runs something that may nest deeper than the stack allows: then nothing is known of its value. */
  guarded(run: () => Value): Value {
    const saved = { active: this.active.length, stack: this.stack, limit: this.stepLimit };
    try {
      return run();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.stop(this.frame.file.path);
      this.active.length = saved.active;
      this.stack = saved.stack;
      this.stepLimit = saved.limit;
      this.sought.clear();
      return unknownValue;
    }
  }
}
