import type { Interpreter } from '../../program/interpreter.js';
import { textOf, unknownValue, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** `sequelize.import(path)`: the module at the path is called with the connection. */
export const sequelizeShape: OddShape = {
  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    if (!/^sequelize#(Sequelize)?\(\)\.import\(\)$/.test(call.path)) return undefined;
    const [target] = call.call?.args ?? [];
    if (!target) return undefined;
    const factory = interpreter.required(target, call.origin);
    return interpreter.call(factory, [call.receiver ?? unknownValue, unknownValue], call.origin);
  },
  evaluateMember(object, name): Value | undefined {
    // `sequelize.models.User`: the model that was defined with that name.
    if (!/^sequelize#(Sequelize)?\(\)$/.test(object.path) || name !== 'model') return undefined;
    return object.calls.find((call) => call.path.endsWith('.define()') && textOf(call.call?.args[0]) === name);
  },
};
