import type { Library } from '../library.js';

/** The types whose fields are operations. */
export const graphTypes: ReadonlyMap<string, string> = new Map([
  ['QUERY', 'Query'],
  ['MUTATION', 'Mutation'],
  ['SUBSCRIPTION', 'Subscription'],
]);

/** What serves a graph: its options name the schema, or the resolvers themselves, and what makes the context. */
export const graphServer =
  /^(@apollo\/server|apollo-server(-\w+)?|graphql-yoga|express-graphql|koa-graphql|graphql-http(\/lib\/use\/\w+)?)#(ApolloServer|createYoga|GraphQLServer|graphqlHTTP|createHandler)\(\)$/;

/** What makes a schema of resolvers in maps. */
export const graphSchema =
  /^(graphql-tools|@graphql-tools\/schema|graphql-yoga|apollo-server(-\w+)?|@apollo\/subgraph|@apollo\/federation)#(makeExecutableSchema|createSchema|buildSubgraphSchema|buildFederatedSchema)\(\)$/;

/** What makes one map of several. */
export const graphMerging = /^(@graphql-tools\/merge|graphql-tools|merge-graphql-schemas)#mergeResolvers\(\)$/;

/** What is handed a server of Apollo and the `context` for it: https://www.apollographql.com/docs/apollo-server/data/context */
export const graphContext = /^(@apollo\/server\/(standalone|express4)|@as-integrations\/[\w-]+)#\w+\(\)$/;

/** Those of them that hand the request itself to `context`. */
export const contextOfRequest = /^@as-integrations\/(next|fastify)#/;

/** What lays functions in front of the resolvers of a schema: https://github.com/dimatill/graphql-middleware */
export const graphLayering = /^graphql-middleware#(applyMiddleware|applyMiddlewareToDeclaredResolvers)\(\)$/;

/** The same as a plugin: https://the-guild.dev/graphql/envelop/plugins/use-graphql-middleware */
export const graphLayeringPlugin = '@envelop/graphql-middleware#useGraphQLMiddleware()';

/** Packages whose functions make another schema of one, and lay nothing in front of its resolvers by themselves. */
export const graphPlainPackages: ReadonlySet<string> = new Set([
  'graphql',
  '@graphql-tools/utils',
  '@graphql-tools/schema',
  '@graphql-tools/stitch',
  '@graphql-tools/wrap',
  '@graphql-tools/mock',
  '@graphql-tools/merge',
  'graphql-tools',
  '@apollo/subgraph',
]);

export const graphqlMiddleware: Library = {
  packages: ['graphql-middleware', '@envelop/graphql-middleware'],
  calls: {
    'graphql-middleware#applyMiddleware()': { defers: true },
    'graphql-middleware#applyMiddlewareToDeclaredResolvers()': { defers: true },
    'graphql-middleware#middleware()': { defers: true },
    '@envelop/graphql-middleware#useGraphQLMiddleware()': { defers: true },
  },
};
