import type { CallEntry, Library } from '../library.js';

const where = { argument: 0, property: 'where' };
/** https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/null-and-undefined, without `strictUndefinedChecks`. */
const dropsUndefined = true;
const operations: Readonly<Record<string, CallEntry>> = {
  findUnique: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  findUniqueOrThrow: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  findFirst: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  findFirstOrThrow: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  findMany: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  count: { data: { operation: 'read', entity: 'member', where, dropsUndefined, tallies: true } },
  aggregate: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  groupBy: { data: { operation: 'read', entity: 'member', where, dropsUndefined } },
  create: { data: { operation: 'create', entity: 'member' } },
  createMany: { data: { operation: 'create', entity: 'member' } },
  createManyAndReturn: { data: { operation: 'create', entity: 'member' } },
  update: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
  updateMany: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
  updateManyAndReturn: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
  upsert: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
  delete: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
  deleteMany: { data: { operation: 'write', entity: 'member', where, dropsUndefined } },
};
const client = '@prisma/client#PrismaClient()';
const asked: CallEntry = { data: { operation: 'read', entity: 'sql' } };
const executed: CallEntry = { data: { operation: 'write', entity: 'sql' } };

/** https://www.prisma.io/docs/orm/reference/prisma-client-reference */
export const prisma: Library = {
  packages: ['@prisma/client'],
  same: {
    '@prisma/client#Prisma.TransactionClient()': client,
    '@prisma/client#Prisma.DefaultPrismaClient()': client,
    '@prisma/client/edge#PrismaClient()': client,
    '@prisma/client/extension#PrismaClient()': client,
    'nestjs-prisma#PrismaService()': client,
  },
  calls: {
    ...Object.fromEntries(Object.entries(operations).map(([name, entry]) => [`${client}.*.${name}()`, entry])),
    [`${client}.$transaction()`]: { passes: 'receiver' },
    [`${client}.$extends()`]: { returns: 'receiver' },
    [`${client}.$queryRaw()`]: asked,
    [`${client}.$queryRawUnsafe()`]: asked,
    [`${client}.$executeRaw()`]: executed,
    [`${client}.$executeRawUnsafe()`]: executed,
    // Parts of statements are read as the text that they are.
    '@prisma/client#Prisma.sql()': { returns: 0 },
    '@prisma/client#Prisma.raw()': { returns: 0 },
    '@prisma/client#Prisma.join()': { returns: 0 },
    '@prisma/client#sql()': { returns: 0 },
    '@prisma/client#raw()': { returns: 0 },
    '@prisma/client#Prisma.validator()()': { returns: 0 },
  },
};
