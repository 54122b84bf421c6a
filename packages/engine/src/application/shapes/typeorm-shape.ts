import type { Interpreter } from '../../program/interpreter.js';
import { optionsOf, type ClassValue, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const row = /^(?:typeorm|@mikro-orm\/[\w-]+)#.*\.(?:find|create|save|getOne|merge|preload)\w*\(\)$/;

/** Methods of the entity class on rows, and repositories with methods of the project's own. */
export const typeormShape: OddShape = {
  /** `user.checkPassword(password)` on a row that a repository gives. */
  readsFrom: ({ text }) => row.test(text),

  evaluates: ({ root, parent }) =>
    root.step === 'typeorm#' && (parent?.step === 'extend' || parent?.step === 'getCustomRepository'),

  evaluateMember(object, name, _origin, interpreter): Value | undefined {
    if (!row.test(object.path)) return undefined;
    const entity = entityOf(object);
    const method = entity && interpreter.methodOf(interpreter.singleton(entity), name);
    return method && { ...method.value, thisValue: object };
  },

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const [first] = call.call?.args ?? [];
    // `dataSource.getRepository(User).extend({ findByName(name) { return this.findOneBy({ name }); } })`
    if (call.path === 'typeorm#Repository().extend()' && first?.kind === 'object' && call.receiver) {
      return { ...first, spread: [call.receiver, ...first.spread] };
    }
    if (/^typeorm#.*getCustomRepository\(\)$/.test(call.path) && first?.kind === 'class')
      return interpreter.singleton(first);
    return undefined;
  },
};

/** The class that the nearest call on the way to the row was given: `findOne(User, …)`, `getRepository(User)`. */
function entityOf(row: ExternalValue): ClassValue | undefined {
  for (let current: Value | undefined = row; current?.kind === 'external'; current = current.receiver) {
    const [first] = current.call?.args ?? [];
    const entity = first && optionsOf(first).find((option) => option.value.kind === 'class')?.value;
    if (entity?.kind === 'class') return entity;
    if (current.receiver?.kind === 'class') return current.receiver;
  }
  return undefined;
}
