import type { FunctionFacts } from '../../../facts/file-facts.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import type { Flow } from '../../../program/proof.js';
import {
  optionsOf,
  type ExternalValue,
  type FunctionValue,
  type NativeValue,
  type Value,
} from '../../../program/value.js';
import { fastifyAnswers, sensibleRefusals } from '../../../catalog/frameworks/fastify.js';
import type { Calling } from '../../chain.js';

/**
 * How Fastify runs a hook: one with `done` goes on where it calls it, any other one where its promise is kept. Behind
 * an answer neither goes on, whatever it does: lib/hooks.js, `hookRunnerGenerator` and `hookIterator`.
 */
export class FastifyCalling implements Calling {
  readonly goesOn = 'lets requests through';
  /** What a hook is called that has no name of its own. */
  title = 'hook';
  /** The instance of the route: hooks are bound to it. */
  self: Value | undefined;
  /** Hooks before the body is parsed are handed its stream as well. */
  isBeforeParsing = false;
  /** Hooks that answer on some way. */
  readonly answering = new Set<FunctionFacts>();
  #reply: ExternalValue | undefined;
  #hasAnswered = false;

  handed(request: ExternalValue, reply: ExternalValue, done: NativeValue): readonly Value[] {
    this.#reply = reply;
    this.#hasAnswered = false;
    const payload: Value = { kind: 'unknown' };
    return this.isBeforeParsing ? [request, reply, payload, done] : [request, reply, done];
  }

  takesErrors(): boolean {
    return false;
  }

  handedOn({ value, flow }: Outcome, { facts }: FunctionValue): readonly Flow[] {
    const reply = this.#reply;
    this.#reply = undefined;
    if (this.#hasAnswered) this.answering.add(facts);
    const takesDone = facts.parameters.length > (this.isBeforeParsing ? 3 : 2);
    if (!flow || (takesDone && !facts.async)) return [];
    // A reply is a promise for the end of the answer: who returns it never goes on.
    return optionsOf(value)
      .filter((option) => option.value !== reply)
      .map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
        proofs: [...new Set([...flow.proofs, ...proofs])],
        ...(settings ? { settings } : {}),
        ...(condition ? { condition } : {}),
      }));
  }

  /** Ends the way on which a hook answers: the request goes nowhere from there. */
  answered(call: ExternalValue, interpreter: Interpreter): void {
    if (!this.#reply || call.receiver !== this.#reply) return;
    const name = call.path.slice(call.path.lastIndexOf('.') + 1, -2);
    if (!fastifyAnswers.has(name) && !sensibleRefusals.has(name)) return;
    this.#hasAnswered = true;
    interpreter.flow = undefined;
  }
}
