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
  upsert: { data: { operation: 'write', entity: 'member', where } },
  delete: { data: { operation: 'write', entity: 'member', where } },
  deleteMany: { data: { operation: 'write', entity: 'member', where } },
};

/** https://www.prisma.io/docs/orm/reference/prisma-client-reference */
export const prisma: Library = {
  packages: ['@prisma/client'],
  calls: {
    ...Object.fromEntries(
      Object.entries(operations).map(([name, entry]) => [`@prisma/client#PrismaClient().*.${name}()`, entry]),
    ),
    '@prisma/client#PrismaClient().$transaction()': { passesReceiver: true },
    '@prisma/client#PrismaClient().$extends()': { returns: 'receiver' },
    '@prisma/client#PrismaClient().$queryRaw()': { data: { operation: 'read', entity: 'sql' } },
    '@prisma/client#PrismaClient().$queryRawUnsafe()': { data: { operation: 'read', entity: 'sql' } },
    '@prisma/client#PrismaClient().$executeRaw()': { data: { operation: 'write', entity: 'sql' } },
    '@prisma/client#PrismaClient().$executeRawUnsafe()': { data: { operation: 'write', entity: 'sql' } },
  },
};
