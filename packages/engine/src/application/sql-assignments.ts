import { tokenizeSql, type SqlToken } from '../schema/sql/tokenize-sql.js';
import { holeIndex, type SqlParameter } from './sql-statement.js';

/** A column that a statement sets to a parameter as it is; without a name, all columns of an object: `SET ?`. */
export interface SqlAssignment {
  readonly column: string | undefined;
  readonly parameter: SqlParameter;
}

/** `INSERT INTO t (a, b) VALUES ($1, $2)`, `UPDATE t SET a = $1`: what is set to an expression is left out. */
export function readSqlAssignments(text: string): readonly SqlAssignment[] {
  const { tokens } = tokenizeSql(text);
  const found: SqlAssignment[] = [];
  tokens.forEach((token, index) => {
    if (token.keyword === 'INTO') found.push(...insertedBy(tokens, index + 1));
    if (token.keyword === 'SET') found.push(...setBy(tokens, index + 1));
  });
  return found;
}

function insertedBy(tokens: readonly SqlToken[], start: number): readonly SqlAssignment[] {
  let at = start;
  while (at < tokens.length && !/^[(;]$/.test(tokens[at]?.text ?? ';') && tokens[at]?.keyword !== 'VALUES') at++;
  if (tokens[at]?.text !== '(') return [];
  const columns = itemsOf(tokens, at + 1);
  at = columns.end + 1;
  if (tokens[at]?.keyword !== 'VALUES' || tokens[at + 1]?.text !== '(') return [];
  const values = itemsOf(tokens, at + 2);
  return columns.items.flatMap((item, index): SqlAssignment[] => {
    const value = values.items[index];
    const parameter = value && parameterOf(tokens, value.start, value.end);
    const column = tokens[item.end - 1]?.text;
    return parameter && column !== undefined ? [{ column, parameter }] : [];
  });
}

function setBy(tokens: readonly SqlToken[], start: number): readonly SqlAssignment[] {
  return itemsOf(tokens, start).items.flatMap(({ start: from, end }): SqlAssignment[] => {
    const whole = parameterOf(tokens, from, end);
    if (whole) return [{ column: undefined, parameter: whole }];
    let sign = from;
    while (sign < end && tokens[sign]?.text !== '=') sign++;
    const parameter = parameterOf(tokens, sign + 1, end);
    const column = tokens[sign - 1]?.text;
    return parameter && column !== undefined && sign > from ? [{ column, parameter }] : [];
  });
}

interface Item {
  readonly start: number;
  readonly end: number;
}

/** What stands between commas, up to the parenthesis that closes the list or the clause that follows it. */
function itemsOf(
  tokens: readonly SqlToken[],
  start: number,
): { readonly items: readonly Item[]; readonly end: number } {
  const items: Item[] = [];
  let depth = 0;
  let from = start;
  let at = start;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.text === '(') depth++;
    else if (token?.text === ')' && depth-- === 0) break;
    else if (
      depth === 0 &&
      (token?.text === ';' || /^(WHERE|FROM|RETURNING|ORDER|LIMIT|ON)$/.test(token?.keyword ?? ''))
    )
      break;
    else if (depth === 0 && token?.text === ',') {
      items.push({ start: from, end: at });
      from = at + 1;
    }
  }
  if (at > from) items.push({ start: from, end: at });
  return { items, end: at };
}

/** `$1::text` is the parameter all the same. */
function withoutCast(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const isCast = tokens.at(-3)?.text === ':' && tokens.at(-2)?.text === ':' && tokens.at(-1)?.kind === 'word';
  return isCast ? tokens.slice(0, -3) : tokens;
}

/** The parameter that these tokens are, and nothing beside it. */
function parameterOf(tokens: readonly SqlToken[], start: number, end: number): SqlParameter | undefined {
  const [first, second, ...more] = withoutCast(tokens.slice(start, end));
  if (!first || more.length > 0) return undefined;
  if (second === undefined) {
    const hole = holeIndex(first.text);
    if (hole !== undefined && first.kind !== 'symbol') return { kind: 'hole', index: hole };
    if (first.text === '?')
      return {
        kind: 'mark',
        index: tokens.slice(0, start).filter(({ text, kind }) => text === '?' && kind === 'symbol').length,
      };
    return first.kind === 'word' && /^@\w/.test(first.text) ? { kind: 'name', name: first.text.slice(1) } : undefined;
  }
  if (first.text === '$' && second.kind === 'number') return { kind: 'number', index: Number(second.text) };
  if ((first.text === ':' || first.text === '$') && second.kind === 'word') return { kind: 'name', name: second.text };
  return undefined;
}
