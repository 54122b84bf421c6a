import type { CallEntry, Library } from '../library.js';

const first = { argument: 0 };
const model = 'mongoose#model()';
const record = 'mongoose#Document.prototype';
const statics: Readonly<Record<string, CallEntry>> = {
  find: { data: { operation: 'read', entity: 'receiver', where: first, records: record } },
  findOne: { data: { operation: 'read', entity: 'receiver', where: first, records: record } },
  findById: { data: { operation: 'read', entity: 'receiver', key: first, records: record } },
  findByIdAndUpdate: { data: { operation: 'write', entity: 'receiver', key: first, records: record } },
  findByIdAndDelete: { data: { operation: 'write', entity: 'receiver', key: first } },
  findByIdAndRemove: { data: { operation: 'write', entity: 'receiver', key: first } },
  findOneAndUpdate: { data: { operation: 'write', entity: 'receiver', where: first, records: record } },
  findOneAndDelete: { data: { operation: 'write', entity: 'receiver', where: first } },
  findOneAndRemove: { data: { operation: 'write', entity: 'receiver', where: first } },
  findOneAndReplace: { data: { operation: 'write', entity: 'receiver', where: first } },
  countDocuments: { data: { operation: 'read', entity: 'receiver', where: first, tallies: true } },
  count: { data: { operation: 'read', entity: 'receiver', where: first, tallies: true } },
  exists: { data: { operation: 'read', entity: 'receiver', where: first, tallies: true } },
  aggregate: { data: { operation: 'read', entity: 'receiver' } },
  distinct: { data: { operation: 'read', entity: 'receiver', where: { argument: 1 } } },
  create: { data: { operation: 'create', entity: 'receiver', records: record } },
  insertMany: { data: { operation: 'create', entity: 'receiver', records: record } },
  bulkWrite: { data: { operation: 'write', entity: 'receiver' } },
  update: { data: { operation: 'write', entity: 'receiver', where: first } },
  updateOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  updateMany: { data: { operation: 'write', entity: 'receiver', where: first } },
  replaceOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  deleteOne: { data: { operation: 'write', entity: 'receiver', where: first } },
  deleteMany: { data: { operation: 'write', entity: 'receiver', where: first } },
  remove: { data: { operation: 'write', entity: 'receiver', where: first } },
};
/** Methods of a query that give the query again, and of a record that give the record. */
const fluent = [
  ...[
    'select',
    'populate',
    'lean',
    'exec',
    'sort',
    'limit',
    'skip',
    'session',
    'collation',
    'orFail',
    'hint',
    'slice',
    'cursor',
    'batchSize',
  ],
  ...[
    'maxTimeMS',
    'read',
    'setOptions',
    'where',
    'equals',
    'in',
    'and',
    'or',
    'nor',
    'gt',
    'gte',
    'lt',
    'lte',
    'regex',
    'exists',
    'toObject',
    'toJSON',
  ],
];
const changes = ['save', 'remove', 'deleteOne', 'updateOne', 'update', 'replaceOne', 'overwrite'];

/** https://mongoosejs.com/docs/api/model.html */
export const mongoose: Library = {
  packages: ['mongoose', '@nestjs/mongoose', '@typegoose/typegoose'],
  same: {
    'mongoose#Model()': model,
    'mongoose#Mongoose().model()': model,
    'mongoose#connection.model()': model,
    'mongoose#Connection().model()': model,
    'mongoose#createConnection().model()': model,
    'mongoose#createConnection().useDb().model()': model,
    'mongoose#connection.useDb().model()': model,
    'mongoose#model().discriminator()': model,
    '@typegoose/typegoose#getModelForClass()': model,
    'mongoose#Document()': record,
    'mongoose#HydratedDocument()': record,
  },
  calls: {
    ...Object.fromEntries(Object.entries(statics).map(([name, entry]) => [`${model}.${name}()`, entry])),
    ...Object.fromEntries(
      Object.keys(statics).flatMap((name) =>
        fluent.map((step) => [`${model}.${name}().${step}()`, { returns: 'receiver' }] as const),
      ),
    ),
    [`${model}().save()`]: { data: { operation: 'create', entity: 'receiver' } },
    ...Object.fromEntries(
      changes.map((name) => [`${record}.${name}()`, { data: { operation: 'write', entity: 'receiver' } }]),
    ),
    'mongoose#Schema().pre()': { defers: true },
    'mongoose#Schema().post()': { defers: true },
    'mongoose#Schema().plugin()': { returns: 'receiver' },
    'mongoose#Schema().static()': { returns: 'receiver' },
    'mongoose#Schema().method()': { returns: 'receiver' },
    'mongoose#Schema().virtual()': {},
    'mongoose#Types.ObjectId()': { converts: 0 },
    'mongoose#Types.ObjectId.createFromHexString()': { converts: 0 },
    'mongoose#mongo.ObjectId()': { converts: 0 },
  },
};

/** https://mongodb.github.io/node-mongodb-native: collections of the driver. */
export const mongodb: Library = {
  packages: ['mongodb'],
  same: {
    'mongodb#MongoClient().db()': 'mongodb#Db()',
    'mongodb#MongoClient.connect().db()': 'mongodb#Db()',
    'mongodb#MongoClient().connect()': 'mongodb#MongoClient()',
    'mongodb#Db().collection()': '?.collection()',
    'mongodb#Collection()': '?.collection()',
    'mongodb#MongoClient().collection()': '?.collection()',
    'mongoose#connection.collection()': '?.collection()',
    'mongoose#connection.db.collection()': '?.collection()',
    'mongoose#createConnection().collection()': '?.collection()',
  },
  calls: {
    ...Object.fromEntries(
      Object.entries(statics)
        .filter(
          ([name]) => !['find', 'create', 'remove', 'update', 'distinct'].includes(name) && !name.includes('ById'),
        )
        .map(([name, entry]) => [`?.collection().${name}()`, entry]),
    ),
    // Other libraries have collections too: `find` is too common a name without the driver's own path.
    'mongodb#Db().collection().find()': { data: { operation: 'read', entity: 'receiver', where: first } },
    '?.collection().insertOne()': { data: { operation: 'create', entity: 'receiver' } },
    'mongodb#ObjectId()': { converts: 0 },
  },
};
