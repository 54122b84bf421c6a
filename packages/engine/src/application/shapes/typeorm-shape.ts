import { optionsOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const row = /^(typeorm#Repository\(\)|typeorm#EntityManager\(\)|@mikro-orm\/\w+#Entity(?:Repository|Manager)\(\))\.(find|create|save|get)\w*\(\)$/;

/** Methods of the entity class on rows that a repository gives: `user.checkPassword(password)`. */
export const typeormShape: OddShape = {
  evaluateMember(object, name, _origin, interpreter): Value | undefined {
    if (!row.test(object.path)) return undefined;
    const entity = entityOf(object);
    if (entity?.kind !== 'class') return undefined;
    const method = interpreter.methodOf(interpreter.singleton(entity), name);
    return method && { ...method.value, thisValue: object };
  },
};

function entityOf(object: ExternalValue): Value | undefined {
  const receiver = object.receiver;
  const named = receiver?.kind === 'external' ? receiver.call?.args[0] : undefined;
  const first = named ?? object.call?.args[0];
  return first && optionsOf(first).find((option) => option.value.kind === 'class')?.value;
}
