import { limits } from '../../../limits.js';
import { memberOf, propertyOf, type ObjectValue, type Origin, type Value } from '../../../program/value.js';
import { fork, type ChainState } from '../../chain.js';

const typebox = /^(?:@sinclair\/typebox|typebox)#(?:Type\.|default\.)?/;
/** What makes another schema of the same names: options of the inner one go along. */
const sameNames = /^(?:Partial|Required|Readonly)\(\)$/;
const zodObject = /^zod(?:\/\w+)?#(?:z\.|default\.)?(?:object|strictObject)\(\)$/;
/** Methods of an object schema of zod that leave its names as they are, and drop what is not among them. */
const zodSame =
  /^\.(?:partial|required|strict|strip|refine|superRefine|describe|openapi|meta|readonly|min|max|check)\(\)$/;

/**
 * The state behind the check of the body: what the schema of a route lists, where everything else is dropped. Ajv as Fastify sets it up
 * removes what `additionalProperties: false` forbids, https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#validator-compiler,
 * and a compiler for schemas of zod hands on what the schema gives.
 */
export function behindBody(state: ChainState, schema: Value, origin: Origin): ChainState {
  const body = schema.kind === 'object' ? propertyOf(schema, 'body') : undefined;
  const listed = body && namesOf(body, 0);
  if (!listed) return state;
  const request = fork(state.request);
  const sent = memberOf(request, 'body', origin);
  const properties = new Map(listed.map((name) => [name, memberOf(sent, name, origin)] as const));
  const held: ObjectValue = { kind: 'object', properties, spread: [], origin };
  request.properties.set('body', held);
  return { ...state, request };
}

/** The names that a schema lists, where it drops all others. */
function namesOf(schema: Value, depth: number): readonly string[] | undefined {
  if (depth > limits.checkedInputDepth) return undefined;
  if (schema.kind === 'object') return isClosed(schema) ? keysOf(propertyOf(schema, 'properties')) : undefined;
  if (schema.kind !== 'external' || !schema.call) return undefined;
  const [first, second] = schema.call.args;
  if (zodObject.test(schema.path)) return keysOf(first);
  const { receiver } = schema;
  if (receiver?.kind === 'external' && zodSame.test(schema.path.slice(receiver.path.length)))
    return namesOf(receiver, depth + 1);
  const name = typebox.test(schema.path) ? schema.path.replace(typebox, '') : '';
  if (name === 'Object()') return isClosed(second) ? keysOf(first) : undefined;
  return sameNames.test(name) && first ? namesOf(first, depth + 1) : undefined;
}

function isClosed(options: Value | undefined): boolean {
  const others = propertyOf(options, 'additionalProperties');
  return others?.kind === 'literal' && others.value === false;
}

function keysOf(fields: Value | undefined): readonly string[] | undefined {
  if (fields?.kind !== 'object' || fields.spread.length > 0) return undefined;
  return fields.properties.size > 0 ? [...fields.properties.keys()] : undefined;
}
