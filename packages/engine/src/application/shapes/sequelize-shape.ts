import type { Interpreter } from '../../program/interpreter.js';
import { memberOf, textOf, unknownValue, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const client = /^sequelize(?:-typescript)?#(?:Sequelize)?\(\)$/;
const row = /^(?:sequelize(?:-typescript)?#|\?\.define\(\)).*\.(?:find|create|build)\w*\(\)$/;

/** Models by their name on the connection, and methods that a model adds to its rows. */
export const sequelizeShape: OddShape = {
  evaluates: ({ parent }) => parent?.step === 'import' || parent?.step === 'model',

  readsFrom: ({ text }) => client.test(text) || row.test(text),

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { receiver } = call;
    if (receiver?.kind !== 'external' || !client.test(receiver.path)) return undefined;
    const [first] = call.call?.args ?? [];
    // `sequelize.import(path)`: the module at the path is called with the connection.
    if (call.path.endsWith('.import()') && first) {
      return interpreter.call(interpreter.required(first, call.origin), [receiver, unknownValue], call.origin);
    }
    if (call.path.endsWith('.model()')) return modelsOf(receiver, interpreter).get(textOf(first) ?? '');
    return undefined;
  },

  evaluateMember(object, name, origin, interpreter): Value | undefined {
    if (name === 'models' && client.test(object.path)) {
      return { kind: 'object', properties: modelsOf(object, interpreter), spread: [], origin };
    }
    if (!row.test(object.path)) return undefined;
    const model = object.receiver;
    if (model?.kind === 'class') {
      const method = interpreter.methodOf(interpreter.singleton(model), name);
      return method && { ...method.value, thisValue: object };
    }
    // `User.prototype.checkPassword = function …`
    const added = model?.kind === 'external' ? memberOf(model, 'prototype').findProperty(name) : undefined;
    const method =
      added?.kind === 'union' ? added.options.find((option) => option.value.kind === 'function')?.value : added;
    return method?.kind === 'function' && !method.facts.arrow ? { ...method, thisValue: object } : undefined;
  },
};

/** Every model of the connection: defined on it, or a class of its own. */
function modelsOf(connection: ExternalValue, interpreter: Interpreter): Map<string, Value> {
  const models = new Map<string, Value>();
  for (const made of interpreter.classes.values()) {
    if (
      made.superClass?.kind === 'external' &&
      /^sequelize(?:-typescript)?#.*\bModel$/.test(made.superClass.path) &&
      made.facts.name
    )
      models.set(made.facts.name, made);
  }
  for (const call of connection.calls) {
    const name = call.path.endsWith('.define()') ? textOf(call.call?.args[0]) : undefined;
    if (name !== undefined) models.set(name, call);
  }
  return models;
}
