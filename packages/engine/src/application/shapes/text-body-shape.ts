import { bodyReaders } from '../../catalog/frameworks/node-http.js';
import { limits } from '../../limits.js';
import type { Interpreter } from '../../program/interpreter.js';
import { pendingValue } from '../../program/promise.js';
import { memberOf, optionsOf, textOf, unknownValue, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const listening: ReadonlySet<string> = new Set(
  ['on', 'once', 'addListener'].map((name) => `express#Request.${name}()`),
);
/** What makes of a text what was written into it. */
const parsers: ReadonlySet<string> = new Set([
  'global#JSON.parse()',
  'global#URLSearchParams()',
  'url#URLSearchParams()',
  'querystring#parse()',
  'qs#parse()',
  'qs#()',
]);

/** A body that comes in as a text or in pieces, and is what the caller sent once it is parsed. */
export const textBodyShape: OddShape = {
  evaluates: ({ text }) => listening.has(text) || parsers.has(text) || bodyReaders.has(text),

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver, origin } = call;
    const [first, second] = call.call?.args ?? [];
    if (listening.has(path)) {
      if (receiver?.kind !== 'external' || second?.kind !== 'function') return undefined;
      const before = interpreter.flow;
      const given = textOf(first) === 'data' ? memberOf(receiver, 'body') : unknownValue;
      interpreter.call(second, [given], origin);
      interpreter.flow = before;
      return receiver;
    }
    if (bodyReaders.has(path)) {
      if (first?.kind !== 'external' || first.path !== 'express#Request') return undefined;
      return pendingValue({ value: interpreter.member(first, 'body', origin), flow: interpreter.flow }, origin);
    }
    return first && bodyWithin(first, 0);
  },
};

/** The body that a text is made of, and of nothing else. */
function bodyWithin(value: Value, depth: number): ExternalValue | undefined {
  if (depth > limits.inputDepth) return undefined;
  switch (value.kind) {
    case 'external':
      if (value.path === 'express#Request.body') return value;
      if (value.call?.args[0] && converts.test(value.path)) return bodyWithin(value.call.args[0], depth + 1);
      return value.call && keeps.test(value.path) && value.receiver ? bodyWithin(value.receiver, depth + 1) : undefined;
    case 'union':
      return only(
        optionsOf(value).map((option) => option.value),
        depth,
      );
    case 'text':
      return only(value.parts, depth);
    case 'array':
      return only(value.items, depth);
    default:
      return undefined;
  }
}

const converts = /^(?:global|buffer)#(?:Buffer\.(?:from|concat)|String)\(\)$/;
const keeps = /\.(?:toString|trim|join|decode)\(\)$/;

/** `event.body ?? '{}'`, `body += chunk`: what is written down beside it stands for a body that is not there. */
function only(values: readonly Value[], depth: number): ExternalValue | undefined {
  const others = values.filter(({ kind }) => kind !== 'literal' && kind !== 'undefined');
  const found = others.map((other) => bodyWithin(other, depth + 1));
  const [first] = found;
  return found.every((body) => body === first) ? first : undefined;
}
