import type { ParameterFacts } from '../../facts/file-facts.js';
import type { Interpreter } from '../../program/interpreter.js';
import {
  externalValue,
  optionsOf,
  propertyOf,
  textOf,
  undefinedValue,
  unionOf,
  type ClassValue,
  type ExternalValue,
  type Option,
  type Origin,
  type Value,
} from '../../program/value.js';
import type { AccessPath } from '../../program/access-path.js';
import type { OddShape } from '../catalog-semantics.js';
import { environmentOf, readEnvironment } from '../environment-variable.js';
import {
  checkedField,
  checkedObject,
  convictField,
  envVarField,
  mayBeChecked,
  schemaDefault,
} from './setting-schemas.js';

/** The token by which the settings that `registerAs` names are injected. */
const settingsToken = '@nestjs/config#registerAs().KEY';

/**
 * Settings that are read through something: Nest's ConfigService, and schemas that check the environment and fill in
 * what is missing. What they give for a name is the environment's value or the written default.
 */
export class SettingsShape implements OddShape {
  /** Objects that configuration modules load, as Nest's `ConfigModule.forRoot({ load })` and `registerAs` name them. */
  readonly #loaded: Value[] = [];
  /** Schemas that Nest holds the environment against: what they fill in, ConfigService gives. */
  readonly #schemas: Value[] = [];

  evaluates({ root }: AccessPath): boolean {
    return root.step === '@nestjs/config#' || root.step === 'convict#' || root.step === 'env-var#';
  }

  readsFrom({ root }: AccessPath): boolean {
    return mayBeChecked(root.step);
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const args = call.call?.args ?? [];
    switch (call.path) {
      case '@nestjs/config#ConfigService().get()':
      case '@nestjs/config#ConfigService().getOrThrow()':
        return this.#setting(call, args, interpreter);
      case '@nestjs/config#registerAs()':
        return this.#register(call, args, interpreter);
      case '@nestjs/config#ConfigModule.forRoot()':
        this.#load(call, args[0], interpreter);
        return undefined;
      case '@nestjs/config#ConfigModule.forFeature()':
        if (args[0]?.kind === 'function') this.#loaded.push(resultOf(args[0], call, interpreter));
        return undefined;
      case `${settingsToken}()`:
        return registered(call.receiver, interpreter);
      default:
        return convictField(call, interpreter) ?? envVarField(call, interpreter);
    }
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    return checkedField(object, name, origin, interpreter);
  }

  evaluateSpread(value: ExternalValue, interpreter: Interpreter): Value | undefined {
    return checkedObject(value, interpreter);
  }

  /** `@Inject(settings.KEY)`. */
  inject(parameter: ParameterFacts, owner: ClassValue, interpreter: Interpreter): Value | undefined {
    for (const expression of parameter.decorators) {
      const decorator = interpreter.evaluateIn(owner.file, expression, owner.scope);
      const token =
        decorator.kind === 'external' && decorator.path === '@nestjs/common#Inject()'
          ? decorator.call?.args[0]
          : undefined;
      if (token?.kind === 'external' && token.path === settingsToken) return registered(token.receiver, interpreter);
    }
    return undefined;
  }

  /** Gives the factory back, as Nest does: with the token to inject its settings by. */
  #register(call: ExternalValue, [name, factory]: readonly Value[], interpreter: Interpreter): Value | undefined {
    const text = textOf(name);
    if (text === undefined || factory?.kind !== 'function') return undefined;
    this.#loaded.push({
      kind: 'object',
      properties: new Map([[text, resultOf(factory, call, interpreter)]]),
      spread: [],
      origin: call.origin,
    });
    const provider: Value = {
      kind: 'object',
      properties: new Map<string, Value>([['useFactory', factory]]),
      spread: [],
      origin: call.origin,
    };
    return {
      ...factory,
      properties: new Map<string, Value>([
        ['KEY', externalValue(settingsToken, call.origin, call)],
        ['asProvider', { kind: 'native', name: 'asProvider', call: () => provider }],
      ]),
    };
  }

  #load(call: ExternalValue, options: Value | undefined, interpreter: Interpreter): void {
    const load = propertyOf(options, 'load');
    for (const item of load?.kind === 'array' ? load.items : []) {
      if (item.kind === 'function') this.#loaded.push(resultOf(item, call, interpreter));
    }
    const schema = propertyOf(options, 'validationSchema');
    if (schema) this.#schemas.push(schema);
    const validate = propertyOf(options, 'validate');
    const environment = environmentOf(interpreter);
    if (validate?.kind === 'function' && environment) {
      this.#loaded.push(interpreter.follow(validate, undefinedValue, [environment], call.origin, []).value);
    }
  }

  #setting(call: ExternalValue, args: readonly Value[], interpreter: Interpreter): Value | undefined {
    const name = textOf(args[0]);
    if (name === undefined) return undefined;
    const options: Option[] = [];
    for (const loaded of this.#loaded) {
      let value: Value = loaded;
      for (const part of name.split('.')) value = interpreter.member(value, part, call.origin);
      // A check that says nothing of the field lets it through as it came.
      const isUntold = value.kind === 'external' && value.receiver === loaded && value.call === undefined;
      if (value.kind !== 'undefined' && value.kind !== 'unknown' && !isUntold) options.push(...optionsOf(value));
    }
    if (options.length === 0) options.push(...optionsOf(readEnvironment(name, call.origin, interpreter)));
    const defaults = this.#schemas.map((schema) => schemaDefault(schema, name, call.origin, interpreter));
    const [, given] = args;
    if (given && given.kind !== 'object') defaults.push(given);
    for (const value of defaults) if (value && value.kind !== 'undefined') options.push(...optionsOf(value));
    return unionOf(options);
  }
}

function resultOf(factory: Value, call: ExternalValue, interpreter: Interpreter): Value {
  return interpreter.follow(factory, undefinedValue, [], call.origin, []).value;
}

/** The settings behind a call of `registerAs`. */
function registered(call: Value | undefined, interpreter: Interpreter): Value | undefined {
  const factory = call?.kind === 'external' ? call.call?.args[1] : undefined;
  return factory?.kind === 'function' && call?.kind === 'external' ? resultOf(factory, call, interpreter) : undefined;
}
