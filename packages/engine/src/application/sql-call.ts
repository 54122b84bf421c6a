import type { DataEntry } from '../catalog/library.js';
import { limits } from '../limits.js';
import { Notes, optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import { holeInSql, readSqlStatement, type SqlParameter, type SqlStatement } from './sql-statement.js';

/** A call that is handed a statement, and what is bound to its parameters. */
export interface SqlCall {
  readonly statement: SqlStatement;
  /** Its text, with a sign for each value that is put into it. */
  readonly text: string;
  /** Whether it says, for what comes next on the same connection, who is asking: `set_config('app.user', $1, true)`. */
  readonly setsSession: boolean;
  valueOf(parameter: SqlParameter): Value | undefined;
}

/** https://www.postgresql.org/docs/current/ddl-rowsecurity.html: policies read such settings. */
const setting = /\bset\s+(local|session)\b|\bset_\w+\s*\(/i;

const read = new Notes<SqlCall>();

/** Reads the statement and the parameters of a call: text and a list, one object of both, or a tagged template. */
export function readSqlCall(call: ExternalValue, data: DataEntry): SqlCall {
  const known = read.get(call);
  if (known) return known;
  const args = call.call?.args ?? [];
  const prepared = data.statement === 'receiver' && call.receiver?.kind === 'external' ? call.receiver : undefined;
  const given = (prepared ?? call).call?.args[0];
  const parameters = prepared ? args : args.slice(1);
  const result = given ? sqlOf(given, parameters, call) : sqlOf({ kind: 'unknown' }, [], call);
  read.set(call, result);
  return result;
}

/** Reads a text of conditions, `user.id = :id`, with the values of its parameters. */
export function sqlOf(given: Value, parameters: readonly Value[], call: ExternalValue): SqlCall {
  const holes: Value[] = [];
  const all: Value[] = [...parameters];
  let statement = given;
  if (given.kind === 'object') {
    statement = firstOf(given, ['text', 'sql', 'query', 'statement']) ?? given;
    for (const name of ['values', 'bind', 'replacements', 'args', 'parameters']) {
      const value = given.properties.get(name);
      if (value) all.push(value);
    }
  }
  const text = textWithHoles(statement, holes, call.path, 0);
  const positional = all.flatMap((value) =>
    value.kind === 'array' ? value.items : value.kind === 'object' ? [] : [value],
  );
  return {
    statement: readSqlStatement(text),
    text,
    setsSession: setting.test(text),
    valueOf(parameter) {
      switch (parameter.kind) {
        case 'hole':
          return holes[parameter.index];
        case 'number':
          return positional[parameter.index - 1] ?? listIn(all, parameter.index - 1);
        case 'mark':
          return positional[parameter.index] ?? listIn(all, parameter.index);
        case 'name':
          return named(all, parameter.name) ?? inputOfRequest(call, parameter.name);
      }
    },
  };
}

function firstOf(object: Value & { kind: 'object' }, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = object.properties.get(name);
    if (value) return value;
  }
  return undefined;
}

/** `{ replacements: [id] }`, `{ bind: [id] }`. */
function listIn(parameters: readonly Value[], index: number): Value | undefined {
  for (const value of parameters) {
    const list = value.kind === 'object' ? firstOf(value, ['replacements', 'bind', 'values']) : undefined;
    if (list?.kind === 'array') return list.items[index];
  }
  return undefined;
}

function named(parameters: readonly Value[], name: string): Value | undefined {
  for (const parameter of parameters) {
    for (const { value } of optionsOf(parameter)) {
      if (value.kind !== 'object') continue;
      const found =
        firstOf(value, [name, `:${name}`, `@${name}`, `$${name}`]) ??
        named(
          [firstOf(value, ['replacements', 'bind', 'values'])].filter((item) => item !== undefined),
          name,
        );
      if (found) return found;
    }
  }
  return undefined;
}

/** `request.input('id', Int, id).query('… = @id')`. */
function inputOfRequest(call: ExternalValue, name: string): Value | undefined {
  if (call.receiver?.kind !== 'external') return undefined;
  const input = call.receiver.calls.find(
    (item) => item.path.endsWith('.input()') && textOf(item.call?.args[0]) === name,
  );
  return input?.call?.args.at(-1);
}

/** The text with a sign for each value that is put into it; parts of a statement in tagged templates are read as its text. */
function textWithHoles(value: Value, holes: Value[], tag: string, depth: number): string {
  switch (value.kind) {
    case 'literal':
      return String(value.value);
    case 'text':
      return value.parts.map((part) => textWithHoles(part, holes, tag, depth + 1)).join('');
    case 'union':
      // Put together in branches: each text is a statement of its own.
      if (depth > 0) return holeInSql(holes.push(value) - 1);
      return value.options.map((option) => textWithHoles(option.value, holes, tag, depth + 1)).join(' ; ');
    case 'external': {
      const inner = value.path === tag && depth < limits.statementParts ? value.call?.args[0] : undefined;
      if (inner && (inner.kind === 'literal' || inner.kind === 'text'))
        return textWithHoles(inner, holes, tag, depth + 1);
      // `sql(ids)` puts the list in.
      return holeInSql(holes.push(inner ?? value) - 1);
    }
    default:
      return holeInSql(holes.push(value) - 1);
  }
}
