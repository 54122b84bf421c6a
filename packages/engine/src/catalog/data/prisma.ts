import type { CallEntry, Library } from '../library.js';

const where = { argument: 0, property: 'where' };
const operations: Readonly<Record<string, CallEntry>> = {
  findUnique: { data: { operation: 'read', entity: 'member', where } },
  findUniqueOrThrow: { data: { operation: 'read', entity: 'member', where } },
  findFirst: { data: { operation: 'read', entity: 'member', where } },
  findFirstOrThrow: { data: { operation: 'read', entity: 'member', where } },
  findMany: { data: { operation: 'read', entity: 'member', where } },
  count: {},
  aggregate: { data: { operation: 'read', entity: 'member', where } },
  groupBy: { data: { operation: 'read', entity: 'member', where } },
  create: { data: { operation: 'create', entity: 'member' } },
  createMany: { data: { operation: 'create', entity: 'member' } },
  createManyAndReturn: { data: { operation: 'create', entity: 'member' } },
  update: { data: { operation: 'write', entity: 'member', where } },
  updateMany: { data: { operation: 'write', entity: 'member', where } },
  updateManyAndReturn: { data: { operation: 'write', entity: 'member', where } },
  upsert: { data: { operation: 'write', entity: 'member', where } },
  delete: { data: { operation: 'write', entity: 'member', where } },
  deleteMany: { data: { operation: 'write', entity: 'member', where } },
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
