import { expect, it } from 'vitest';
import { methodOf, shownFunctionPath, sourcesOf } from './deployed-function.js';
import { readDeployedFunctions } from './read-deployed-functions.js';

function read(text: string): readonly string[] {
  return readDeployedFunctions({ path: 'api/serverless.yml', kind: 'manifest', text }).flatMap(({ routes }) =>
    routes.map(({ method, path, demands }) => {
      const asked = demands.map(({ name, proves, decidedBy }) => `${name}: ${proves ?? decidedBy ?? 'unknown'}`);
      return `${method} ${path} ${asked.join(', ')}`.trim();
    }),
  );
}

function serverless(event: string, more = ''): readonly string[] {
  return read(`
provider: { name: aws, httpApi: { authorizers: { people: { issuerUrl: a }, asking: { type: request, functionName: decide }, far: { type: request, functionArn: a } } } }
resources: { Resources: { Pool: { Type: AWS::Cognito::UserPool } } }
functions:
  api: { handler: src/lambda.handler, events: [${event}] ${more} }
  decide: { handler: src/decide.handler }
`);
}

it.each([
  ['httpApi: "*"', 'ALL /*'],
  ["http: 'GET orders/{id}'", 'GET /orders/:id'],
  ["httpApi: { method: any, path: '/files/{proxy+}' }", 'ALL /files/*proxy'],
  ['http: { method: post, path: orders, private: true }', 'POST /orders API key: api-key'],
  ['http: { method: post, path: orders, authorizer: aws_iam }', 'POST /orders IAM: signature'],
  ['http: { method: post, path: orders, authorizer: decide }', 'POST /orders decide: decide'],
  ['http: { method: post, path: orders, authorizer: { name: decide } }', 'POST /orders decide: decide'],
  ['http: { method: post, path: orders, authorizer: { name: x, arn: !GetAtt Pool.Arn } }', 'POST /orders x: token'],
  ["http: { method: post, path: a, authorizer: 'arn:aws:lambda:x' }", 'POST /a arn:aws:lambda:x: unknown'],
  ['httpApi: { method: GET, path: /a, authorizer: people }', 'GET /a people: token'],
  ['httpApi: { method: GET, path: /a, authorizer: { name: asking } }', 'GET /a asking: decide'],
  ['httpApi: { method: GET, path: /a, authorizer: { name: far } }', 'GET /a far: unknown'],
  ['httpApi: { method: GET, path: /a, authorizer: { name: missing } }', 'GET /a missing: unknown'],
])('reads %s', (event, expected) => {
  expect(serverless(event)).toEqual([expected]);
});

it('reads addresses of functions', () => {
  expect(serverless('', ', url: true')).toEqual(['ALL /*']);
  expect(serverless('', ', url: { authorizer: aws_iam }')).toEqual(['ALL /* IAM: signature']);
});

const sam = (properties: string, auth: string): readonly string[] =>
  read(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: { Type: AWS::Serverless::Api, Properties: { Auth: ${auth} } }
  Decide: { Type: AWS::Serverless::Function, Properties: { Handler: decide.handler } }
  Api: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Events: { One: { Type: Api, Properties: { Path: /a, Method: get, ${properties} } } } } }
`);

it.each([
  ['RestApiId: !Ref Orders', '{ DefaultAuthorizer: P, Authorizers: { P: { UserPoolArn: x } } }', 'GET /a P: token'],
  ['RestApiId: { Ref: Orders }', '{ DefaultAuthorizer: AWS_IAM }', 'GET /a IAM: signature'],
  ['RestApiId: !Ref Orders, Auth: { Authorizer: NONE }', '{ DefaultAuthorizer: AWS_IAM }', 'GET /a'],
  [
    'RestApiId: !Ref Orders, Auth: { Authorizer: L }',
    '{ Authorizers: { L: { FunctionArn: !GetAtt Decide.Arn } } }',
    'GET /a L: Decide',
  ],
  ['RestApiId: !Ref Orders', '{ ApiKeyRequired: true }', 'GET /a API key: api-key'],
  ['RestApiId: !ImportValue other', '{}', 'GET /a gateway: unknown'],
])('reads %s behind %s', (properties, auth, expected) => {
  expect(sam(properties, auth)).toEqual([expected]);
});

it('finds the source of what was built', () => {
  expect(sourcesOf('api/dist/orders')).toEqual(['api/dist/orders', 'api/src/orders', 'api/orders']);
  expect(sourcesOf('src/orders')).toEqual(['src/orders']);
});

it('shows paths and methods', () => {
  expect(shownFunctionPath('$default')).toBe('/*');
  expect(shownFunctionPath('')).toBe('/');
  expect(methodOf('get')).toBe('GET');
  expect(methodOf('*')).toBe('ALL');
});
