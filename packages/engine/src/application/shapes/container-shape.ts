import type { Interpreter } from '../../program/interpreter.js';
import type { ExternalValue, Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** https://docs.typestack.community/typedi, https://github.com/microsoft/tsyringe: a container gives one instance of a class. */
const asking: ReadonlySet<string> = new Set([
  'typedi#Container.get()',
  'typedi#Container.of().get()',
  'tsyringe#container.resolve()',
]);

export const containerShape: OddShape = {
  evaluates: ({ text }) => asking.has(text),

  evaluateCall({ call }: ExternalValue, interpreter: Interpreter): Value | undefined {
    const token = call?.args[0];
    return token?.kind === 'class' ? interpreter.singleton(token) : undefined;
  },
};
