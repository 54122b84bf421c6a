import type { CallEntry, Library } from '../library.js';

/** What the object that a handler gives back is read as: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const lambdaAnswer = 'aws-lambda#Answer()';

/** Types that say that a function answers requests of a gateway: @types/aws-lambda. */
export const lambdaHandlerTypes: ReadonlySet<string> = new Set([
  ...['APIGatewayProxyHandler', 'APIGatewayProxyHandlerV2', 'APIGatewayProxyHandlerV2WithJWTAuthorizer'],
  ...['APIGatewayProxyHandlerV2WithLambdaAuthorizer', 'APIGatewayProxyHandlerV2WithIAMAuthorizer'],
  ...['APIGatewayProxyWithCognitoAuthorizerHandler', 'APIGatewayProxyWithLambdaAuthorizerHandler'],
  ...['LambdaFunctionURLHandler', 'ALBHandler'],
]);
export const lambdaEventTypes: ReadonlySet<string> = new Set([
  ...['APIGatewayProxyEvent', 'APIGatewayProxyEventV2', 'APIGatewayEvent', 'APIGatewayProxyEventV2WithRequestContext'],
  ...['APIGatewayProxyEventV2WithJWTAuthorizer', 'APIGatewayProxyEventV2WithLambdaAuthorizer'],
  ...['APIGatewayProxyWithCognitoAuthorizerEvent', 'APIGatewayProxyWithLambdaAuthorizerEvent'],
  ...['APIGatewayProxyEventV2WithIAMAuthorizer', 'LambdaFunctionURLEvent', 'ALBEvent'],
]);

/** `middy(handler).use(middleware)`, `middy().use(middleware).handler(handler)`: https://middy.js.org/docs/intro/how-it-works */
export const middyHandlers: ReadonlySet<string> = new Set(['@middy/core#()', '@middy/core#middy()', 'middy#()']);

const onMiddy = Object.fromEntries<CallEntry>(
  [...middyHandlers].flatMap((path) => [
    [path, { defers: true }] as const,
    ...['use', 'before', 'after', 'onError', 'handler'].map(
      (name) => [`${path}.${name}()`, { defers: true, returns: 'receiver' }] as const,
    ),
  ]),
);

/** Functions of AWS Lambda; where their events come from stands in application/frameworks/lambda. */
export const awsLambda: Library = {
  packages: ['aws-lambda'],
  calls: { [lambdaAnswer]: { answers: { body: 0, status: { argument: 1, property: 'statusCode' } } } },
};

export const middy: Library = { packages: ['@middy/core', 'middy'], calls: onMiddy };

/** Wrappers that keep what a handler is: tracing, reports of errors. */
export const lambdaWrappers: Library = {
  packages: ['@sentry/aws-serverless', '@sentry/serverless', 'datadog-lambda-js', '@lumigo/tracer', 'aws-xray-sdk'],
  calls: {
    '@sentry/aws-serverless#wrapHandler()': { returns: 0, defers: true },
    '@sentry/serverless#AWSLambda.wrapHandler()': { returns: 0, defers: true },
    'datadog-lambda-js#datadog()': { returns: 0, defers: true },
    '@lumigo/tracer#()().trace()': { returns: 0, defers: true },
  },
};
