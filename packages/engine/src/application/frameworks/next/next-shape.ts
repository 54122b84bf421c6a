import type { Interpreter } from '../../../program/interpreter.js';
import type { AccessPath } from '../../../program/access-path.js';
import type { CallMeaning } from '../../../program/call-meaning.js';
import { pendingValue } from '../../../program/promise.js';
import { memberOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { actionClientPath } from './action-clients.js';

const wrapping = /^next-auth#(?:NextAuth)?\(\)\.auth\(\)$/;
const wrapped = /^next-auth#(?:NextAuth)?\(\)\.auth\(\)\(\)$/;

/** What a handler may ask for without being handed it. */
export class NextShape implements OddShape {
  /** The request that is being answered. */
  request: ExternalValue | undefined;

  evaluates({ text }: AccessPath): boolean {
    return text === 'next/headers#headers()' || wrapping.test(text) || wrapped.test(text);
  }

  /** `auth(handler)` tells the handler who the caller is, in `request.auth`, and rejects nobody: https://authjs.dev/reference/nextjs */
  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver, origin } = call;
    if (path === 'next/headers#headers()' && this.request) {
      const headers = interpreter.member(this.request, 'headers', origin);
      return pendingValue({ value: headers, flow: interpreter.flow }, origin);
    }
    if (wrapping.test(path)) return handlerOf(call) && call;
    if (!wrapped.test(path) || receiver?.kind !== 'external') return undefined;
    const handler = handlerOf(receiver);
    return handler && interpreter.call(handler, call.call?.args ?? [], origin);
  }

  /** What a client of actions is handed runs when somebody calls the action. */
  meaningOf({ path }: ExternalValue): CallMeaning | undefined {
    return path.startsWith(actionClientPath) ? { defers: true } : undefined;
  }
}

function handlerOf({ call }: ExternalValue): Value | undefined {
  return call?.args.find((arg) => arg.kind === 'function');
}

/**
 * The second argument of a route handler; its parameters are a promise since version 15.
 *
 * @param path Without them the handler is not reached: https://nextjs.org/docs/app/api-reference/file-conventions/dynamic-routes
 */
export function contextOf(request: ExternalValue, path: string, origin: Origin): Value {
  const params = memberOf(request, 'params');
  for (const [, name] of path.matchAll(/\/:(\w+)(?=\/|$)/g)) if (name) memberOf(params, name).answers.isThere = true;
  return { kind: 'object', properties: new Map([['params', params]]), spread: [], origin };
}
