import { limits } from '../limits.js';
import { tokenizeSql, type SqlToken } from '../schema/sql/tokenize-sql.js';

/** What one statement of SQL reads or changes, as far as its text says. */
export interface SqlStatement {
  /** `undefined` for a part of a statement, and for what is no SQL. */
  readonly operation: 'read' | 'write' | 'create' | undefined;
  readonly tables: readonly SqlTableUse[];
  /** Columns that are compared with a parameter; what a statement sets is left out. */
  readonly conditions: readonly SqlCondition[];
  /** Of these lists of conditions at least one holds as a whole: `a AND (b OR c)` is `[[a, b], [a, c]]`. */
  readonly alternatives: readonly (readonly SqlCondition[])[];
  /** It gives how many there are, by groups or in all, and nothing of the single record. */
  readonly tallies: boolean;
}

export interface SqlTableUse {
  readonly name: string;
  readonly alias: string | undefined;
}

export interface SqlCondition {
  /** The table or alias that is written before the column. */
  readonly qualifier: string | undefined;
  readonly column: string;
  readonly parameter: SqlParameter;
  /** It stands in the `ON` of an outer join, and keeps no row out. */
  readonly outer: boolean;
}

type Alternatives = readonly (readonly SqlCondition[])[];
const always: Alternatives = [[]];

function both(a: Alternatives, b: Alternatives): Alternatives {
  return a.flatMap((left) => b.map((right) => [...left, ...right])).slice(0, limits.filterAlternatives);
}

/** What stands between two parentheses: what was read before the last `OR`, and since then. */
interface Group {
  before: Alternatives;
  since: Alternatives;
  /** Behind `NOT` nothing of it holds. */
  readonly negated?: boolean;
}

function whole({ before, since }: Group): Alternatives {
  return [...before, ...since].slice(0, limits.filterAlternatives);
}

/** `mark`: the n-th `?`; `number`: `$n`; `name`: `:name`, `@name`, `$name`; `hole`: the n-th value that is put into the text. */
export type SqlParameter =
  | { readonly kind: 'hole' | 'number' | 'mark'; readonly index: number }
  | { readonly kind: 'name'; readonly name: string };

// U+01C3 is a letter to a tokenizer, and stands in no name that people write.
const holeSign = '\u01c3';
const holePattern = new RegExp(`^%?${holeSign}(\\d+)%?$`, 'u');

/** What stands in the text of a statement for the n-th value that is put into it. */
export function holeInSql(index: number): string {
  return `${holeSign}${String(index)}`;
}

/** Which value it is that a word of a statement stands for. */
export function holeIndex(word: string): number | undefined {
  const index = holePattern.exec(word)?.[1];
  return index === undefined ? undefined : Number(index);
}

const writing = new Set([
  'UPDATE',
  'DELETE',
  'MERGE',
  'TRUNCATE',
  'DROP',
  'ALTER',
  'CREATE',
  'GRANT',
  'REVOKE',
  'CALL',
  'EXEC',
  'EXECUTE',
]);
const reading = new Set(['SELECT', 'WITH', 'SHOW', 'PRAGMA', 'EXPLAIN', 'VALUES', 'DESCRIBE']);
/** Tokens of the longest qualified name, `database.schema.table.column`. */
const longestName = 7;
/** What may follow a table where no alias does. */
const afterTable = new Set([
  ...[
    'WHERE',
    'SET',
    'ON',
    'USING',
    'JOIN',
    'INNER',
    'LEFT',
    'RIGHT',
    'FULL',
    'CROSS',
    'NATURAL',
    'OUTER',
    'GROUP',
    'ORDER',
    'HAVING',
    'LIMIT',
  ],
  ...[
    'OFFSET',
    'FETCH',
    'FOR',
    'UNION',
    'EXCEPT',
    'INTERSECT',
    'RETURNING',
    'VALUES',
    'SELECT',
    'DEFAULT',
    'WINDOW',
    'TABLESAMPLE',
    'AS',
    'CASCADE',
  ],
]);

/** Reads a statement or a part of one. Never throws; what cannot be read is left out. */
export function readSqlStatement(text: string): SqlStatement {
  return new StatementReader(tokenizeSql(text).tokens).read();
}

class StatementReader {
  readonly #tables: SqlTableUse[] = [];
  readonly #conditions: SqlCondition[] = [];
  #at = 0;
  #marks = 0;
  #setting = false;
  #first: string | undefined;
  #creates = false;
  #writes = false;
  #groups: Group[] = [{ before: [], since: always }];
  #finished: Alternatives = [];
  /** Parentheses that are open and group no conditions: those of a list of values. */
  #lists = 0;
  #outerJoin = false;
  /** Whether something was read since the last statement: behind a `;` at the end there is none. */
  #begun = false;

  constructor(readonly tokens: readonly SqlToken[]) {}

