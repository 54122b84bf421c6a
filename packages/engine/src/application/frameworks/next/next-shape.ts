import type { Interpreter } from '../../../program/interpreter.js';
import { memberOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';

const wrapping = /^next-auth#(?:NextAuth)?\(\)\.auth\(\)$/;
const wrapped = /^next-auth#(?:NextAuth)?\(\)\.auth\(\)\(\)$/;

/** `auth(handler)` tells the handler who the caller is, in `request.auth`, and rejects nobody: https://authjs.dev/reference/nextjs */
export const nextShape: OddShape = {
  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    if (wrapping.test(call.path)) return handlerOf(call) && call;
    if (!wrapped.test(call.path) || call.receiver?.kind !== 'external') return undefined;
    const handler = handlerOf(call.receiver);
    return handler && interpreter.call(handler, call.call?.args ?? [], call.origin);
  },
};

function handlerOf({ call }: ExternalValue): Value | undefined {
  return call?.args.find((arg) => arg.kind === 'function');
}

/** The second argument of a route handler; its parameters are a promise since version 15. */
export function contextOf(request: ExternalValue, origin: Origin): Value {
  const params = memberOf(request, 'params');
  return { kind: 'object', properties: new Map([['params', params]]), spread: [], origin };
}
