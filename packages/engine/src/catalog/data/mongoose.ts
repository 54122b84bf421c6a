import type { CallEntry, Library } from '../library.js';

const first = { argument: 0 };
const statics: Readonly<Record<string, CallEntry>> = {
  find: { data: { operation: 'read', entity: 'receiver', where: first } },
  findOne: { data: { operation: 'read', entity: 'receiver', where: first } },
  findById: { data: { operation: 'read', entity: 'receiver', key: first } },
  findByIdAndUpdate: { data: { operation: 'write', entity: 'receiver', key: first } },
  findByIdAndDelete: { data: { operation: 'write', entity: 'receiver', key: first } },
  findByIdAndRemove: { data: { operation: 'write', entity: 'receiver', key: first } },
  findOneAndUpdate: { data: { operation: 'write', entity: 'receiver', where: first } },
  findOneAndDelete: { data: { operation: 'write', entity: 'receiver', where: first } },
  findOneAndRemove: { data: { operation: 'write', entity: 'receiver', where: first } },
  findOneAndReplace: { data: { operation: 'write', entity: 'receiver', where: first } },
  aggregate: { data: { operation: 'read', entity: 'receiver' } },
  create: { data: { operation: 'create', entity: 'receiver' } },
  insertMany: { data: { operation: 'create', entity: 'receiver' } },
  updateOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  updateMany: { data: { operation: 'write', entity: 'receiver', where: first } },
  replaceOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  deleteOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  deleteMany: { data: { operation: 'write', entity: 'receiver', where: first } },
  remove: { data: { operation: 'write', entity: 'receiver', where: first } },
};
const fluent = ['select', 'populate', 'lean', 'exec', 'sort', 'limit', 'skip', 'where', 'session', 'collation', 'orFail'];
const models = ['mongoose#model()', 'mongoose#Model()', 'mongoose#Model', 'mongoose#connection.model()', 'mongoose#Connection().model()', 'mongoose#createConnection().model()', 'mongoose#models.*'];

/** https://mongoosejs.com/docs/api/model.html */
export const mongoose: Library = {
  packages: ['mongoose', '@nestjs/mongoose'],
  calls: {
    ...Object.fromEntries(
      models.flatMap((model) => [
        ...Object.entries(statics).map(([name, entry]) => [`${model}.${name}()`, entry] as const),
        ...Object.keys(statics).flatMap((name) =>
          fluent.map((step) => [`${model}.${name}().${step}()`, { returns: 'receiver' }] as const),
        ),
        [`${model}().save()`, { data: { operation: 'create', entity: 'receiver' } }] as const,
        [`${model}.findOne().save()`, { data: { operation: 'write', entity: 'receiver' } }] as const,
        [`${model}.findById().save()`, { data: { operation: 'write', entity: 'receiver' } }] as const,
        [`${model}.findOne().remove()`, { data: { operation: 'write', entity: 'receiver' } }] as const,
        [`${model}.findById().remove()`, { data: { operation: 'write', entity: 'receiver' } }] as const,
        [`${model}.findById().deleteOne()`, { data: { operation: 'write', entity: 'receiver' } }] as const,
      ]),
    ),
    'mongoose#Schema().pre()': { defers: true },
    'mongoose#Schema().post()': { defers: true },
    'mongoose#Schema().plugin()': { defers: true },
    'mongoose#Schema().virtual()': {},
    'mongoose#Types.ObjectId()': { converts: 0 },
    'mongoose#Types.ObjectId.createFromHexString()': { converts: 0 },
  },
};

/** https://mongodb.github.io/node-mongodb-native: collections of the driver. */
export const mongodb: Library = {
  packages: ['mongodb'],
  calls: {
    ...Object.fromEntries(
      ['?', 'mongodb#MongoClient()', 'mongodb#Db()'].flatMap((client) =>
        Object.entries(statics)
          .filter(([name]) => name !== 'find' && name !== 'create' && name !== 'remove')
          .map(([name, entry]) => [`${client}.collection().${name}()`, entry]),
      ),
    ),
    '?.collection().insertOne()': { data: { operation: 'create', entity: 'receiver' } },
    'mongodb#ObjectId()': { converts: 0 },
  },
};
