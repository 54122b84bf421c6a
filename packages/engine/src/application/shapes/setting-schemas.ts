import type { Interpreter } from '../../program/interpreter.js';
import {
  Notes,
  optionsOf,
  propertyOf,
  textOf,
  undefinedValue,
  unionOf,
  type ExternalValue,
  type Option,
  type Origin,
  type Value,
} from '../../program/value.js';
import { readEnvironment } from '../environment-variable.js';

/** Fields by name, and what is held against them. */
interface Checked {
  readonly schema: Value | undefined;
  readonly input: Value | undefined;
}

/** Inputs of which a schema lists every value that it lets through: the program has named them all. */
export const listedInputs = new Notes<ExternalValue>();
const lists = /[#.](enum|nativeEnum|literal|picklist|valid|equal|oneOf)\(\)/;

/** Whether a path that begins like this may lead to what one of the schemas' packages gives. */
export function mayBeChecked(start: string): boolean {
  return /^(class-transformer|zod|zod\/v4|joi|@hapi\/joi|yup|valibot|envalid|@t3-oss\/env-(core|nextjs|nuxt))#$/.test(
    start,
  );
}

/** A field of settings that a schema has checked and completed: zod, Joi, yup, valibot, envalid, t3-env. */
export function checkedField(
  result: ExternalValue,
  name: string,
  origin: Origin,
  interpreter: Interpreter,
): Value | undefined {
  if (result.path.startsWith('class-transformer#')) return classField(result, name, origin, interpreter);
  const checked = findChecked(result);
  const fields = checked?.schema && fieldsOf(checked.schema);
  if (!checked || !fields || fields.length === 0) return undefined;
  // The result that says whether it went well holds the settings in one of these.
  if (isReport(result) && (name === 'data' || name === 'value' || name === 'output')) return result;
  const schemas = fields.map((item) => interpreter.member(item, name, origin));
  const isField = schemas.some((item) => item.kind !== 'undefined');
  if (!isField) return undefined;
  const given = readInput(checked.input, name, origin, interpreter);
  if (given.kind === 'external' && schemas.some((item) => item.kind === 'external' && lists.test(item.path)))
    listedInputs.set(given, given);
  const fallback = defaultIn(fields, name, origin, interpreter);
  return unionOf([...optionsOf(given), ...(fallback ? optionsOf(fallback) : [])]);
}

