import { expect, it } from 'vitest';
import { mergeEntities } from './merge-entities.js';
import { readPrismaSchemas } from './prisma/read-prisma-schemas.js';
import { readSqlMigrations } from './sql/read-sql-migrations.js';

const prisma = readPrismaSchemas([
  {
    path: 'prisma/schema.prisma',
    text: `model User {
  id    String @id @default(uuid())
  @@map("users")
}
model Order {
  id   Int    @id
  code String @unique @default(dbgenerated())
  note String @unique
}`,
  },
]).entities;
const sql = readSqlMigrations([
  {
    path: 'prisma/migrations/1/migration.sql',
    text: `CREATE TABLE "users" (id serial PRIMARY KEY);
CREATE TABLE "order" (id serial PRIMARY KEY, code uuid UNIQUE, note text UNIQUE);
CREATE TABLE audit (id serial PRIMARY KEY);`,
  },
]).entities;

it('drops the table that a model describes and keeps the others', () => {
  const merged = mergeEntities(sql, prisma);
  expect(merged.map(({ name, origin }) => `${origin} ${name}`)).toEqual(['sql audit', 'prisma User', 'prisma Order']);
  expect(mergeEntities(prisma, sql)).toEqual(merged);
});

it('lets the table decide only what the model leaves open', () => {
  const identifiers = mergeEntities(prisma, sql).flatMap((entity) =>
    entity.origin === 'prisma' ? entity.identifiers : [],
  );
  expect(identifiers.map(({ field, kind, evidence, place }) => [field, kind, evidence, place.file])).toEqual([
    ['id', 'random', '@default(uuid())', 'prisma/schema.prisma'],
    ['id', 'sequential', 'serial', 'prisma/migrations/1/migration.sql'],
    ['code', 'random', 'code uuid UNIQUE', 'prisma/migrations/1/migration.sql'],
    ['note', 'assigned', 'note String @unique', 'prisma/schema.prisma'],
  ]);
});
