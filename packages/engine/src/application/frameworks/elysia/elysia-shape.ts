import type { AccessPath } from '../../../program/access-path.js';
import { elysiaContext } from '../../../catalog/frameworks/elysia.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { externalValue, memberOf, Notes, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { ElysiaRegistry } from './elysia-registry.js';

/** What a context has of its own: anything else came from a plugin or a hook. */
const ownMembers: ReadonlySet<string> = new Set([
  ...['set', 'status', 'error', 'redirect', 'cookie', 'store', 'server', 'app', 'decorator', 'route', 'qi'],
]);

const requests = new Notes<ExternalValue>();

/** A context of one request: what hooks add to it is kept with the request. */
export function contextOf(request: ExternalValue): ExternalValue {
  const context = externalValue(elysiaContext, request.origin, undefined, { args: [], construct: true });
  context.properties.set('request', request);
  requests.set(context, request);
  return context;
}

/** What applications and contexts of Elysia do that no entry of the catalog says. */
export class ElysiaShape implements OddShape {
  readonly registry = new ElysiaRegistry();

  evaluates({ root }: AccessPath): boolean {
    return root.step === 'elysia#';
  }

  readsFrom({ root }: AccessPath): boolean {
    return root.step === 'elysia#';
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    this.registry.register(call, interpreter);
    return undefined;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const request = requests.get(object);
    if (request) return ownMembers.has(name) ? undefined : interpreter.member(request, name, origin);
    return name === 'value' ? cookieOf(object, origin) : undefined;
  }
}

/** `cookie.session.value` */
function cookieOf(object: ExternalValue, origin: Origin): Value | undefined {
  const jar = object.receiver;
  const context = jar?.kind === 'external' && jar.path === `${elysiaContext}.cookie` ? jar.receiver : undefined;
  const request = context?.kind === 'external' ? requests.get(context) : undefined;
  return request && memberOf(memberOf(request, 'cookies'), object.path.slice(object.path.lastIndexOf('.') + 1), origin);
}
