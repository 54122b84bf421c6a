import type { KeyPosition } from '../catalog/library.js';
import type { Interpreter } from '../program/interpreter.js';
import {
  optionsOf,
  propertyOf,
  undefinedValue,
  type ExternalValue,
  type FunctionValue,
  type Value,
} from '../program/value.js';
import { readProperty } from './where-of.js';

/** The key that a call is handed at a position of the catalog. */
export function keyValueAt(call: ExternalValue, position: KeyPosition, interpreter: Interpreter): Value | undefined {
  let argument = (position.made === true ? makerOf(call) : call).call?.args[position.argument];
  if (position.factory !== undefined) argument = madeOptions(argument, position.factory, call, interpreter);
  const value = position.property === undefined ? argument : readProperty(argument, position.property);
  return position.inner === undefined ? value : readProperty(value, position.inner);
}

/** `new Rest(key).auth.requestToken()`: the nearest call that the receiver came from. */
function makerOf(call: ExternalValue): ExternalValue {
  let maker: Value | undefined = call.receiver;
  while (maker?.kind === 'external' && !maker.call) maker = maker.receiver;
  return maker?.kind === 'external' ? maker : call;
}

/** What the function in a property of the options makes, or the one method of the class there. */
function madeOptions(
  options: Value | undefined,
  property: string,
  call: ExternalValue,
  interpreter: Interpreter,
): Value | undefined {
  const factory = propertyOf(options, property);
  if (factory?.kind === 'function')
    return interpreter.follow(factory, undefinedValue, injected(factory, options, interpreter), call.origin, []).value;
  if (factory?.kind !== 'class') return undefined;
  const instance = interpreter.singleton(factory);
  for (const { name, kind } of factory.facts.members) {
    const method =
      kind === 'method' && /^create\w*Options$/.test(name) ? interpreter.methodOf(instance, name) : undefined;
    if (method) return interpreter.follow(method.value, instance, [], call.origin, []).value;
  }
  return undefined;
}

/** The arguments of a factory: by the types of its parameters, then by the tokens in `inject`. */
function injected(factory: FunctionValue, options: Value | undefined, interpreter: Interpreter): readonly Value[] {
  const inject = propertyOf(options, 'inject');
  const tokens = inject?.kind === 'array' ? inject.items : [];
  return factory.facts.parameters.map((parameter, index): Value => {
    const typed = interpreter.typed(parameter.type, factory.file, factory.scope);
    const token = tokens[index];
    if (typed.kind !== 'unknown' || !token) return typed;
    const [first] = optionsOf(token);
    if (first?.value.kind === 'class') return interpreter.singleton(first.value);
    return first?.value.kind === 'external' ? interpreter.call(first.value, [], first.value.origin) : typed;
  });
}
