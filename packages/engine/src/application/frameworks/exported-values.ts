import type { FileFacts } from '../../facts/file-facts.js';
import type { Interpreter } from '../../program/interpreter.js';
import type { Origin, Value } from '../../program/value.js';

/** For frameworks that find routes by where files lie: what a file exports under a name, if anything. */
export function exportedBy(path: string | undefined, name: string, interpreter: Interpreter): Value | undefined {
  const record = path === undefined ? undefined : interpreter.module(path);
  const value = record && interpreter.exported(record, name);
  return value?.kind === 'undefined' ? undefined : value;
}

/** Where a name is exported, or declared: `export { handler as GET }` at its own line. */
export function placeOfExport(facts: FileFacts, name: string): Origin | undefined {
  const found = facts.exports.find((item) => item.kind !== 'star' && item.exported === name);
  return found && { file: facts, span: found };
}

/** A function of the file itself. */
export function originOf(handler: Value, facts: FileFacts): Origin | undefined {
  return handler.kind === 'function' && handler.file === facts ? { file: facts, span: handler.facts } : undefined;
}

/** The file, where nothing in it is a better place. */
export function wholeOf(facts: FileFacts): Origin {
  return { file: facts, span: { start: 0, end: 0 } };
}