  read(): SqlStatement {
    while (this.#at < this.tokens.length) this.#step();
    const operation = this.#creates
      ? 'create'
      : this.#writes
        ? 'write'
        : this.#first !== undefined && reading.has(this.#first)
          ? 'read'
          : undefined;
    this.#finish();
    return {
      operation,
      tables: this.#tables,
      conditions: this.#conditions,
      alternatives: this.#finished,
      tallies: tallies(this.tokens),
    };
  }

  #finish(): void {
    while (this.#groups.length > 1) this.#close();
    const [group] = this.#groups;
    if (group && (this.#begun || this.#finished.length === 0))
      this.#finished = [...this.#finished, ...whole(group)].slice(0, limits.filterAlternatives);
    this.#groups = [{ before: [], since: always }];
    this.#begun = false;
  }

  #close(): void {
    const inner = this.#groups.pop();
    const outer = this.#groups.at(-1);
    if (inner && outer && !inner.negated) outer.since = both(outer.since, whole(inner));
  }

  /** `AND` goes on, `OR` begins anew, parentheses hold their own. */
  #group(token: SqlToken): void {
    const group = this.#groups.at(-1);
    if (token.text === '(')
      this.#groups.push({ before: [], since: always, ...(this.#keyword(-1) === 'NOT' ? { negated: true } : {}) });
    else if (token.text === ')') {
      if (this.#lists > 0) this.#lists--;
      else if (this.#groups.length > 1) this.#close();
    } else if (token.keyword === 'OR' && group && !this.#setting) {
      group.before = whole(group);
      group.since = always;
    } else if (/^(UNION|EXCEPT|INTERSECT)$/.test(token.keyword) && this.#groups.length === 1) this.#finish();
  }

  #token(ahead = 0): SqlToken | undefined {
    return this.tokens[this.#at + ahead];
  }

  #keyword(ahead = 0): string {
    return this.#token(ahead)?.keyword ?? '';
  }

  #step(): void {
    const keyword = this.#keyword();
    const token = this.#token();
    if (token?.text === ';') {
      this.#setting = false;
      this.#finish();
    } else this.#begun = true;
    if (keyword !== '') this.#clause(keyword);
    if (token) this.#group(token);
    if (this.#condition()) return;
    if (this.#parameter() === undefined) this.#at++;
  }

  #clause(keyword: string): void {
    this.#first ??= keyword;
    const before = this.#keyword(-1);
    switch (keyword) {
      case 'FROM':
      case 'JOIN':
      case 'USING':
        if (keyword === 'FROM') this.#setting = false;
        this.#outerJoin = keyword === 'JOIN' && /^(LEFT|RIGHT|FULL|OUTER)$/.test(before);
        this.#tableAfter(1);
        return;
      case 'INTO':
        if (before === 'INSERT' || before === 'REPLACE' || before === 'IGNORE') this.#creates = true;
        this.#tableAfter(1);
        return;
      case 'UPDATE':
        // `FOR UPDATE`, `ON CONFLICT DO UPDATE SET`, `ON DUPLICATE KEY UPDATE` name no table.
        if (before === 'FOR' || before === 'DO' || before === 'KEY') return;
        this.#writes = true;
        this.#tableAfter(1);
        return;
      case 'SET':
        this.#setting = true;
        return;
      case 'WHERE':
      case 'HAVING':
      case 'RETURNING':
        this.#outerJoin = false;
        this.#setting = false;
        return;
      case 'ON':
        this.#setting = false;
        return;
      default:
        if (writing.has(keyword) && (this.#first === keyword || keyword === 'DELETE')) this.#writes = true;
    }
  }

  /** `FROM "schema"."table" AS alias, other`. */
  #tableAfter(ahead: number): void {
    let at = this.#at + ahead;
    for (;;) {
      if (/^(ONLY|LATERAL)$/.test(this.tokens[at]?.keyword ?? '')) at++;
      let name = nameOf(this.tokens[at]);
      if (name === undefined || /^(SELECT|WHERE|SET|VALUES)$/.test(this.tokens[at]?.keyword ?? '')) return;
      at++;
      while (this.tokens[at]?.text === '.' && nameOf(this.tokens[at + 1]) !== undefined) {
        name = nameOf(this.tokens[at + 1]) ?? name;
        at += 2;
      }
      if (this.tokens[at]?.keyword === 'AS') at++;
      const next = this.tokens[at];
      const alias = next && !afterTable.has(next.keyword) ? nameOf(next) : undefined;
      if (alias !== undefined) at++;
      this.#tables.push({ name, alias });
      if (this.tokens[at]?.text !== ',') return;
      at++;
    }
  }

  /** `alias.column = parameter`, `column IN (…)`, `column = ANY(…)`, from here. */
  #condition(): boolean {
    const start = this.#at;
    let column = nameOf(this.#token());
    if (column === undefined) return false;
    let qualifier: string | undefined;
    let at = start + 1;
    while (at - start < longestName && this.tokens[at]?.text === '.' && nameOf(this.tokens[at + 1]) !== undefined) {
      qualifier = column;
      column = nameOf(this.tokens[at + 1]) ?? column;
      at += 2;
    }
    at = this.#skipCast(at);
    const sign = this.tokens[at];
    if (sign?.keyword === 'IN') at++;
    else if (sign?.text === '=') {
      at++;
      if (this.tokens[at]?.text === '=') at++;
      if (/^(ANY|SOME)$/.test(this.tokens[at]?.keyword ?? '')) at++;
    } else return false;
    if (/^(LOWER|UPPER|CAST|TRIM)$/.test(this.tokens[at]?.keyword ?? '') && this.tokens[at + 1]?.text === '(') at++;
    let lists = 0;
    for (; this.tokens[at]?.text === '(' || this.tokens[at]?.text === '.'; at++)
      if (this.tokens[at]?.text === '(') lists++;
    this.#at = at;
    let parameter = this.#parameter();
    if (parameter === undefined) {
      this.#at = start;
      return false;
    }
    this.#lists += lists;
    const group = this.#groups.at(-1);
    while (parameter !== undefined) {
      if (!this.#setting) {
        const condition = { qualifier, column, parameter, outer: this.#outerJoin };
        this.#conditions.push(condition);
        if (group) group.since = both(group.since, [[condition]]);
      }
      if (this.#token()?.text !== ',') break;
      this.#at++;
      parameter = this.#parameter();
    }
    return true;
  }

  /** `id::text`. */
  #skipCast(at: number): number {
    return this.tokens[at]?.text === ':' && this.tokens[at + 1]?.text === ':' ? at + 3 : at;
  }

  /** A parameter that stands here; the reader goes on behind it. */
  #parameter(): SqlParameter | undefined {
    const token = this.#token();
    if (!token) return undefined;
    const next = this.#token(1);
    const adjacent = next?.start === token.end ? next : undefined;
    const hole = holePattern.exec(token.text);
    let parameter: SqlParameter | undefined;
    let length = 1;
    if (hole && token.kind !== 'symbol') parameter = { kind: 'hole', index: Number(hole[1]) };
    else if (token.kind === 'symbol' && token.text === '?') parameter = { kind: 'mark', index: this.#marks++ };
    else if (token.kind === 'symbol' && token.text === '$' && adjacent?.kind === 'number') {
      parameter = { kind: 'number', index: Number(adjacent.text) };
      length = 2;
    } else if (
      token.kind === 'symbol' &&
      (token.text === '$' || token.text === ':') &&
      adjacent &&
      this.#keywordlessWord(adjacent)
    ) {
      if (this.tokens[this.#at - 1]?.text === ':' && this.tokens[this.#at - 1]?.end === token.start) return undefined;
      parameter = { kind: 'name', name: adjacent.text };
      length = 2;
    } else if (token.text === ':' && adjacent?.text === '.') {
      // `:...ids`
      let at = this.#at + 1;
      while (this.tokens[at]?.text === '.') at++;
      const name = this.tokens[at];
      if (name?.kind !== 'word') return undefined;
      parameter = { kind: 'name', name: name.text };
      length = at + 1 - this.#at;
    } else if (token.kind === 'word' && /^@\w/.test(token.text))
      parameter = { kind: 'name', name: token.text.slice(1) };
    if (parameter) this.#at = this.#skipCast(this.#at + length);
    return parameter;
  }

  #keywordlessWord(token: SqlToken): boolean {
    return token.kind === 'word' && !token.text.startsWith('@');
  }
}

/** `SELECT count(*) FROM`, `SELECT date_trunc('day', at) AS day, count(*) FROM … GROUP BY day`. */
function tallies(tokens: readonly SqlToken[]): boolean {
  if (tokens.filter(({ keyword }) => keyword === 'SELECT').length !== 1 || tokens[0]?.keyword !== 'SELECT')
    return false;
  let depth = 0;
  let isBare = true;
  let isTally = false;
  for (const [index, { text, keyword }] of tokens.slice(1).entries()) {
    const isEnd = depth === 0 && (text === ',' || keyword === 'FROM');
    if (isEnd && isBare) return false;
    if (isEnd && keyword === 'FROM') return isTally;
    if (isEnd) isBare = true;
    else if (text === '(') {
      depth++;
      isBare = false;
      if (/^(COUNT|SUM|AVG)$/.test(tokens[index]?.text.toUpperCase() ?? '')) isTally = true;
    } else if (text === ')') depth--;
  }
  return false;
}

function nameOf(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'name') return token.text;
  return token?.kind === 'word' && !token.text.startsWith('@') && !token.text.includes(holeSign)
    ? token.text
    : undefined;
}
