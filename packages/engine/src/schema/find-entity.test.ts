import { expect, test } from 'vitest';
import type { Entity } from './entity.js';
import { entityFinder } from './find-entity.js';

const entity = (name: string, table = name): Entity => ({
  name,
  table,
  origin: 'sql',
  place: { file: 'schema.sql', line: 1, column: 1, endLine: 1, endColumn: 2 },
  identifiers: [],
  fields: [],
  relations: [],
});

const entities = [
  entity('User', 'accounts'),
  entity('account'),
  entity('USER'),
  entity('OrderItem', 'order_items'),
  entity('categories'),
  entity('boxes'),
  entity('people'),
  entity('user_api_keys'),
  entity('Status', 'statuses'),
];

test.each([
  ['User', 'User'],
  ['USER', 'USER'],
  ['accounts', 'User'],
  ['account', 'account'],
  ['user', 'User'],
  ['users', 'User'],
  ['orderItem', 'OrderItem'],
  ['order_item', 'OrderItem'],
  ['order-items', 'OrderItem'],
  ['OrderItems', 'OrderItem'],
  ['category', 'categories'],
  ['Category', 'categories'],
  ['Box', 'boxes'],
  ['Person', 'people'],
  ['userAPIKey', 'user_api_keys'],
  ['UserApiKeys', 'user_api_keys'],
  ['status', 'Status'],
  ['stat', undefined],
  ['item', undefined],
  ['order', undefined],
  ['use', undefined],
  ['', undefined],
  ['__', undefined],
])('%j is %s', (name, expected) => {
  expect(entityFinder(entities)(name)?.name).toBe(expected);
});