/** `plainToInstance(Settings, process.env)`: what the class gives a field at first stays where the input has none. */
function classField(result: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
  const [target, input] = result.call?.args ?? [];
  if (!/#plainTo(Instance|Class)\(\)$/.test(result.path) || target?.kind !== 'class') return undefined;
  if (!target.facts.members.some((member) => member.name === name && member.kind === 'field')) return undefined;
  const initial = interpreter.singleton(target).properties.get(name);
  const given = readInput(input, name, origin, interpreter);
  return unionOf([...optionsOf(given), ...(initial?.kind === 'literal' ? [{ value: initial, proofs: [] }] : [])]);
}

/** What a schema fills in where a setting is missing. */
export function schemaDefault(
  schema: Value,
  name: string,
  origin: Origin,
  interpreter: Interpreter,
): Value | undefined {
  return defaultIn(fieldsOf(schema), name, origin, interpreter);
}

/**
 * All that a schema lets through, as an object: the fields that it names and, where it keeps what it does not know,
 * the input itself.
 */
export function checkedObject(result: ExternalValue, interpreter: Interpreter): Value | undefined {
  const checked = findChecked(result);
  if (!checked?.schema || !checked.input || isReport(result)) return undefined;
  const { input, schema } = checked;
  const fields = fieldsOf(schema);
  const names = new Set(fields.flatMap((item) => (item.kind === 'object' ? [...item.properties.keys()] : [])));
  if (names.size === 0) return undefined;
  let isLoose = result.path.startsWith('yup#');
  for (let current: Value | undefined = schema; current?.kind === 'external'; current = current.receiver) {
    if (/\b(looseObject|passthrough|loose|catchall|unknown)\(\)$/.test(current.path)) isLoose = true;
    const [listed] = current.call?.args ?? [];
    if (listed?.kind !== 'object') continue;
    if (current.path.endsWith('.omit()')) for (const name of listed.properties.keys()) names.delete(name);
    if (current.path.endsWith('.pick()'))
      for (const name of names) if (!listed.properties.has(name)) names.delete(name);
  }
  const { origin } = result;
  const properties = new Map([...names].map((name) => [name, interpreter.member(result, name, origin)]));
  return { kind: 'object', properties, spread: isLoose ? [input] : [], origin };
}

export function findChecked(result: ExternalValue): Checked | undefined {
  const args = result.call?.args ?? [];
  const { path, receiver } = result;
  const end = path.indexOf('#');
  switch (path.slice(0, end)) {
    case 'zod':
    case 'zod/v4':
      return /\.(safeParse|parse)(Async)?\(\)$/.test(path) ? { schema: receiver, input: args[0] } : undefined;
    case 'joi':
    case '@hapi/joi':
      if (/#(attempt|assert|validate)\(\)$/.test(path)) return { schema: args[1], input: args[0] };
      return /\.validate(Async)?\(\)$/.test(path) ? { schema: receiver, input: args[0] } : undefined;
    case 'yup':
      return /\.(validateSync|validate|cast)\(\)$/.test(path) ? { schema: receiver, input: args[0] } : undefined;
    case 'valibot':
      return /#(safeParse|parse)(Async)?\(\)$/.test(path) ? { schema: args[0], input: args[1] } : undefined;
    case 'envalid':
      return /#(cleanEnv|customCleanEnv)\(\)$/.test(path) ? { schema: args[1], input: args[0] } : undefined;
    case '@t3-oss/env-core':
    case '@t3-oss/env-nextjs':
    case '@t3-oss/env-nuxt':
      return path.endsWith('#createEnv()')
        ? { schema: propertyOf(args[0], 'server'), input: propertyOf(args[0], 'runtimeEnv') }
        : undefined;
    default:
      return undefined;
  }
}

function isReport(result: ExternalValue): boolean {
  return /(\.|#)(safeParse|safeParseAsync|validate)\(\)$/.test(result.path) && !result.path.startsWith('yup#');
}

/** `z.object({ … }).extend({ … })`, `Joi.object().keys({ … })`, the last one first. */
export function fieldsOf(schema: Value): readonly Value[] {
  if (schema.kind === 'object') return [schema];
  const fields: Value[] = [];
  for (let current: Value | undefined = schema; current?.kind === 'external'; current = current.receiver) {
    const [first] = current.call?.args ?? [];
    if (
      !first ||
      !/\b(object|strictObject|looseObject|compile|keys|append|extend|safeExtend|merge|concat|shape)\(\)$/.test(
        current.path,
      )
    )
      continue;
    fields.push(...(first.kind === 'object' ? [first] : first.kind === 'external' ? fieldsOf(first) : []));
  }
  return fields;
}

/** `z.string().default('x')`, `Joi.string().default('x')`, `v.optional(v.string(), 'x')`, `str({ default: 'x' })`. */
function defaultIn(
  fields: readonly Value[],
  name: string,
  origin: Origin,
  interpreter: Interpreter,
): Value | undefined {
  const field = fields.map((item) => interpreter.member(item, name, origin)).find((item) => item.kind !== 'undefined');
  for (let current: Value | undefined = field; current?.kind === 'external'; current = current.receiver) {
    const args = current.call?.args ?? [];
    if (/\.(default|catch|prefault)\(\)$/.test(current.path)) return madeBy(args[0], origin, interpreter);
    // `devDefault` counts only outside of production.
    if (/^envalid#\w+\(\)$/.test(current.path)) return propertyOf(args[0], 'default');
    if (/^valibot#(optional|nullish|fallback)\(\)$/.test(current.path)) return madeBy(args[1], origin, interpreter);
  }
  return undefined;
}

function madeBy(value: Value | undefined, origin: Origin, interpreter: Interpreter): Value | undefined {
  return value?.kind === 'function' ? interpreter.follow(value, undefinedValue, [], origin, []).value : value;
}

function readInput(input: Value | undefined, name: string, origin: Origin, interpreter: Interpreter): Value {
  if (!input || input.kind === 'unknown') return readEnvironment(name, origin, interpreter);
  const isEnvironment = input.kind === 'external' && /^(global#process\.|process#)env$/.test(input.path);
  return isEnvironment ? readEnvironment(name, origin, interpreter) : interpreter.member(input, name, origin);
}

/** `convict({ jwt: { secret: { env: 'KEY', default: 'x' } } }).get('jwt.secret')`. */
export function convictField(call: ExternalValue, interpreter: Interpreter): Value | undefined {
  if (!call.path.startsWith('convict#()') || !call.path.endsWith('.get()')) return undefined;
  let made: Value | undefined = call.receiver;
  while (made?.kind === 'external' && made.path !== 'convict#()') made = made.receiver;
  const name = textOf(call.call?.args[0]);
  let field = made?.kind === 'external' ? made.call?.args[0] : undefined;
  if (name === undefined) return undefined;
  for (const part of name.split('.')) field = propertyOf(field, part);
  const variable = textOf(propertyOf(field, 'env'));
  const options: Option[] =
    variable === undefined ? [] : [{ value: readEnvironment(variable, call.origin, interpreter), proofs: [] }];
  const fallback = propertyOf(field, 'default');
  if (fallback) options.push(...optionsOf(fallback));
  return options.length > 0 ? unionOf(options) : undefined;
}

/** `get('KEY').default('x').asString()` of env-var. */
export function envVarField(call: ExternalValue, interpreter: Interpreter): Value | undefined {
  if (!call.path.startsWith('env-var#') || !/\.as\w+\(\)$/.test(call.path)) return undefined;
  const options: Option[] = [];
  for (let current: Value | undefined = call; current?.kind === 'external'; current = current.receiver) {
    const [first] = current.call?.args ?? [];
    if (current.path.endsWith('.default()') && first) options.push(...optionsOf(first));
    const name = /#(?:default\.)?get\(\)$/.test(current.path) ? textOf(first) : undefined;
    if (name !== undefined) options.unshift({ value: readEnvironment(name, call.origin, interpreter), proofs: [] });
  }
  return options.length > 0 ? unionOf(options) : undefined;
}
