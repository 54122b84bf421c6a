import { typeGraphParameterMakers } from '../../../catalog/frameworks/type-graphql.js';
import type { ParameterFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  memberOf,
  textOf,
  undefinedValue,
  unknownValue,
  type ClassValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { lineageOf } from '../nest/nest-decorators.js';
import { contextIn, resolverData } from './graph-context.js';

/** The value of a parameter of a resolver's method, by its decorator. */
export function parameterValue(
  parameter: ParameterFacts,
  owner: ClassValue,
  request: ExternalValue,
  interpreter: Interpreter,
): Value {
  const origin: Origin = { file: owner.file, span: parameter };
  for (const expression of parameter.decorators) {
    const decorator = interpreter.evaluateIn(owner.file, expression, owner.scope);
    if (decorator.kind !== 'external') continue;
    const [first] = decorator.call?.args ?? [];
    const name = textOf(first);
    switch (decorator.path) {
      case 'type-graphql#Arg()': {
        const args = memberOf(request, 'args');
        return name === undefined ? args : fieldsOf(memberOf(args, name, origin), parameter, owner, interpreter);
      }
      case 'type-graphql#Args()':
        return fieldsOf(memberOf(request, 'args'), parameter, owner, interpreter);
      case 'type-graphql#Ctx()':
        return name === undefined ? contextIn(request) : interpreter.member(contextIn(request), name, origin);
      case 'type-graphql#Root()':
      case 'type-graphql#Info()':
        return unknownValue;
      default:
    }
    // It runs in front of the method: where it throws, the method is not called.
    if (typeGraphParameterMakers.has(decorator.path) && first)
      return interpreter.settled(interpreter.call(first, [resolverData(request)], origin));
  }
  return parameter.type ? interpreter.typed(parameter.type, owner.file, owner.scope) : undefinedValue;
}

/** An input has the fields of its class and no others: https://spec.graphql.org/October2021/#sec-Input-Object-Field-Names */
function fieldsOf(input: ExternalValue, parameter: ParameterFacts, owner: ClassValue, interpreter: Interpreter): Value {
  const type = parameter.type && interpreter.typedClass(parameter.type, owner.file, owner.scope);
  if (!type || lineageOf(type).at(-1)?.superClass) return input;
  const properties = new Map<string, Value>();
  for (const { facts } of lineageOf(type))
    for (const member of facts.members)
      if (!member.static && member.kind === 'field' && member.decorators.length > 0)
        properties.set(member.name, memberOf(input, member.name));
  return properties.size === 0 ? input : { kind: 'object', properties, spread: [], origin: input.origin };
}
