import type { Library } from '../library.js';

/** Decorators that make a method of a class an operation of the graph. */
export const typeGraphOperations: ReadonlyMap<string, string> = new Map([
  ['type-graphql#Query()', 'QUERY'],
  ['type-graphql#Mutation()', 'MUTATION'],
  ['type-graphql#Subscription()', 'SUBSCRIPTION'],
]);

export const typeGraphResolver = 'type-graphql#Resolver()';
export const typeGraphAuthorized = 'type-graphql#Authorized()';

/** Decorators that lay functions in front of an operation; each hands them on as they are or as a list. */
export const typeGraphMiddlewares: ReadonlySet<string> = new Set([
  'type-graphql#UseMiddleware()',
  'type-graphql#createMethodMiddlewareDecorator()',
  'type-graphql#createResolverClassMiddlewareDecorator()',
  // The first one, as version 1 calls it.
  'type-graphql#createMethodDecorator()',
]);

/** What makes a decorator of a parameter of a function that is handed the request; the last is its name in version 1. */
export const typeGraphParameterMakers: ReadonlySet<string> = new Set([
  'type-graphql#createParameterDecorator()',
  'type-graphql#createParamDecorator()',
]);

/** What makes a schema of classes. */
export const typeGraphSchema = /^type-graphql#(buildSchema|buildTypeDefsAndResolvers)(Sync)?\(\)$/;

/** https://typegraphql.com; what is read by code of its own stands in application/frameworks/graph. */
export const typeGraphql: Library = {
  packages: ['type-graphql'],
  calls: {
    'type-graphql#buildSchema()': { defers: true },
    'type-graphql#buildSchemaSync()': { defers: true },
    'type-graphql#buildTypeDefsAndResolvers()': { defers: true },
    'type-graphql#buildTypeDefsAndResolversSync()': { defers: true },
    'type-graphql#UseMiddleware()': { defers: true },
    'type-graphql#createMethodMiddlewareDecorator()': { defers: true },
    'type-graphql#createResolverClassMiddlewareDecorator()': { defers: true },
    'type-graphql#createMethodDecorator()': { defers: true },
    'type-graphql#createParameterDecorator()': { defers: true },
    'type-graphql#createParamDecorator()': { defers: true },
    'type-graphql#Subscription()': { defers: true },
  },
};
