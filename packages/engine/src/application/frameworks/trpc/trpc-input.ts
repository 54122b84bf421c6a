import { memberOf, type ExternalValue, type Value } from '../../../program/value.js';

/** Methods of a schema that leave its names as they are. */
const keepsNames =
  /\.(optional|nullish|nullable|strict|strip|partial|required|refine|superRefine|describe|meta|readonly|brand|default)\(\)$/;
const makesObject = /^zod(?:\/v[34])?#(?:z\.)?(?:strict)?[oO]bject\(\)$/;

/** The input of a procedure: all of it is the caller's, and a schema of names lets no other name through. */
export function inputFor(schemas: readonly Value[], request: ExternalValue): Value {
  const whole = memberOf(request, 'args');
  const properties = new Map<string, Value>();
  for (const schema of schemas) {
    const names = namesOf(schema);
    if (!names) return whole;
    for (const name of names) properties.set(name, memberOf(whole, name));
  }
  return properties.size === 0 ? whole : { kind: 'object', properties, spread: [], origin: request.origin };
}

/** The names of `z.object({ … })`. */
function namesOf(schema: Value): readonly string[] | undefined {
  let current: Value | undefined = schema;
  while (current?.kind === 'external' && current.call) {
    if (makesObject.test(current.path)) {
      const shape = current.call.args[0];
      return shape?.kind === 'object' && shape.spread.length === 0 ? [...shape.properties.keys()] : undefined;
    }
    if (!keepsNames.test(current.path)) return undefined;
    current = current.receiver;
  }
  return undefined;
}
