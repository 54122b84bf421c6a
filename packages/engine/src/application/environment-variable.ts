import type { Interpreter } from '../program/interpreter.js';
import { Scope } from '../program/scope.js';
import { externalValue, memberOf, type ExternalValue, type Origin, type Value } from '../program/value.js';

/** `process.env.NAME`, of the platform or of the imported module. */
const read = /^(?:global#process\.|process#)env\.(\w+)$/;

/** The name of the environment variable that an access path reads. */
export function environmentVariable(path: string): string | undefined {
  return read.exec(path)?.[1];
}

/** `process.env` of the interpreted program. */
export function environmentOf(interpreter: Interpreter): ExternalValue | undefined {
  const process = interpreter.lookup('process', new Scope(undefined));
  return process.kind === 'external' ? memberOf(process, 'env') : undefined;
}

/** What a library reads from the environment, as if the program had read it there. */
export function readEnvironment(name: string, origin: Origin, interpreter: Interpreter): Value {
  return environmentOf(interpreter)?.findProperty(name) ?? externalValue(`global#process.env.${name}`, origin);
}
