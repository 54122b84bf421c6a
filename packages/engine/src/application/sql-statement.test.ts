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

describe('the ways in which a statement chooses its rows', () => {
  const waysOf = (text: string) =>
    readSqlStatement(text).alternatives.map((conditions) =>
      conditions.map(({ column, outer }) => (outer ? `outer ${column}` : column)).join(' '),
    );

  it.each([
    ['SELECT 1 FROM a', ['']],
    ['SELECT 1 FROM a WHERE id = $1', ['id']],
    ['SELECT 1 FROM a WHERE id = $1 AND owner = $2', ['id owner']],
    ['SELECT 1 FROM a WHERE id = $1 OR owner = $2', ['id', 'owner']],
    ['SELECT 1 FROM a WHERE id = $1 AND (owner = $2 OR reader = $3)', ['id owner', 'id reader']],
    ['SELECT 1 FROM a WHERE (owner = $2 OR reader = $3) AND id = $1', ['owner id', 'reader id']],
    ['SELECT 1 FROM a WHERE id = $1 AND owner = $2 OR reader = $3', ['id owner', 'reader']],
    [
      'SELECT 1 FROM a WHERE (id = $1 OR code = $2) AND (owner = $3 OR reader = $4)',
      ['id owner', 'id reader', 'code owner', 'code reader'],
    ],
    ['SELECT 1 FROM a WHERE ((id = $1)) AND ((owner = $2))', ['id owner']],
    ['SELECT 1 FROM a WHERE id IN ($1, $2) AND owner = $3', ['id id owner']],
    ['SELECT 1 FROM a WHERE id = ANY($1) AND owner = LOWER($2) OR reader = $3', ['id owner', 'reader']],
    // What is compared with no parameter holds or does not: that way is without a column.
    ['SELECT 1 FROM a WHERE id = $1 AND (owner = $2 OR public)', ['id owner', 'id']],
    ['SELECT 1 FROM a WHERE id = $1 AND ($2::text IS NULL OR owner = $2)', ['id', 'id owner']],
    ['SELECT 1 FROM a WHERE id = $1 AND EXISTS (SELECT 1 FROM b WHERE b.owner = $2)', ['id owner']],
    ['SELECT 1 FROM a LEFT JOIN b ON b.owner = $1 WHERE a.id = $2', ['outer owner id']],
    [
      'SELECT 1 FROM a LEFT OUTER JOIN b ON b.owner = $1 JOIN c ON c.reader = $2 WHERE a.id = $3',
      ['outer owner reader id'],
    ],
    ['SELECT 1 FROM a INNER JOIN b ON b.owner = $1 WHERE a.id = $2', ['owner id']],
    ['SELECT 1 FROM a WHERE id = $1; SELECT 1 FROM a WHERE owner = $2', ['id', 'owner']],
    ['SELECT 1 FROM a WHERE id = $1;', ['id']],
    [';', ['']],
    ['SELECT 1 FROM a WHERE id = $1; SELECT 1 FROM a;', ['id', '']],
    ['UPDATE a SET owner = $1, total = total OR $2 WHERE id = $3 OR code = $4', ['id', 'code']],
    ['INSERT INTO a (id, owner) VALUES ($1, $2)', ['']],
    ['o.id = :id OR o.owner = :owner', ['id', 'owner']],
    ['', ['']],
    // What is open at the end is closed there, and what nobody opened closes nothing.
    ['SELECT 1 FROM a WHERE id = $1 AND (owner = $2 OR reader = $3', ['id owner', 'id reader']],
    ['SELECT 1 FROM a WHERE id = $1) OR owner = $2', ['id', 'owner']],
  ])('%s', (text, expected) => {
    expect(waysOf(text)).toEqual(expected);
  });

  it('are bounded', () => {
    const pairs = Array.from({ length: 40 }, (_, at) => `(a${String(at)} = $1 OR b${String(at)} = $1)`);
    expect(waysOf(`SELECT 1 FROM a WHERE ${pairs.join(' AND ')}`).length).toBeLessThan(100);
  });
});

describe('a statement that gives how many there are', () => {
  it.each([
    ['SELECT count(*) FROM orders', true],
    ['SELECT COUNT(o.id) AS n, SUM(o.total) FROM orders o WHERE o.id = $1', true],
    ["SELECT date_trunc('day', at) AS day, count(*) FROM orders GROUP BY day", true],
    ['SELECT user_id, count(*) FROM orders GROUP BY user_id', false],
    ['SELECT * FROM orders', false],
    ['SELECT lower(email) FROM users', false],
    ['SELECT id, (SELECT count(*) FROM orders) FROM users', false],
    ['SELECT (SELECT count(*) FROM orders) FROM users', false],
    ['SELECT count(*) FROM orders; SELECT * FROM users', false],
    ['UPDATE orders SET total = 1', false],
    ['SELECT count(', false],
    ['', false],
  ])('%s', (text, expected) => {
    expect(readSqlStatement(text).tallies).toBe(expected);
  });
});
