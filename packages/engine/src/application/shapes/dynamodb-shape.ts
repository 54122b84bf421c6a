import { dynamoTable } from '../../catalog/data/dynamodb.js';
import type { Interpreter } from '../../program/interpreter.js';
import { pendingValue } from '../../program/promise.js';
import {
  externalValue,
  optionsOf,
  propertyOf,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';
import { environmentVariable } from '../environment-variable.js';

const command = /^@aws-sdk\/(?:lib|client)-dynamodb#(Get|Put|Update|Delete|Query|Scan)(?:Item)?Command\(\)$/;
const document = /^@aws-sdk\/lib-dynamodb#DynamoDBDocument\.from\(\)\.(get|put|update|delete|query|scan)\(\)$/;
/** The second version of the SDK: a request, whose `promise()` is waited for. */
const request =
  /^aws-sdk(?:\/clients\/dynamodb)?#(?:DynamoDB\.)?DocumentClient\(\)\.(get|put|update|delete|query|scan)\(\)$/;

/** `client.send(new GetCommand({ TableName, Key }))` asks a table for a record, and gives it as a part of the answer. */
export const dynamodbShape: OddShape = {
  evaluates: ({ text }) => text.endsWith('.send()') || document.test(text) || request.test(text),

  evaluateCall({ path, call, origin }: ExternalValue, interpreter: Interpreter): Value | undefined {
    const [given] = call?.args ?? [];
    if (path.endsWith('.send()')) {
      const method = given?.kind === 'external' ? command.exec(given.path)?.[1] : undefined;
      if (method === undefined || given?.kind !== 'external') return undefined;
      const answer = answerOf(method.toLowerCase(), given.call?.args[0], origin, interpreter);
      return pendingValue({ value: answer, flow: interpreter.flow }, origin);
    }
    const method = (document.exec(path) ?? request.exec(path))?.[1];
    if (method === undefined) return undefined;
    const answer = answerOf(method, given, origin, interpreter);
    const pending = pendingValue({ value: answer, flow: interpreter.flow }, origin);
    if (document.test(path)) return pending;
    return objectOf({ promise: { kind: 'native', name: 'promise', call: () => pending } }, origin);
  },
};

function answerOf(method: string, input: Value | undefined, origin: Origin, interpreter: Interpreter): Value {
  const name =
    tableName(propertyOf(input, 'TableName')) ?? keyName(propertyOf(input, method === 'put' ? 'Item' : 'Key'));
  const named: Value[] = name === undefined ? [] : [{ kind: 'literal', value: name, origin }];
  const table = externalValue(`${dynamoTable}()`, origin, undefined, { args: named, construct: true });
  const where =
    plainOf(propertyOf(input, 'Key')) ?? conditionsOf(input, ['KeyConditionExpression', 'FilterExpression'], origin);
  const written =
    method === 'put' ? plainOf(propertyOf(input, 'Item')) : conditionsOf(input, ['UpdateExpression'], origin);
  const args = [method === 'put' ? undefined : where, written].filter((arg) => arg !== undefined);
  const record = interpreter.settled(interpreter.call(interpreter.member(table, method, origin), args, origin));
  return objectOf({ Item: record, Items: record, Attributes: record, Count: record }, origin);
}

/** Words that say nothing of what is in a table. */
const anyTable = /^(?:dynamo(?:db)?|db|table|name|main|app|data|arn|id|dev|prod|)$/i;

/** `orders`, `process.env.ORDERS_TABLE`; where one table holds everything, its name says nothing of what is in it. */
function tableName(given: Value | undefined): string | undefined {
  for (const { value } of given ? optionsOf(given) : []) {
    const variable = value.kind === 'external' ? environmentVariable(value.path) : undefined;
    const words = (textOf(value) ?? variable ?? '')
      .split(/[-_.]|(?<=[a-z])(?=[A-Z])/)
      .filter((word) => !anyTable.test(word));
    if (words.length > 0) return words.join('_').toLowerCase();
  }
  return undefined;
}

/** `ORDER#${id}`: in one table for everything the key says what it is a key of, and the sort key more closely. */
function keyName(key: Value | undefined): string | undefined {
  const values = key?.kind === 'object' ? [...key.properties.values()].slice(0, 2).map(untyped) : [];
  const names = values.flatMap((value) => {
    const start = value.kind === 'text' ? textOf(value.parts[0]) : undefined;
    return /^(?:\w+#)*?([A-Za-z]+)#$/.exec(start ?? '')?.[1]?.toLowerCase() ?? [];
  });
  return names.at(-1);
}

/** Columns by their names: values of the client that is next to the wire say their types, `{ id: { S: id } }`. */
function plainOf(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'object') return value?.kind === 'undefined' ? undefined : value;
  const properties = new Map<string, Value>();
  for (const [name, inner] of value.properties) properties.set(name, untyped(inner));
  return { ...value, properties };
}

function untyped(value: Value): Value {
  if (value.kind !== 'object' || value.properties.size !== 1 || value.spread.length > 0) return value;
  for (const type of ['S', 'N', 'B', 'BOOL']) {
    const inner = value.properties.get(type);
    if (inner) return inner;
  }
  return value;
}

/** What `#owner = :owner` of an expression compares or sets, by the names and values beside it. */
function conditionsOf(input: Value | undefined, expressions: readonly string[], origin: Origin): Value | undefined {
  const names = propertyOf(input, 'ExpressionAttributeNames');
  const values = propertyOf(input, 'ExpressionAttributeValues');
  const properties = new Map<string, Value>();
  for (const expression of expressions) {
    for (const { value } of optionsOf(propertyOf(input, expression) ?? { kind: 'undefined' })) {
      for (const [, column = '', key = ''] of (textOf(value) ?? '').matchAll(/([#\w.]+)\s*=\s*(:\w+)/g)) {
        const compared = propertyOf(values, key);
        if (compared) properties.set(textOf(propertyOf(names, column)) ?? column.replace(/^#/, ''), untyped(compared));
      }
    }
  }
  return properties.size === 0 ? undefined : { kind: 'object', properties, spread: [], origin };
}

function objectOf(properties: Readonly<Record<string, Value>>, origin: Origin): Value {
  return { kind: 'object', properties: new Map(Object.entries(properties)), spread: [], origin };
}
