import type { Interpreter } from '../../program/interpreter.js';
import type { ExternalValue, Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const response = 'express#Response';
const pipeline = /^(?:node:)?stream(?:\/promises)?#(?:promises\.)?pipeline\(\)$/;

/** `stream.pipe(res)` and `pipeline(stream, res)` answer with what is in the stream. */
export const streamShape: OddShape = {
  evaluates: ({ text }) => text.endsWith('.pipe()') || pipeline.test(text),

  evaluateCall({ path, call, receiver, origin }: ExternalValue, interpreter: Interpreter): Value | undefined {
    const args = call?.args ?? [];
    const [source, ...others] = pipeline.test(path) ? args : [receiver, args[0]];
    const target = others.find((arg) => arg?.kind === 'external' && arg.path === response);
    if (!source || !target) return undefined;
    interpreter.call(interpreter.member(target, 'send', origin), [source], origin);
    return path.endsWith('.pipe()') ? target : undefined;
  },
};
