import type { SqlCursor } from './sql-cursor.js';
import type { SqlKey } from './sql-table.js';

export interface TableConstraint {
  /** undefined for what names no row: checks, plain indexes, keys over expressions or parts of the rows. */
  readonly key?: SqlKey;
  readonly references: readonly string[];
}

const constraintWords = new Set([
  'CONSTRAINT',
  'CHECK',
  'EXCLUDE',
  'FOREIGN',
  'PRIMARY',
  'UNIQUE',
  'FULLTEXT',
  'SPATIAL',
  'PERIOD',
  'LIKE',
]);
const typeWords =
  /^(?:(?:BIG|SMALL|TINY|MEDIUM)?(?:INT(?:EGER)?|TEXT|SERIAL)\d?|N?(?:VAR)?CHAR|CHARACTER|STRING|CITEXT|UUID|JSONB?|BOOL(?:EAN)?|BYTEA|BLOB|REAL|FLOAT|DOUBLE|NUMERIC|DECIMAL|DATE(?:TIME)?|TIME(?:STAMP(?:TZ)?)?|BINARY|VARBINARY)$/;

/** Whether an item of a table's list is a constraint. `key` and `index` can name a column too: there a type follows. */
export function seesConstraint(item: SqlCursor): boolean {
  const keyword = item.peek()?.keyword ?? '';
  if (constraintWords.has(keyword)) return true;
  return (keyword === 'KEY' || keyword === 'INDEX') && !typeWords.test(item.peek(1)?.keyword ?? '');
}

/** `CONSTRAINT users_pkey PRIMARY KEY (id)`, `UNIQUE KEY email (email)`, `FOREIGN KEY (user_id) REFERENCES users (id)`. */
export function readConstraint(item: SqlCursor): TableConstraint {
  let name = item.takes('CONSTRAINT') ? (item.takeName()?.name ?? '') : '';
  const primary = item.takes('PRIMARY', 'KEY');
  const unique = !primary && item.takes('UNIQUE');
  const references: string[] = [];
  let columns: readonly string[] | undefined;
  while (!item.done) {
    if (item.takes('REFERENCES')) {
      const reference = item.takeName();
      if (reference) references.push(reference.name);
    } else if (item.seesSymbol('(')) {
      const list = item.takeList();
      if (!list) item.take();
      else columns ??= readKeyColumns(list);
    } else if (columns === undefined && (item.peek()?.kind === 'name' || isIndexName(item))) {
      const own = item.takeName();
      if (name === '') name = own?.name ?? '';
    } else item.take();
  }
  return primary || unique
    ? { ...(columns && { key: { name, primary, columns: [...columns] } }), references }
    : { references };
}

/** Column names of `(id)`, `([id] ASC)`, `(email(20))`; undefined where an item is an expression. */
export function readKeyColumns(list: readonly SqlCursor[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const item of list) {
    const name = item.takeName();
    if (!name || (item.seesSymbol('(') && item.peek(1)?.kind !== 'number')) return undefined;
    names.push(name.name);
  }
  return names.length > 0 ? names : undefined;
}

const settingWords = new Set([
  'KEY',
  'INDEX',
  'CLUSTERED',
  'NONCLUSTERED',
  'USING',
  'BTREE',
  'HASH',
  'NULLS',
  'NOT',
  'DISTINCT',
]);

/** MySQL's `UNIQUE KEY name (…)`. */
function isIndexName(item: SqlCursor): boolean {
  const token = item.peek();
  return token?.kind === 'word' && !settingWords.has(token.keyword) && item.peek(1)?.text === '(';
}
