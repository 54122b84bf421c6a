import type { Interpreter } from '../../program/interpreter.js';
import { memberOf, textOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const model = /^mongoose#(?:connection\.)?model\(\)/;
const adds = /^mongoose#Schema\(\)\.(plugin|static|method)\(\)$/;

/**
 * Methods and statics that a schema adds to documents and models: `schema.methods.comparePassword = function …`. A plugin is a function
 * that is given the schema, at once: https://mongoosejs.com/docs/plugins.html.
 */
export const mongooseShape: OddShape = {
  evaluates: ({ text }) => adds.test(text),
  evaluateCall(call: ExternalValue, interpreter: Interpreter): undefined {
    const schema = call.receiver;
    const [first, ...rest] = call.call?.args ?? [];
    if (schema?.kind !== 'external' || !first) return;
    const added = adds.exec(call.path)?.[1];
    if (added === 'plugin') {
      if (first.kind === 'function') interpreter.call(first, [schema, ...rest], call.origin);
      return;
    }
    const functions = memberOf(schema, added === 'static' ? 'statics' : 'methods');
    const given: Iterable<readonly [string, Value | undefined]> =
      first.kind === 'object' ? first.properties : [[textOf(first) ?? '', rest[0]]];
    for (const [name, value] of given) if (value) interpreter.assign(functions, name, value, call.origin);
  },

  readsFrom: ({ text }) => model.test(text),

  evaluateMember(object: ExternalValue, name: string, _origin, interpreter: Interpreter): Value | undefined {
    if (!model.test(object.path)) return undefined;
    const isModel = /model\(\)$/.test(object.path);
    const schema = schemaOf(object);
    if (!schema) return undefined;
    const added =
      memberOf(schema, isModel ? 'statics' : 'methods').properties.get(name) ?? fromClass(schema, name, interpreter);
    const method =
      added?.kind === 'union' ? added.options.find((option) => option.value.kind === 'function')?.value : added;
    return method?.kind === 'function' && !method.facts.arrow ? { ...method, thisValue: object } : undefined;
  },
};

function schemaOf(object: ExternalValue): ExternalValue | undefined {
  for (let current: Value | undefined = object; current?.kind === 'external'; current = current.receiver) {
    if (!/model\(\)$/.test(current.path)) continue;
    const schema = current.call?.args[1];
    return schema?.kind === 'external' ? schema : undefined;
  }
  return undefined;
}

/** `schema.loadClass(UserClass)`. */
function fromClass(schema: ExternalValue, name: string, interpreter: Interpreter): Value | undefined {
  const loaded = schema.calls.find((call) => call.path.endsWith('.loadClass()'))?.call?.args[0];
  return loaded?.kind === 'class' ? interpreter.methodOf(interpreter.singleton(loaded), name)?.value : undefined;
}
