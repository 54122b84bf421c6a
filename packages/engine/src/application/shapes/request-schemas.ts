import { limits } from '../../limits.js';
import type { Interpreter } from '../../program/interpreter.js';
import { memberOf, optionsOf, propertyOf, type ExternalValue, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';
import { fieldsOf, findChecked } from './setting-schemas.js';

/** Checks of Joi, which turns away what a schema does not name: https://joi.dev/api/#anyvalidatevalue-options */
const check = /^(?:joi|@hapi\/joi)#.*\b(validate|validateAsync|attempt|assert)\(\)$/;
/** What makes an object schema take names that it does not list. */
const loosening = /\.(unknown|pattern)\(\)$/;

/** What a schema lets through of a request: the names that it lists, and nothing else. */
export const requestSchemas: OddShape = {
  evaluates: ({ text }) => check.test(text),

  readsFrom: ({ text }) => check.test(text),

  evaluateCall(call: ExternalValue, interpreter: Interpreter): undefined {
    const method = check.exec(call.path)?.[1];
    // A report says in `error` whether it went well, the others throw.
    if (method !== undefined && method !== 'validate') holdRequest(call, interpreter);
  },
  evaluateMember(report: ExternalValue, name: string, _origin: Origin, interpreter: Interpreter): Value | undefined {
    if (check.exec(report.path)?.[1] !== 'validate') return undefined;
    if (name === 'error') holdRequest(report, interpreter);
    const checked = name === 'value' ? findChecked(report) : undefined;
    if (!checked?.schema || !checked.input || allows(report, 'allowUnknown')) return undefined;
    return letThrough(checked.schema, checked.input, report.origin, interpreter, 0);
  },
};

/** From here on the request holds what the schema lists: with anything else it did not get so far. */
function holdRequest(call: ExternalValue, interpreter: Interpreter): void {
  const checked = findChecked(call);
  if (checked?.schema && checked.input && !allows(call, 'allowUnknown') && !allows(call, 'stripUnknown'))
    hold(checked.schema, checked.input, call.origin, interpreter, 0);
}

function hold(given: Value, asked: Value, origin: Origin, interpreter: Interpreter, depth: number): void {
  const [schema, input] = [soleOf(given), soleOf(asked)];
  if (input.kind === 'object' && depth < limits.checkedInputDepth) {
    for (const fields of fieldsOf(schema)) {
      if (fields.kind !== 'object') continue;
      for (const [name, field] of fields.properties) {
        const inner = input.properties.get(name);
        if (inner) hold(field, inner, origin, interpreter, depth + 1);
      }
    }
    return;
  }
  const name = /^express#Request\.(\w+)$/.exec(input.kind === 'external' ? input.path : '')?.[1];
  if (name === undefined || input.kind !== 'external' || input.receiver?.kind !== 'external') return;
  const held = letThrough(schema, input, origin, interpreter, depth);
  if (held) interpreter.assignMember(input.receiver, name, held);
}

/** The listed names with what the input has for each; `undefined` where others come along, or none are listed. */
function letThrough(
  listed: Value,
  asked: Value,
  origin: Origin,
  interpreter: Interpreter,
  depth: number,
): Value | undefined {
  const [schema, input] = [soleOf(listed), soleOf(asked)];
  if (depth > limits.checkedInputDepth || isLoose(schema) || !isOfRequest(input)) return undefined;
  const properties = new Map<string, Value>();
  for (const fields of fieldsOf(schema)) {
    if (fields.kind !== 'object' || fields.spread.length > 0) return undefined;
    for (const [name, field] of fields.properties) {
      if (properties.has(name)) continue;
      const given = input.kind === 'external' ? memberOf(input, name, origin) : interpreter.member(input, name, origin);
      properties.set(name, letThrough(field, given, origin, interpreter, depth + 1) ?? given);
    }
  }
  return properties.size > 0 ? { kind: 'object', properties, spread: [], origin } : undefined;
}

/** What a value is if it is there at all: `pick(req, ['body'])` takes what there is. */
function soleOf(value: Value): Value {
  const present = optionsOf(value).filter((option) => option.value.kind !== 'undefined');
  return (present.length === 1 ? present[0]?.value : undefined) ?? value;
}

function isLoose(schema: Value): boolean {
  for (let current: Value | undefined = schema; current?.kind === 'external'; current = current.receiver) {
    const [first] = current.call?.args ?? [];
    if (loosening.test(current.path) && !(first?.kind === 'literal' && first.value === false)) return true;
    if (/\.(prefs|preferences|options)\(\)$/.test(current.path) && isTrue(propertyOf(first, 'allowUnknown')))
      return true;
  }
  return false;
}

function allows(call: ExternalValue, option: string): boolean {
  return call.call?.args.some((arg) => isTrue(propertyOf(arg, option))) ?? false;
}

function isTrue(value: Value | undefined): boolean {
  return value !== undefined && !(value.kind === 'literal' && value.value === false) && value.kind !== 'undefined';
}

/** A part of a request, or an object of such parts: not the settings of the environment. */
function isOfRequest(input: Value): boolean {
  if (input.kind === 'object') return [...input.properties.values()].some(isOfRequest);
  if (input.kind === 'union') return input.options.some((option) => isOfRequest(option.value));
  return input.kind === 'external' && input.path.startsWith('express#Request.');
}
