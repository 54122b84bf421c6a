import type { Interpreter } from '../../program/interpreter.js';
import { textOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const pathFunction =
  /^(?:(?:lodash|lodash-es)#(get|set)\(\)|(?:lodash\.|lodash\/|lodash-es\/)(get|set)(?:\.js)?#\(\))$/;

/** `get(args, 'where.id')` is `args?.where?.id`, `set(args, 'where.id', id)` is `args.where.id = id`. */
export const lodashShape: OddShape = {
  evaluates: ({ root, text }) => root.step.startsWith('lodash') && pathFunction.test(text),

  evaluateCall({ path, call, origin }: ExternalValue, interpreter: Interpreter): Value | undefined {
    const match = call && pathFunction.exec(path);
    if (!match) return undefined;
    const [object, way, value] = call.args;
    const names = textOf(way)
      ?.split(/[.[\]]+/)
      .filter((name) => name !== '');
    if (!object || !names) return undefined;
    const read = (from: Value, name: string): Value => interpreter.member(from, name, origin);
    if ((match[1] ?? match[2]) === 'get') return names.reduce(read, object);
    const last = names.at(-1);
    const owner = names.slice(0, -1).reduce(read, object);
    if (last !== undefined && value && (owner.kind === 'object' || owner.kind === 'external'))
      owner.properties.set(last, value);
    return object;
  },
};
