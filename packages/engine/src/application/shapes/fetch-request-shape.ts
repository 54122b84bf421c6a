import type { Interpreter } from '../../program/interpreter.js';
import { externalValue, memberOf, textOf, type ExternalValue, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** Methods that read a body: https://fetch.spec.whatwg.org/#body-mixin */
const bodyMethod = /^express#Request\.(json|formData|text|arrayBuffer|blob|bytes)\(\)$/;
/** Headers, cookies, search parameters, forms: read by name. */
const namedRead = /^express#Request\.(headers|cookies|query|params|body|args)\b.*\.(get|getAll)\(\)$/;
/** Lists of pairs of one. */
const pairs = /^express#Request\.(headers|cookies|query|body|args)\b.*\.entries\(\)$/;
const inputPart = /^express#Request\.(headers|cookies|query|body|args)\b/;
/** The address of a request, taken apart; NextRequest has one ready. */
const nextUrlPath = 'next/server#NextURL()';

/** Requests of the Fetch API, in the words of the one request that the model knows. */
export const fetchRequestShape: OddShape = {
  evaluates: ({ root, text }) =>
    root.step === 'express#' || text === 'global#Object.fromEntries()' || text === `${nextUrlPath}.clone()`,

  readsFrom: ({ text }) => text === nextUrlPath || text === 'global#URL()',

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver, origin } = call;
    if (path.startsWith('express#Request.')) {
      if (receiver?.kind !== 'external') return undefined;
      if (bodyMethod.test(path))
        return receiver.path === 'express#Request' ? interpreter.member(receiver, 'body', origin) : undefined;
      if (!namedRead.test(path)) return undefined;
      const name = textOf(call.call?.args[0]);
      const isHeader = receiver.path === 'express#Request.headers';
      return name === undefined
        ? memberOf(receiver, '*', origin)
        : interpreter.member(receiver, isHeader ? name.toLowerCase() : name, origin);
    }
    if (path === 'global#Object.fromEntries()') {
      const entries = call.call?.args[0];
      if (entries?.kind !== 'external') return undefined;
      if (pairs.test(entries.path)) return entries.receiver;
      return !entries.call && inputPart.test(entries.path) ? entries : undefined;
    }
    return path === `${nextUrlPath}.clone()` && receiver?.kind === 'external' && receiver.receiver
      ? nextUrlOf(receiver.receiver, origin)
      : undefined;
  },

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    if (object.path === nextUrlPath)
      return object.receiver?.kind === 'external'
        ? partOfAddress(object.receiver, name, origin, interpreter)
        : undefined;
    if (object.path !== 'global#URL()') return undefined;
    const address = object.call?.args[0];
    if (address?.kind === 'external' && address.path === 'express#Request.url')
      return address.receiver?.kind === 'external'
        ? partOfAddress(address.receiver, name, origin, interpreter)
        : undefined;
    // The address as a middleware sees it that knows where the request goes: its path, and a query behind it.
    if (address?.kind !== 'text' || address.parts[0]?.kind !== 'text') return undefined;
    if (name === 'pathname') return address.parts[0];
    return name === 'searchParams' ? externalValue('express#Request.query', origin) : undefined;
  },
};

/** `request.nextUrl` */
export function nextUrlOf(request: Value, origin: Origin): ExternalValue {
  return externalValue(nextUrlPath, origin, request, { args: [], construct: true });
}

function partOfAddress(
  request: ExternalValue,
  name: string,
  origin: Origin,
  interpreter: Interpreter,
): Value | undefined {
  switch (name) {
    case 'pathname':
      return interpreter.member(request, 'path', origin);
    case 'searchParams':
      return interpreter.member(request, 'query', origin);
    case 'search':
    case 'href':
      return interpreter.member(request, 'url', origin);
    case 'host':
    case 'hostname':
      return interpreter.member(request, 'hostname', origin);
    default:
      return undefined;
  }
}
