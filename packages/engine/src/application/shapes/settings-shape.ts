import type { Interpreter } from '../../program/interpreter.js';

import { externalValue, optionsOf, propertyOf, textOf, undefinedValue, unionOf, type ExternalValue, type Option, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/**
 * Settings that are read through something: Nest's ConfigService, and schemas that check the environment and fill in
 * what is missing. What they give for a name is the environment's value or the written default.
 */
export class SettingsShape implements OddShape {
  /** Objects that configuration modules load, as Nest's `ConfigModule.forRoot({ load })` and `registerAs` name them. */
  readonly loaded: Value[] = [];

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path } = call;
    const args = call.call?.args ?? [];
    if (/^@nestjs\/config#ConfigService\(\)\.(get|getOrThrow)\(\)$/.test(path)) return this.#setting(call, args, interpreter);
    if (path === '@nestjs/config#registerAs()') {
      const [name, factory] = args;
      const text = textOf(name);
      if (text === undefined || factory?.kind !== 'function') return undefined;
      const value = interpreter.follow(factory, undefinedValue, [], call.origin, []).value;
      this.loaded.push({ kind: 'object', properties: new Map([[text, value]]), spread: [], origin: call.origin });
      return undefined;
    }
    if (path === '@nestjs/config#ConfigModule.forRoot()') {
      const load = propertyOf(args[0], 'load');
      if (load?.kind !== 'array') return undefined;
      for (const item of load.items) {
        if (item.kind === 'function') this.loaded.push(interpreter.follow(item, undefinedValue, [], call.origin, []).value);
      }
      return undefined;
    }
    return undefined;
  }

  #setting(call: ExternalValue, args: readonly Value[], interpreter: Interpreter): Value | undefined {
    const name = textOf(args[0]);
    if (name === undefined) return undefined;
    const options: Option[] = [];
    for (const loaded of this.loaded) {
      let value: Value = loaded;
      for (const part of name.split('.')) value = interpreter.member(value, part, call.origin);
      if (value.kind !== 'undefined' && value.kind !== 'unknown') options.push(...optionsOf(value));
    }
    if (options.length === 0) options.push({ value: environment(name, call.origin), proofs: [] });
    const fallback = args[1];
    if (fallback && fallback.kind !== 'object' && fallback.kind !== 'undefined') options.push(...optionsOf(fallback));
    return unionOf(options);
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const schema = schemaOf(object);
    if (!schema) return undefined;
    const field = interpreter.member(schema, name, origin);
    const options: Option[] = [{ value: environment(name, origin), proofs: [] }];
    const fallback = defaultOf(field);
    if (fallback) options.push(...optionsOf(fallback));
    return unionOf(options);
  }
}

function environment(name: string, origin: Origin): ExternalValue {
  return externalValue(`global#process.env.${name}`, origin);
}

/** The object of fields behind a checked environment: zod, Joi, envalid, t3-env. */
function schemaOf(result: ExternalValue): Value | undefined {
  const args = result.call?.args ?? [];
  const { path } = result;
  if (/^envalid#(cleanEnv|customCleanEnv)\(\)$/.test(path)) return args[1];
  if (/^@t3-oss\/env-\w+#createEnv\(\)$/.test(path)) return propertyOf(args[0], 'server');
  if (/^(zod|zod\/v4|valibot)#/.test(path) && /\.(parse|safeParse|parseAsync)\(\)$/.test(path)) return objectSchema(result.receiver);
  if (/^(@hapi\/)?joi#.*\.(validate|validateAsync)\(\)$/.test(path)) return objectSchema(result.receiver);
  return undefined;
}

function objectSchema(value: Value | undefined): Value | undefined {
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
    if (/\bobject\(\)(\.keys\(\))?$/.test(current.path) && current.call?.args[0]?.kind === 'object') return current.call.args[0];
  }
  return undefined;
}

/** `z.string().default('x')`, `Joi.string().default('x')`, `str({ default: 'x' })`. */
function defaultOf(field: Value): Value | undefined {
  for (let current: Value | undefined = field; current?.kind === 'external'; current = current.receiver) {
    if (/\.(default|catch|prefault)\(\)$/.test(current.path)) return current.call?.args[0];
    if (/^envalid#\w+\(\)$/.test(current.path)) return propertyOf(current.call?.args[0], 'default');
  }
  return undefined;
}

/** `data` and `value` of a validation's result are the checked object itself. */
export const checkedShape: OddShape = {
  evaluateMember(object, name): Value | undefined {
    if (name === 'data' && /^zod#.*\.safeParse\(\)$/.test(object.path)) return object;
    if (name === 'value' && /^(@hapi\/)?joi#.*\.validate\(\)$/.test(object.path)) return object;
    return undefined;
  },
  evaluateCall(call): Value | undefined {
    // `env.get('KEY').default('x').asString()` of env-var.
    if (!/^env-var#get\(\)(\.\w+\(\))*\.as\w+\(\)$/.test(call.path)) return undefined;
    const options: Option[] = [];
    for (let current: Value | undefined = call; current?.kind === 'external'; current = current.receiver) {
      if (current.path.endsWith('.default()') && current.call?.args[0]) options.push(...optionsOf(current.call.args[0]));
      if (current.path === 'env-var#get()') {
        const name = textOf(current.call?.args[0]);
        if (name !== undefined) options.unshift({ value: externalValue(`global#process.env.${name}`, call.origin), proofs: [] });
      }
    }
    return options.length > 0 ? unionOf(options) : undefined;
  },
};
