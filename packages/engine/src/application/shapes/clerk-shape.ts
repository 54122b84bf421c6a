import type { Interpreter } from '../../program/interpreter.js';
import { pendingValue } from '../../program/promise.js';
import { foundBy } from '../../program/regex-shape.js';
import { externalValue, memberOf, textOf, type ExternalValue, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/**
 * `getAuth(req)` gives an object for the anonymous too, in which every name is there and holds nothing:
 * https://clerk.com/docs/reference/express/get-auth. `req.auth()` is the same.
 */
export const clerkShape: OddShape = {
  evaluates: ({ root, text }) => root.step.startsWith('@clerk/') || text === 'express#Request.auth()',

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, origin } = call;
    if (path === '@clerk/nextjs/server#auth()')
      return pendingValue(
        { value: objectWith(externalValue('express#Request.auth', origin), origin), flow: interpreter.flow },
        origin,
      );
    if (path === matcherPath) return isListed(call, interpreter);
    const request =
      path === '@clerk/express#getAuth()' || path === '@clerk/nextjs/server#getAuth()' ? call.call?.args[0] : undefined;
    const auth =
      request?.kind === 'external'
        ? memberOf(request, 'auth')
        : path === 'express#Request.auth()'
          ? externalValue('express#Request.auth', origin)
          : undefined;
    return auth && objectWith(auth, origin);
  },
};

const matcherPath = '@clerk/nextjs/server#createRouteMatcher()()';

function objectWith(spread: Value, origin: Origin): Value {
  return { kind: 'object', properties: new Map(), spread: [spread], origin };
}

/** `createRouteMatcher(['/admin(.*)'])(request)`: https://clerk.com/docs/reference/nextjs/clerk-middleware#createroutematcher */
function isListed({ call, receiver, origin }: ExternalValue, interpreter: Interpreter): Value | undefined {
  const request = call?.args[0];
  const list = receiver?.kind === 'external' ? receiver.call?.args[0] : undefined;
  if (request?.kind !== 'external' || !list) return undefined;
  const path = interpreter.member(request, 'path', origin);
  let answer: boolean | undefined = false;
  for (const item of list.kind === 'array' ? list.items : [list]) {
    const found = foundBy(item.kind === 'literal' ? regexOf(textOf(item) ?? '', origin) : item, path);
    if (found) return { kind: 'literal', value: true, origin };
    if (found === undefined) answer = undefined;
  }
  return answer === undefined || (list.kind === 'array' && list.open)
    ? undefined
    : { kind: 'literal', value: answer, origin };
}

/** A pattern of path-to-regexp as the regular expression that it stands for. */
function regexOf(pattern: string, origin: Origin): Value {
  const source = pattern
    .replace(/\/:\w+[*]/g, '(/.*)?')
    .replace(/:\w+/g, '[^/]+')
    .replace(/[.](?![*+])/g, '\\.');
  const text: Value = { kind: 'literal', value: `^${source}$`, origin };
  return externalValue('global#RegExp()', origin, undefined, { args: [text], construct: true });
}
