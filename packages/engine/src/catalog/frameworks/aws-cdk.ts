const library = String.raw`(?:aws-cdk-lib|@aws-cdk/[\w-]+)(?:/[\w-]+)*#`;

/** What lays a way to a function: methods of resources, routes, addresses of functions, interfaces for one function alone. */
export const cdkRegistering = new RegExp(
  `^${library}.*\\.(?:addMethod|addRoutes|addFunctionUrl)\\(\\)$|^${library}(?:\\w+\\.)*LambdaRestApi\\(\\)$`,
);

/** What makes a function. */
export const cdkFunctions = new RegExp(`^${library}(?:\\w+\\.)*(?:NodejsFunction|Function)\\(\\)$`);

/** What an authorizer asks for: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2_authorizers-readme.html */
export const cdkAuthorizers: ReadonlyMap<string, 'token' | 'signature' | 'function' | 'nobody'> = new Map([
  ['CognitoUserPoolsAuthorizer', 'token'],
  ['HttpJwtAuthorizer', 'token'],
  ['HttpUserPoolAuthorizer', 'token'],
  ['HttpIamAuthorizer', 'signature'],
  ['HttpNoneAuthorizer', 'nobody'],
  ['TokenAuthorizer', 'function'],
  ['RequestAuthorizer', 'function'],
  ['HttpLambdaAuthorizer', 'function'],
]);
