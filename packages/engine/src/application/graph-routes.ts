import { externalValue, memberOf, propertyOf, unknownValue, type ExternalValue, type Value } from '../program/value.js';

/** A field of `Query`, `Mutation` or `Subscription` with its resolver. */
export interface GraphOperation {
  readonly method: string;
  readonly name: string;
  readonly resolver: Value;
}

const servers = /^(@apollo\/server|apollo-server(-\w+)?|graphql-yoga)#(ApolloServer|createYoga)\(\)$/;
const schemas =
  /^(graphql-tools|@graphql-tools\/schema|graphql-yoga|apollo-server(-\w+)?)#(makeExecutableSchema|createSchema)\(\)$/;
const roots: Readonly<Record<string, string>> = { Query: 'QUERY', Mutation: 'MUTATION', Subscription: 'SUBSCRIPTION' };

/** A call that makes a graph server or its schema. */
export function isGraphServer(path: string): boolean {
  return servers.test(path) || schemas.test(path);
}

/** Operations of the graph servers that the program makes. */
export function collectGraphOperations(calls: Iterable<ExternalValue>): readonly GraphOperation[] {
  const operations = new Map<string, GraphOperation>();
  for (const call of calls) {
    if (!isGraphServer(call.path)) continue;
    const resolvers = propertyOf(call.call?.args[0], 'resolvers');
    for (const map of resolvers?.kind === 'array' ? resolvers.items : resolvers ? [resolvers] : []) {
      for (const [root, method] of Object.entries(roots)) {
        const fields = propertyOf(map, root);
        if (fields?.kind !== 'object') continue;
        for (const [name, resolver] of fields.properties)
          operations.set(`${method} ${name}`, { method, name, resolver });
      }
    }
  }
  return [...operations.values()];
}

/** What a resolver is called with: parent, arguments, context, information. */
export function resolverArguments(request: ExternalValue): readonly Value[] {
  const context = externalValue('express#Request', request.origin);
  return [unknownValue, memberOf(request, 'args'), context, unknownValue];
}
