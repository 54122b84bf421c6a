import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readPrismaSchemas } from './read-prisma-schemas.js';

const read = (...texts: readonly string[]) =>
  readPrismaSchemas(texts.map((text, index) => ({ path: `prisma/${index}.prisma`, text })));

describe('the kind of a key', () => {
  test.each([
    ['id Int @id @default(autoincrement())', 'sequential', '@default(autoincrement())'],
    ['id BigInt @id @default(autoincrement()) @db.BigInt', 'sequential', '@default(autoincrement())'],
    ['id Int @id @default(sequence(maxValue: 4294967295))', 'sequential', '@default(sequence(maxValue: 4294967295))'],
    ['id String @id @default(uuid())', 'random', '@default(uuid())'],
    ['id String @id @default(uuid(7)) @db.Uuid', 'random', '@db.Uuid'],
    ['id String @id @default(cuid())', 'random', '@default(cuid())'],
    ['id String @id @default(cuid(2))', 'random', '@default(cuid(2))'],
    ['id String @id @default(ulid())', 'random', '@default(ulid())'],
    ['id String @id @default(nanoid(12))', 'random', '@default(nanoid(12))'],
    ['id String @id @default(auto()) @map("_id") @db.ObjectId', 'random', '@db.ObjectId'],
    ['id String @id @map("_id") @db.ObjectId', 'random', '@db.ObjectId'],
    ['id String @id @db.UniqueIdentifier', 'random', '@db.UniqueIdentifier'],
    [
      'id String @id @default(dbgenerated("gen_random_uuid()"))',
      'random',
      '@default(dbgenerated("gen_random_uuid()"))',
    ],
    ['id Int @id @default(dbgenerated("nextval(\'ids\')"))', 'sequential', '@default(dbgenerated("nextval(\'ids\')"))'],
    ['id String @id @default(dbgenerated("next_id()"))', 'unknown', '@default(dbgenerated("next_id()"))'],
    ['id String @id @default(dbgenerated())', 'unknown', '@default(dbgenerated())'],
    ['id DateTime @id @default(value: now())', 'unknown', '@default(value: now())'],
    ['id Int @id @default(1)', 'assigned', '@default(1)'],
    ['id   Int @id', 'assigned', 'id Int @id'],
  ])('%s is %s', (field, kind, evidence) => {
    const { entities, problems } = read(`model User {\n  ${field}\n}`);
    expect(problems).toEqual([]);
    expect(entities[0]?.identifiers).toMatchObject([{ field: 'id', primary: true, kind, evidence }]);
  });
});

it('names entity, table, columns, fields and relations over several files', () => {
  const { entities } = read(
    `model User {
  id       Int      @id @default(autoincrement())
  publicId String   @unique @default(uuid()) @map("public_id")
  email    String
  orders   Order[]
  role     Role     @default(USER)

  @@unique([email], map: "user_email")
  @@unique([id, role])
  @@map("users")
}
enum Role {
  USER
  ADMIN @map("admin")
}
type Address {
  street String
}`,
    `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model Order { // the sale
  userId Int
  number Int  @default(autoincrement())
  user   User @relation("Buyer", fields: [userId], references: [id], onDelete: Cascade)
  self   Order? @relation(fields: [number], references: [number])
  @@id(fields: [userId, number(sort: Desc)], name: "key")
}
view Totals {
  sum Int @unique
}`,
  );
  expect(
    entities.map(({ name, table, origin, fields, relations }) => ({ name, table, origin, fields, relations })),
  ).toEqual([
    {
      name: 'User',
      table: 'users',
      origin: 'prisma',
      fields: ['id', 'publicId', 'email', 'orders', 'role'],
      relations: ['Order'],
    },
    {
      name: 'Order',
      table: 'Order',
      origin: 'prisma',
      fields: ['userId', 'number', 'user', 'self'],
      relations: ['User', 'Order'],
    },
    { name: 'Totals', table: 'Totals', origin: 'prisma', fields: ['sum'], relations: [] },
  ]);
  expect(
    entities.map(({ identifiers }) =>
      identifiers.map(({ field, column, kind, primary }) => `${field} ${column} ${kind}${primary ? ' primary' : ''}`),
    ),
  ).toEqual([
    ['id id sequential primary', 'publicId public_id random', 'email email assigned'],
    ['userId userId assigned primary', 'number number sequential primary'],
    ['sum sum assigned'],
  ]);
  expect(entities[1]?.identifiers[0]?.evidence).toBe(
    '@relation("Buyer", fields: [userId], references: [id], onDelete: Cascade)',
  );
});

it('gives places that count from 1 and survive a byte order mark and CRLF', () => {
  const { entities, problems } = read('\uFEFFmodel User {\r\n  id Int @id\r\n}\r\n');
  expect(problems).toEqual([]);
  expect(entities[0]?.place).toEqual({ file: 'prisma/0.prisma', line: 1, column: 7, endLine: 1, endColumn: 11 });
  expect(entities[0]?.identifiers[0]?.place).toEqual({
    file: 'prisma/0.prisma',
    line: 2,
    column: 3,
    endLine: 2,
    endColumn: 13,
  });
});

describe('a schema with mistakes', () => {
  test.each([
    ['model User {\n  id Int @id\n  ???\n}', 3, 'expected a field'],
    ['model User {\n  id Int @id', 1, 'model User is not closed'],
    ['model User {\n  id Int @id\nmodel B {\n}', 1, 'model User is not closed'],
    ['\n<html>\nmodel User {\n  id Int @id\n}', 2, 'expected a block'],
    ['model User {\n  id Int @id\n  name String @map("name\n}', 3, 'double quotes'],
    ['model User {\n  id Int @id\n  name String @default(f(\n}\n', undefined, ''],
  ])('%j is read as far as it goes', (text, line, message) => {
    const { entities, problems } = read(text, 'model Other {\n  id Int @id\n}');
    expect(entities.map((entity) => entity.name)).toEqual(expect.arrayContaining(['User', 'Other']));
    expect(entities.find((entity) => entity.name === 'User')?.identifiers).toMatchObject([{ field: 'id' }]);
    expect(problems.map((problem) => problem.line)).toEqual(line === undefined ? [] : [line]);
    expect(problems.map((problem) => problem.message).join()).toContain(message);
  });

  it('ends in time on long runs of anything', () => {
    for (const piece of ['(', '[', '"', '/*', '@', 'model A {', 'model A { id Int @default(', '}\n', 'a']) {
      expect(read(piece.repeat(300_000 / piece.length)).problems.length).toBeLessThanOrEqual(1);
    }
  });

  it('never throws', () => {
    const pieces = [
      'model ',
      'A ',
      '{',
      '}',
      '\n',
      'id ',
      'Int ',
      '@id',
      '@@id(',
      '[',
      ']',
      '(',
      ')',
      '@default(',
      '"',
      '\\',
      '//',
      '.',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (parts) => {
        const { entities, problems } = read(parts.join(''));
        for (const { place } of entities) expect(place.line).toBeGreaterThan(0);
        expect(problems.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
