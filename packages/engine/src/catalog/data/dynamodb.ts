import type { Library } from '../library.js';

/** A table by its name: commands and parameters of the clients are read as calls of it by application/shapes/dynamodb-shape. */
export const dynamoTable = '@aws-sdk/lib-dynamodb#Table';

const first = { argument: 0 } as const;
const one = { operation: 'read', entity: 'receiver', where: first, dropsUndefined: true } as const;
const changed = { operation: 'write', entity: 'receiver', where: first } as const;

/** https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-dynamodb/ */
export const dynamodb: Library = {
  packages: ['@aws-sdk/lib-dynamodb', '@aws-sdk/client-dynamodb', '@aws-sdk/util-dynamodb', 'aws-sdk'],
  calls: {
    [`${dynamoTable}().get()`]: { data: one, promises: true },
    [`${dynamoTable}().query()`]: { data: { ...one, lists: { single: [] } }, promises: true },
    [`${dynamoTable}().scan()`]: { data: { ...one, lists: { single: [] } }, promises: true },
    [`${dynamoTable}().put()`]: { data: { operation: 'create', entity: 'receiver' }, promises: true },
    [`${dynamoTable}().update()`]: { data: changed, promises: true },
    [`${dynamoTable}().delete()`]: { data: changed, promises: true },
    '@aws-sdk/util-dynamodb#marshall()': { returns: 0 },
    '@aws-sdk/util-dynamodb#unmarshall()': { returns: 0 },
  },
};
