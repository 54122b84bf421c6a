import type { AccessPath } from '../../../program/access-path.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { externalValue, memberOf, Notes, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';

const eventPath = 'aws-lambda#Event()';
const gatewayPath = 'aws-lambda#RequestContext()';
const contextPath = 'aws-lambda#Context()';

/** The request that stands behind an event, the gateway's words on it, and the context that is handed over beside it. */
const requests = new Notes<ExternalValue>();

/** What a gateway says of a request, and under which name the model knows it. */
const parts: ReadonlyMap<string, string> = new Map([
  ['pathParameters', 'params'],
  ['queryStringParameters', 'query'],
  ['multiValueQueryStringParameters', 'query'],
  ['rawQueryString', 'query'],
  ['body', 'body'],
  ['headers', 'headers'],
  ['multiValueHeaders', 'headers'],
  ['cookies', 'cookies'],
  ['httpMethod', 'method'],
  ['path', 'path'],
  ['rawPath', 'path'],
  // What a token's or a request's authorizer is handed.
  ['authorizationToken', 'headers.authorization'],
  ['identitySource', 'headers.authorization'],
]);

/** What else it says, which says nothing of the caller. */
const standard: ReadonlySet<string> = new Set([
  ...['resource', 'routeKey', 'version', 'isBase64Encoded', 'stageVariables', 'type', 'methodArn', 'routeArn'],
  ...['requestContext', 'source', 'warmup', 'detail', 'Records'],
]);

/** An event of one request: what a wrapper writes to it is kept with the request. */
export function eventOf(request: ExternalValue, routeKey?: string, resource?: string): ExternalValue {
  const { origin } = request;
  const event = made(eventPath, request);
  event.properties.set('requestContext', made(gatewayPath, request));
  if (routeKey !== undefined) event.properties.set('routeKey', { kind: 'literal', value: routeKey, origin });
  if (resource !== undefined) event.properties.set('resource', { kind: 'literal', value: resource, origin });
  return event;
}

/** The second argument of a handler. */
export function contextOf(request: ExternalValue): ExternalValue {
  return made(contextPath, request);
}

function made(path: string, request: ExternalValue): ExternalValue {
  const value = externalValue(path, request.origin, undefined, { args: [], construct: true });
  requests.set(value, request);
  return value;
}

/** Whether a value is the event of a request itself. */
export function isEvent(value: Value): boolean {
  return value.kind === 'external' && value.path === eventPath;
}

/** What an event says, in the words of the one request that the model knows. */
export class LambdaShape implements OddShape {
  readsFrom({ text }: AccessPath): boolean {
    return text === eventPath || text === gatewayPath || text === contextPath;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const request = requests.get(object);
    if (!request) return undefined;
    if (object.path === contextPath) return request.findProperty(name);
    if (object.path === gatewayPath) return ofGateway(request, name, origin, interpreter);
    const part = parts.get(name);
    if (part !== undefined)
      return part.split('.').reduce<Value>((value, key) => interpreter.member(value, key, origin), request);
    return standard.has(name) ? undefined : interpreter.member(request, name, origin);
  }

  keptOn(object: ExternalValue): ExternalValue | undefined {
    return object.path === eventPath || object.path === contextPath ? requests.get(object) : undefined;
  }
}

/** `event.requestContext`: what the authorizer has found out is the caller's proved identity. */
function ofGateway(request: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
  const member = (key: string): Value => interpreter.member(request, key, origin);
  switch (name) {
    case 'authorizer':
      return memberOf(request, 'auth', origin);
    case 'httpMethod':
      return member('method');
    case 'path':
      return member('path');
    case 'identity':
    case 'http': {
      const properties = new Map([
        ['sourceIp', member('ip')],
        ['method', member('method')],
        ['path', member('path')],
      ]);
      return { kind: 'object', properties, spread: [memberOf(request, 'context', origin)], origin };
    }
    default:
      return undefined;
  }
}
