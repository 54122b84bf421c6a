import type { DataEntry, Position } from '../catalog/library.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';

/** A column that a query is bound to, and what to. `undefined` as name: the primary key, whatever it is called. */
export interface Bound {
  readonly column: string | undefined;
  readonly value: Value;
}

/** The argument, or the property of the argument, that a position names. */
export function valueAt(call: ExternalValue, position: Position): Value | undefined {
  const argument = call.call?.args[position.argument];
  if (position.property === undefined) return argument;
  return readProperty(argument, position.property);
}

export function readProperty(value: Value | undefined, name: string): Value | undefined {
  for (const option of value ? optionsOf(value) : []) {
    if (option.value.kind === 'object') {
      const own = option.value.properties.get(name);
      if (own) return own;
      for (const spread of option.value.spread) {
        const inner = readProperty(spread, name);
        if (inner) return inner;
      }
    }
  }
  return undefined;
}

/** The columns that the query's filter binds. */
export function boundColumns(call: ExternalValue, data: DataEntry): readonly Bound[] {
  if (data.entity === 'sql') return boundInSql(call);
  const bound: Bound[] = [];
  if (data.where) collect(valueAt(call, data.where), bound, 0);
  if (data.key) {
    const key = valueAt(call, data.key);
    if (key && key.kind !== 'object') bound.push({ column: undefined, value: key });
  }
  return bound;
}

function collect(value: Value | undefined, into: Bound[], depth: number): void {
  if (!value || depth > 3) return;
  for (const option of optionsOf(value)) {
    if (option.value.kind === 'array') for (const item of option.value.items) collect(item, into, depth + 1);
    if (option.value.kind !== 'object') continue;
    for (const [name, inner] of option.value.properties) {
      if (/^(AND|OR|\$and|\$or|equals|in|\$eq|\$in)$/.test(name)) collect(inner, into, depth + 1);
      else into.push({ column: name, value: inner });
    }
  }
}

/** `… where id = $1` with its parameters, and `… where id = ${id}`. */
function boundInSql(call: ExternalValue): readonly Bound[] {
  const [query, parameters] = call.call?.args ?? [];
  const bound: Bound[] = [];
  if (!query) return bound;
  const pieces = query.kind === 'text' ? query.parts : [query];
  let text = '';
  const holes: Value[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'literal') text += String(piece.value);
    else {
      text += `\u0000${String(holes.length)}\u0000`;
      holes.push(piece);
    }
  }
  const list = parameters?.kind === 'array' ? parameters.items : [];
  const named = parameters?.kind === 'object' ? parameters : undefined;
  let position = 0;
  for (const match of text.matchAll(/(?:\w+\.)?["`[]?(\w+)["`\]]?\s*=\s*(?:'?\u0000(\d+)\u0000'?|\$(\d+)|(\?)|[:@](\w+))/g)) {
    const [, column, hole, number, mark, name] = match;
    const value = hole !== undefined
      ? holes[Number(hole)]
      : number !== undefined
        ? list[Number(number) - 1]
        : mark !== undefined
          ? list[position++]
          : (named?.properties.get(name ?? '') ?? readProperty(named?.properties.get('replacements'), name ?? ''));
    if (value) bound.push({ column, value });
  }
  return bound;
}

/** The tables that a statement reads or changes. */
export function tablesInSql(call: ExternalValue): readonly string[] {
  const text = sqlText(call);
  return [...text.matchAll(/\b(?:from|into|update|join)\s+["`[]?(?:\w+["`\]]?\.["`[]?)?(\w+)/gi)].map((match) => match[1] ?? '');
}

/** The statement as far as it is written down. */
export function sqlText(call: ExternalValue): string {
  const query = call.call?.args[0];
  if (!query) return '';
  const object = query.kind === 'object' ? (query.properties.get('text') ?? query.properties.get('sql') ?? query) : query;
  const pieces = object.kind === 'text' ? object.parts : [object];
  return pieces.map((piece) => (piece.kind === 'literal' ? String(piece.value) : ' ')).join('');
}
