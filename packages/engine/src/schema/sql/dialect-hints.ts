import type { SqlToken } from './tokenize-sql.js';

export interface DialectHints {
  readonly see: (tokens: readonly SqlToken[]) => void;
  /** Only in SQLite does `INTEGER PRIMARY KEY` count by itself. SQL without a word of any dialect is taken for SQLite. */
  readonly isSqlite: () => boolean;
}

/** Gathers the words that only some databases know, over all files of one database. */
export function createDialectHints(): DialectHints {
  let sqlite = false;
  let other = false;
  return {
    see(tokens) {
      tokens.forEach((token, index) => {
        const previous = tokens[index - 1];
        const next = tokens[index + 1];
        sqlite ||= sqliteWords.has(token.keyword) || sqlitePairs.has(`${token.keyword} ${next?.keyword ?? ''}`);
        other ||=
          otherWords.has(token.keyword) ||
          otherPairs.has(`${token.keyword} ${next?.keyword ?? ''}`) ||
          token.kind === 'body' ||
          (token.text === ':' && next?.text === ':') ||
          (next?.text === '.' && otherSchemas.has(token.text)) ||
          (otherTypes.has(token.keyword) && isName(previous)) ||
          // The name that PostgreSQL, and Prisma for it, give to a primary key.
          (token.keyword === 'CONSTRAINT' && next?.text.endsWith('_pkey') === true);
      });
    },
    isSqlite: () => sqlite || !other,
  };
}

const sqliteWords = new Set(['AUTOINCREMENT', 'PRAGMA', 'STRFTIME', 'RANDOMBLOB', 'SQLITE_SEQUENCE']);
const sqlitePairs = new Set(['WITHOUT ROWID']);
const otherWords = new Set([
  ...[
    'SERIAL',
    'BIGSERIAL',
    'SMALLSERIAL',
    'JSONB',
    'TIMESTAMPTZ',
    'BYTEA',
    'CITEXT',
    'REGCLASS',
    'PLPGSQL',
    'CONCURRENTLY',
  ],
  ...['AUTO_INCREMENT', 'UNSIGNED', 'NVARCHAR', 'UNIQUEIDENTIFIER', 'VARCHAR2'],
]);
/** SQLite can change neither columns nor constraints of a table that stands, and knows no such things to create. */
const otherPairs = new Set([
  ...['ADD CONSTRAINT', 'ALTER COLUMN', 'OWNER TO', 'AS IDENTITY', 'AS ENUM'],
  ...['CREATE EXTENSION', 'CREATE SEQUENCE', 'CREATE SCHEMA', 'CREATE TYPE', 'CREATE DATABASE'],
]);
/** Types that are names of columns as well: they count only behind a name. */
const otherTypes = new Set(['UUID', 'ENUM']);
const otherSchemas = new Set(['public', 'dbo']);

function isName(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'name';
}
