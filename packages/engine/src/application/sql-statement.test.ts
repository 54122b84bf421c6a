import { describe, expect, it } from 'vitest';
import { holeInSql, readSqlStatement } from './sql-statement.js';

const conditionsOf = (text: string) =>
  readSqlStatement(text).conditions.map(({ qualifier, column, parameter }) => {
    const value = parameter.kind === 'name' ? parameter.name : parameter.index;
    return `${qualifier === undefined ? '' : `${qualifier}.`}${column} ${parameter.kind} ${String(value)}`;
  });

describe('the conditions of a statement', () => {
  it.each([
    ['SELECT 1 FROM a WHERE id = $2', ['id number 2']],
    ['SELECT 1 FROM a WHERE "a"."id" = $1::int', ['a.id number 1']],
    ['SELECT 1 FROM a WHERE x > ? AND `id` = ?', ['id mark 1']],
    ['SELECT 1 FROM a WHERE id IN (?, ?)', ['id mark 0', 'id mark 1']],
    ['SELECT 1 FROM a WHERE id = ANY($1)', ['id number 1']],
    ['SELECT 1 FROM a WHERE id = :id AND kind = @kind', ['id name id', 'kind name kind']],
    ['user.id IN (:...ids)', ['user.id name ids']],
    [`SELECT 1 FROM a WHERE id = ${holeInSql(0)} OR name LIKE '%${holeInSql(1)}%'`, ['id hole 0']],
    [`SELECT 1 FROM a WHERE id = '${holeInSql(0)}'`, ['id hole 0']],
    ["SELECT 'id = ?' FROM a -- id = ?\n WHERE kind = ?", ['kind mark 0']],
    ['UPDATE a SET id = ?, name = ? WHERE code = ?', ['code mark 2']],
    ['INSERT INTO a (id) VALUES (?)', []],
    ['SELECT 1 FROM a WHERE id > $1 AND id <> $2', []],
    ['SELECT id::text = kind FROM a', []],
  ])('%s', (text, expected) => {
    expect(conditionsOf(text)).toEqual(expected);
  });
});

describe('what a statement does', () => {
  it.each([
    ['SELECT 1 FROM a FOR UPDATE', 'read'],
    ['  -- a comment\n WITH b AS (SELECT 1) SELECT 1 FROM b', 'read'],
    ['WITH gone AS (DELETE FROM a RETURNING *) SELECT 1 FROM gone', 'write'],
    ['INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET x = 1', 'create'],
    ['update a set x = 1', 'write'],
    ['TRUNCATE a', 'write'],
    ['user.id = :id', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(readSqlStatement(text).operation).toBe(expected);
  });
});

describe('the tables of a statement', () => {
  it.each([
    ['SELECT 1 FROM public."users" AS u LEFT JOIN orders o ON o.user_id = u.id', ['users u', 'orders o']],
    ['DELETE FROM users WHERE id = 1', ['users']],
    ['SELECT 1 FROM a, b c WHERE a.id = c.id', ['a', 'b c']],
    ['SELECT 1 FROM (SELECT 1 FROM a) x', ['a']],
    ['UPDATE [users] SET x = 1', ['users']],
  ])('%s', (text, expected) => {
    expect(
      readSqlStatement(text).tables.map(({ name, alias }) => (alias === undefined ? name : `${name} ${alias}`)),
    ).toEqual(expected);
  });
});
