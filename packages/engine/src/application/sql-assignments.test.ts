import { expect, test } from 'vitest';
import { readSqlAssignments } from './sql-assignments.js';
import { holeInSql } from './sql-statement.js';

const shown = (text: string): readonly string[] =>
  readSqlAssignments(text).map(({ column = '*', parameter }) =>
    [column, parameter.kind, 'name' in parameter ? parameter.name : parameter.index].join(' '),
  );

test.each([
  ['INSERT INTO users (email, password) VALUES ($1, $2)', ['email number 1', 'password number 2']],
  ['INSERT INTO "app"."users" ("email", password) VALUES (?, ?)', ['email mark 0', 'password mark 1']],
  ['INSERT INTO users (email, password) VALUES (lower(?), ?)', ['password mark 1']],
  ['INSERT INTO users (email, password) VALUES (:email, @password)', ['email name email', 'password name password']],
  [`INSERT INTO users (email) VALUES (${holeInSql(0)})`, ['email hole 0']],
  ["INSERT INTO users (password) VALUES (crypt($1, gen_salt('bf')))", []],
  ['INSERT INTO users (password) VALUES ($1::text)', ['password number 1']],
  ["INSERT INTO users (password) VALUES ($1::text || 'x')", []],
  ['INSERT INTO users SELECT * FROM others', []],
  ['INSERT INTO users SET ?', ['* mark 0']],
  ['UPDATE users SET email = $2, password = $3 WHERE id = $1', ['email number 2', 'password number 3']],
  ['UPDATE users SET password = pgp_sym_encrypt($2, $3) WHERE id = $1', []],
  ['UPDATE users SET visits = visits + 1 WHERE id = ?', []],
  ['SELECT id FROM users WHERE password = $1', []],
  ['INSERT INTO users (email', []],
])('%s', (text, expected) => {
  expect(shown(text)).toEqual(expected);
});
