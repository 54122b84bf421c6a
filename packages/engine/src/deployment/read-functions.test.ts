import { expect, it } from 'vitest';
import { readFunctions } from './read-functions.js';

function read(text: string) {
  return readFunctions({ path: 'api/serverless.yml', kind: 'manifest', text });
}

function serverless(events: string, provider = 'name: aws', rest = '') {
  return read(
    `provider: { ${provider} }\nfunctions:\n  api: { handler: src/lambda.handler, events: [${events}] ${rest} }\n`,
  );
}

function exposureOf(path: string, services: ReturnType<typeof read>): string | undefined {
  const exposures = services.flatMap(({ listeners }) => listeners.map((way) => way.exposureOf(path)));
  return exposures.find((exposure) => exposure !== 'internal') ?? 'internal';
}

it.each([
  ['/internal/x', 'httpApi: "*"', 'public'],
  ['/internal/x', `http: 'ANY /{proxy+}'`, 'public'],
  ['/internal/x', `{ http: { path: '/internal/{id}', method: get } }`, 'public'],
  ['/internal/x/y', `{ http: { path: '/internal/{id}', method: get } }`, 'internal'],
  ['/internal/x', `{ http: { path: orders, method: get } }`, 'internal'],
  ['/internal/x', `{ http: { path: '{proxy+}', method: any, authorizer: staff } }`, 'unknown'],
  ['/internal/x', `{ http: { path: '{proxy+}', method: any, private: true } }`, 'unknown'],
  ['/internal/x', 'sqs: arn:aws:sqs:eu-west-1:1:orders', 'internal'],
])('reaches %s by %s', (path, events, expected) => {
  expect(exposureOf(path, serverless(events))).toBe(expected);
});

it('keeps a private interface inside, and takes an address of a function for public', () => {
  expect(exposureOf('/a', serverless(`http: 'ANY /{proxy+}'`, 'endpointType: PRIVATE'))).toBe('internal');
  expect(exposureOf('/a', serverless('', 'name: aws', ', url: true'))).toBe('public');
  expect(exposureOf('/a', serverless('', 'name: aws', ', url: { authorizer: aws_iam }'))).toBe('unknown');
});

it('joins the folder of the handler', () => {
  expect(serverless('httpApi: "*"')[0]?.folders).toEqual(['api/src']);
});

it('reads functions of SAM', () => {
  const services = read(`
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { CodeUri: code } }
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Handler: lambda.handler
      Role: !GetAtt ApiRole.Arn
      Events:
        All: { Type: HttpApi, Properties: { Path: '/internal/{proxy+}', Method: ANY } }
        Closed: { Type: Api, Properties: { Path: /admin, Method: GET, RestApiId: !Ref Staff } }
`);
  expect(services[0]?.folders).toEqual(['api/code']);
  expect(exposureOf('/internal/x', services)).toBe('public');
  expect(exposureOf('/admin', services)).toBe('unknown');
  expect(exposureOf('/orders', services)).toBe('internal');
});
