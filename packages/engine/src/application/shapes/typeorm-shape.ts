import type { Interpreter } from '../../program/interpreter.js';
import { externalValue, optionsOf, type ClassValue, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const row = /^(?:typeorm|@mikro-orm\/[\w-]+)#.*\.(?:find|create|save|getOne|merge|preload)\w*\(\)$/;

/** https://typeorm.io/docs/working-with-entity-manager/repository-api: what is written into a record that is there, and given back. */
const merging =
  /^typeorm#(?:.*(?:Repository|getRepository|extend|getTreeRepository)\(\)|.*[mM]anager(?:\(\))?)\.merge\(\)$/;

/** Methods of the entity class on rows, and repositories with methods of the project's own. */
export const typeormShape: OddShape = {
  /** `user.checkPassword(password)` on a row that a repository gives. */
  readsFrom: ({ text }) => row.test(text),

  evaluates: ({ root, parent, text }) =>
    merging.test(text) ||
    (root.step === 'typeorm#' && (parent?.step === 'extend' || parent?.step === 'getCustomRepository')),

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
    if (merging.test(call.path)) return merged(call, interpreter);
    return undefined;
  },
};

/** `repository.merge(order, changes)`, `manager.merge(Order, order, changes)` */
function merged({ call, origin }: ExternalValue, interpreter: Interpreter): Value | undefined {
  const args = call?.args ?? [];
  const records = args[0]?.kind === 'class' ? args.slice(1) : args;
  return records.length > 1
    ? interpreter.call(externalValue('global#Object.assign', origin), records, origin)
    : undefined;
}

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
